"""Judges requests by the OpenAPI document alone: as the document allows them, or such as nobody would accept.

The wire's readers are lenient in known ways: an id may be text or a number, an amount too, and null counts as absent.
What the document does not allow and a lenient reader may still take is not judged.
"""

import json
import re
from decimal import Decimal
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

VALID, INVALID, UNJUDGED = "valid", "invalid", "unjudged"

METHODS = ("get", "post")
JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
# A number in text, with an exponent or none at all.
DIGITS = r"^(-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)?$"
# Stands for lines of which nothing is published: whatever they are, they are not null.
OPEN_OBJECT = {"type": "object", "additionalProperties": True}
# Digits that an exact decimal number may have, before and behind the point together.
MOST_DIGITS = 28


class Judge:
    """Knows every operation of a document."""

    def __init__(self, document):
        self.document = document
        self.operations = {}
        for path, item in document["paths"].items():
            for method in METHODS:
                if method in item:
                    self.operations[method.upper(), path] = Operation(document, path, item[method])

    def judge(self, method, path, url, content_type, body):
        """The verdict on a request for a path of the document."""
        operation = self.operations.get((method, path))
        return operation.judge(url, content_type, body) if operation else UNJUDGED


class Operation:
    """One operation: what it takes, strictly and leniently."""

    def __init__(self, document, path, operation):
        self.path = path
        self.signing = signing_query(document, operation)
        self.takes_extra = operation.get("x-extra-parameters", False)
        self.parameters = {"path": {}, "query": {}}
        for parameter in operation.get("parameters", []):
            self.parameters[parameter["in"]][parameter["name"]] = parameter
        body = operation.get("requestBody")
        self.strict = self.lenient = None
        if body is not None:
            schema = body["content"]["application/json"]["schema"]
            schemas = document["components"]["schemas"]
            self.strict = Strict({**schema, "components": {"schemas": schemas}})
            loosened = {name: loosen(schema) for name, schema in schemas.items()}
            self.lenient = Lenient({**loosen(schema), "components": {"schemas": loosened}})

    def judge(self, url, content_type, body):
        """The verdict on one request."""
        parts = urlsplit(url)
        verdicts = [self.judge_path(parts.path), self.judge_query(parts.query)]
        if self.strict is None:
            verdicts.append(INVALID if body else VALID)
        else:
            verdicts.append(self.judge_body(content_type, body))
        return INVALID if INVALID in verdicts else UNJUDGED if UNJUDGED in verdicts else VALID

    def judge_path(self, path):
        """Names in braces must fit; the rest is the caller's."""
        steps = zip(self.path.split("/"), path.split("/"))
        for template, step in steps:
            parameter = self.parameters["path"].get(template.strip("{}"))
            if parameter and not matches(parameter["schema"]["pattern"], unquote(step)):
                return UNJUDGED
        return VALID if path.count("/") == self.path.count("/") else UNJUDGED

    def judge_query(self, query):
        """Every parameter, its name, and that none repeats."""
        try:
            pairs = parse_qsl(query, keep_blank_values=True, errors="strict", strict_parsing=bool(query))
        except ValueError:
            return UNJUDGED
        names = [name for name, _ in pairs]
        if len(set(names)) != len(names):
            return INVALID
        known = self.parameters["query"]
        verdicts = [VALID]
        for name, value in pairs:
            if name in self.signing:
                continue
            if name in known:
                verdicts.append(judge_text(known[name], value))
            elif self.strict is not None:
                # Fields of the body may stand in the query string too.
                verdicts.append(UNJUDGED)
            elif not self.takes_extra:
                verdicts.append(INVALID)
        missing = [name for name, parameter in known.items() if parameter["required"] and name not in names]
        if missing and self.strict is None:
            return INVALID
        return INVALID if INVALID in verdicts else UNJUDGED if UNJUDGED in verdicts else VALID

    def judge_body(self, content_type, body):
        """The body, which must be a JSON object."""
        if not body:
            return UNJUDGED if self.lenient.accepts({}) else INVALID
        media, _, parameters = content_type.partition(";")
        if media.strip().lower() != "application/json":
            return INVALID
        if parameters.strip():
            return UNJUDGED
        try:
            value = json.loads(body.decode(), parse_float=Decimal, parse_constant=refuse_constant)
        except (UnicodeDecodeError, ValueError, RecursionError):
            return INVALID
        if self.strict.accepts(value):
            return VALID
        return UNJUDGED if self.lenient.accepts(value) else INVALID


def signing_query(document, operation):
    """The query parameters that sign an operation, by name."""
    schemes = document["components"]["securitySchemes"]
    names = [name for way in operation.get("security", document["security"]) for name in way]
    return {schemes[name]["name"] for name in names if schemes[name]["in"] == "query"}


def judge_text(parameter, text):
    """A parameter of the query string, whose values are all text."""
    kinds = parameter["schema"]["type"]
    if parameter["required"] and not text:
        return INVALID
    if kinds == "integer":
        if re.fullmatch("-?(0|[1-9][0-9]*)", text) and is_int64(int(text)):
            return VALID
        number = JSON_NUMBER.fullmatch(text)
        return UNJUDGED if number or parameter["schema"].get("x-kind") == "id" else INVALID
    return VALID if kinds == "string" else UNJUDGED


def loosen(schema):
    """A schema as the most lenient reader takes it."""
    if "enum" in str(schema.get("anyOf", "")):
        return {"type": ["string", "integer"]}
    if schema == OPEN_OBJECT:
        return {"not": {"type": "null"}}
    kind, form = schema.get("x-kind"), schema.get("type")
    if kind == "id":
        return {"type": ["string", "integer"], "minLength": schema.get("minLength", 0)}
    if kind == "amount":
        return {"anyOf": [{"type": "number"}, {"pattern": DIGITS, "type": "string"}]}
    if kind == "time":
        return {"type": ["string", "integer"]}
    if form == "string" and "pattern" in schema:
        return {"anyOf": [{"type": ["number", "boolean"]}, {"pattern": DIGITS, "type": "string"}]}
    loose = {key: value for key, value in schema.items() if key not in ("minLength", "format")}
    required = schema.get("required", [])
    if "properties" in schema:
        fields = schema["properties"].items()
        loose["properties"] = {name: loosen(it) if name in required else absent(loosen(it)) for name, it in fields}
    if "items" in schema:
        loose["items"] = loosen(schema["items"])
    if "contentSchema" in schema:
        loose["contentSchema"] = loosen(schema["contentSchema"])
    return loose


def absent(schema):
    """The schema, or null, which counts as absent."""
    return {"anyOf": [schema, {"type": "null"}]}


class Reader:
    """A compiled schema that looks into text that holds JSON."""

    formats = FormatChecker(formats=())
    types = Draft202012Validator.TYPE_CHECKER

    def __init__(self, schema):
        keywords = {"contentSchema": content_schema, "pattern": pattern}
        validator = extend(Draft202012Validator, keywords, type_checker=self.types, format_checker=self.formats)
        self.validator = validator(schema, format_checker=self.formats)

    def accepts(self, value):
        """Whether the value fits."""
        return self.validator.is_valid(value)


class Strict(Reader):
    """Reads as the document says, and no number that other readers would round."""

    formats = FormatChecker(formats=())
    types = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "integer": lambda _, value: isinstance(value, int) and not isinstance(value, bool),
            "number": lambda _, value: is_number(value) and is_exact(value),
        }
    )


class Lenient(Reader):
    """Reads whatever may be meant."""

    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: is_number(value) and is_whole(value))


@Strict.formats.checks("int64")
def is_int64(value):
    """Whether a whole number has 64 bits."""
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def is_number(value):
    """Whether it is a number, and neither true nor false."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def is_whole(value):
    """Whether a number has no fraction."""
    return value == Decimal(value).to_integral_value()


def is_exact(value):
    """Whether an exact decimal number holds it."""
    _, digits, exponent = Decimal(value).as_tuple()
    return max(len(digits) + max(exponent, 0), -min(exponent, 0)) <= MOST_DIGITS


def matches(expression, text):
    """Whether a text fits: `$` is its end, and not before a last line break."""
    return re.search(re.sub(r"\$$", r"\\Z", expression), text) is not None


def pattern(_, expression, instance, __):
    """The keyword `pattern`."""
    if isinstance(instance, str) and not matches(expression, instance):
        yield ValidationError(f"{instance!r} does not match {expression!r}")


def content_schema(validator, schema, instance, _):
    """The keyword `contentSchema`, which is an annotation otherwise."""
    if not isinstance(instance, str):
        return
    try:
        value = json.loads(instance, parse_float=Decimal, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        # Empty text counts as absent.
        if instance.strip():
            yield ValidationError("holds no JSON")
        return
    yield from validator.descend(value, schema)


def refuse_constant(name):
    """Python reads more than JSON."""
    raise ValueError(name)
