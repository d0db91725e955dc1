"""The endpoints that the cases use, read from `endpoints.txt` beside this file."""

import os
import re


class Kind:
    """`name` is Id, Amount, ... or List or Object; `inner` a list's kind or an object's fields."""

    def __init__(self, name, inner=None):
        self.name = name
        self.inner = inner


class Field:
    def __init__(self, name, kind, words):
        options = dict(word.partition("=")[::2] for word in words)
        self.name = name
        self.kind = kind
        self.wire = options.get("wire", name)
        self.spellings = {name, self.wire} | set(filter(None, options.get("alias", "").split(",")))
        self.required = "required" in options
        self.form = next((form for form in ("number", "text", "embedded") if form in options), "plain")
        # A set of codes that the wire writes as numbers.
        self.numeric = "numeric" in options


class Endpoint:
    def __init__(self, identifier, method, path, words):
        self.identifier = identifier
        self.method = method
        self.path = path
        self.further = "further" in words
        self.signed_query = "signed_query" in words
        self.writes = "writes" in words
        self.request = Kind("Object", [])
        self.reply = Kind("Any")


def load():
    """All endpoints, by id."""
    with open(os.path.join(os.path.dirname(__file__), "endpoints.txt"), encoding="utf-8") as file:
        lines = [line.rstrip() for line in file if line.strip() and not line.startswith("#")]
    endpoints, at = {}, 0
    while at < len(lines):
        identifier, method, path, *words = lines[at].split()
        endpoint = endpoints[identifier] = Endpoint(identifier, method, path, words)
        at += 1
        while at < len(lines) and indent(lines[at]) == 1:
            part, *words = lines[at].split()
            fields, at = read_fields(lines, at + 1, 2)
            kind = read_kind(words[0] if words else "{}", fields)
            setattr(endpoint, part, kind)
    return endpoints


def read_fields(lines, at, level):
    fields = []
    while at < len(lines) and indent(lines[at]) == level:
        name, kind, *words = lines[at].split()
        inner, at = read_fields(lines, at + 1, level + 1)
        fields.append(Field(name, read_kind(kind, inner), words))
    return fields, at


def read_kind(text, fields):
    if text.startswith("["):
        return Kind("List", read_kind(text[1:-1], fields))
    return Kind("Object", fields) if text == "{}" else Kind(text)


def indent(line):
    return len(re.match(" *", line).group()) // 4
