"""JSON in which every number is still the text that was written, and every object still a list of pairs."""

import json
import re


class Number:
    """A JSON number as its digits were written."""

    def __init__(self, text):
        self.text = text


class Object(list):
    """A JSON object as its pairs, in their order, repeated names included."""


class NotJson(ValueError):
    """The text is not one JSON value."""


LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(text):
    """The value of a JSON text. Halves of surrogate pairs, which are no characters, become U+FFFD."""

    def refuse(word):
        raise ValueError(word)

    try:
        tree = json.loads(text, parse_int=Number, parse_float=Number, parse_constant=refuse, object_pairs_hook=Object)
    except ValueError as error:
        raise NotJson(str(error)) from error
    return mended(tree)


def mended(tree):
    if isinstance(tree, str):
        return LONE_SURROGATE.sub("\ufffd", tree)
    if isinstance(tree, Object):
        return Object((mended(name), mended(value)) for name, value in tree)
    if isinstance(tree, list):
        return [mended(value) for value in tree]
    return tree


def compact(tree):
    """The value as JSON text without white space, numbers as they were written, strings with the fewest escapes."""
    if isinstance(tree, Number):
        return tree.text
    if isinstance(tree, Object):
        return "{" + ",".join(quoted(name) + ":" + compact(value) for name, value in tree) + "}"
    if isinstance(tree, dict):
        return compact(Object(tree.items()))
    if isinstance(tree, (list, tuple)):
        return "[" + ",".join(compact(value) for value in tree) + "]"
    if isinstance(tree, str):
        return quoted(tree)
    return json.dumps(tree)


def quoted(text):
    return json.dumps(text, ensure_ascii=False)
