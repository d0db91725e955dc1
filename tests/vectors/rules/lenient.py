"""JSON that a wrong byte has broken: a parser that reads on, and tells where it had to."""

import re
import unicodedata

from .jsontext import NotJson, Number, Object, mended

SPACE = re.compile(r"[ \n\t\r]*")
WORD = re.compile(r"[A-Za-z0-9_+.-]+", re.ASCII)
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
ESCAPE = re.compile(r'\\(?:(["\\/bfnrt])|u([0-9A-Fa-f]{4}))')
SHORT = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
WORDS = {"true": True, "false": False, "null": None}


def parse(text):
    """The value, and the places of its flaws: names and indices from the outside inwards, none for the whole."""
    reader = Reader(text.strip("".join(filter(is_noise, set(text)))))
    tree = reader.document()
    if reader.text != text.strip(" \n\t\r"):
        reader.flaws.append(())
    return mended(tree), reader.flaws


def is_noise(character):
    return unicodedata.category(character) == "Cc" or character.isspace() or character == "\ufeff"


class Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0
        self.flaws = []

    def document(self):
        value = self.value(())
        if self.at != len(self.text):
            raise NotJson("something behind the document")
        return value

    def value(self, place):
        self.space()
        first = self.text[self.at : self.at + 1]
        if first == "{":
            value = Object(self.members("}", place, self.member))
        elif first == "[":
            value = list(self.members("]", place, self.element))
        elif first == '"':
            value = self.string(place)
        else:
            value = self.word(place)
        self.space()
        return value

    def members(self, close, place, read):
        self.at += 1
        self.space()
        if self.takes(close):
            return
        index = 0
        while True:
            yield read(place, index)
            index += 1
            if self.takes(close):
                return
            if not self.takes(","):
                raise NotJson("expected a comma")

    def member(self, place, _):
        self.space()
        if self.text[self.at : self.at + 1] != '"':
            raise NotJson("expected a name")
        before = len(self.flaws)
        name = self.string(())
        del self.flaws[before + 1 :]
        within = place + (mended(name),)
        if len(self.flaws) > before:
            self.flaws[before] = within
        self.space()
        if not self.takes(":"):
            raise NotJson("expected a colon")
        return name, self.value(within)

    def element(self, place, index):
        return self.value(place + (index,))

    def string(self, place):
        self.at += 1
        out, is_flawed = [], False
        while not self.takes('"'):
            character = self.text[self.at : self.at + 1]
            if not character:
                raise NotJson("the text does not end")
            escape = ESCAPE.match(self.text, self.at)
            if escape:
                short, unit = escape.groups()
                out.append(SHORT[short] if short else chr(int(unit, 16)))
                self.at = escape.end()
                continue
            self.at += 1
            if character == "\\" and self.text[self.at : self.at + 1] == "'":
                is_flawed = True
                continue
            is_flawed |= character == "\\" or character < " "
            out.append(character)
        if is_flawed:
            self.flaws.append(place)
        return "".join(out).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")

    def word(self, place):
        match = WORD.match(self.text, self.at)
        if not match:
            raise NotJson("expected a value")
        self.at = match.end()
        word = match.group()
        if word in WORDS:
            return WORDS[word]
        if NUMBER.fullmatch(word):
            return Number(word)
        self.flaws.append(place)
        return None

    def takes(self, character):
        is_next = self.text[self.at : self.at + 1] == character
        self.at += is_next
        return is_next

    def space(self):
        self.at = SPACE.match(self.text, self.at).end()
