"""Replies: from the bytes of a body to canonical data, warnings or an error."""

import re

from .hints import hint
from .jsontext import NotJson, Number, Object, parse
from .values import LARGEST, SAFE, SMALLEST, Misfit, from_reply, identifier, magnitude, reply_text

DEEPEST = 100
EXACT_DIGITS = 15
SUCCESS = ("200", "0")


def read(endpoint, body):
    """`{"expect": ..}` for a success, `{"error": ..}` otherwise."""
    warnings = []
    try:
        envelope = parse(text_of_body(body, warnings))
    except NotJson:
        return unreadable("")
    if not isinstance(envelope, Object):
        return unreadable("")
    fields = {}
    for name, value in envelope:
        if name == "data" and name in fields:
            warnings.append("data")
        elif name == "data":
            fields[name] = convert(endpoint.reply, False, value, "data", warnings)
        else:
            fields.setdefault(name, value)
    code = attempt(identifier, fields.get("code"))
    request_id = attempt(lambda value: reply_text(value, False), fields.get("requestId")) or None
    if code is None:
        return unreadable("code")
    if code not in SUCCESS:
        message = attempt(lambda value: reply_text(value, False), fields.get("msg"))
        words = {"message": message} if message else {}
        told = {"kind": "api", "code": code, **words, "request_id": request_id}
        return {"error": {**told, "hint": hint(endpoint.identifier, code, message)}}
    warnings = [{"path": path} for path in warnings]
    return {"expect": {"data": fields.get("data"), "request_id": request_id, "warnings": warnings}}


def unreadable(path):
    return {"error": {"kind": "decode", "path": path}}


def attempt(read_value, value):
    try:
        return None if value is None else read_value(value)
    except Misfit:
        return None


def text_of_body(body, warnings):
    """The body as text, without its byte order mark. What is no UTF-8 becomes U+FFFD."""
    if body.startswith(b"\xef\xbb\xbf"):
        body = body[3:]
    try:
        return body.decode()
    except UnicodeDecodeError:
        warnings.append("")
        return body.decode(errors="replace")


def convert(kind, numeric, value, path, warnings):
    """The canonical value; None, with a warning, where the value does not fit."""
    if kind.name == "Any":
        return anything(value, path, warnings)
    try:
        if kind.name == "Object":
            return convert_object(kind.inner, value, path, warnings)
        if kind.name == "List":
            return convert_list(kind.inner, numeric, value, path, warnings)
        canonical, too_large = from_reply(kind, numeric, value)
    except Misfit:
        warnings.append(path)
        return None
    if too_large:
        warnings.append(path)
    return canonical


def convert_object(fields, value, path, warnings):
    if value is None or value == "":
        return None
    if not isinstance(value, Object):
        raise Misfit
    known = {spelling: field for field in fields for spelling in field.spellings}
    converted = {}
    for key, inner in value:
        field = known.get(key) or known.get(in_camel_case(key))
        name = field.name if field else key
        if name in converted:
            warnings.append(f"{path}.{name}")
        elif field and field.form == "embedded" and isinstance(inner, str):
            converted[name] = convert_embedded(field, inner, f"{path}.{name}", warnings)
        elif field:
            converted[name] = convert(field.kind, field.numeric, inner, f"{path}.{name}", warnings)
        else:
            converted[name] = anything(inner, f"{path}.{name}", warnings)
    return converted


def in_camel_case(key):
    """A key without its underscores, the letter after each a capital: how the upstream's names read in a reply."""
    return re.sub("_(.?)", lambda found: found.group(1).upper(), key) if "_" in key else key


def convert_embedded(field, text, path, warnings):
    if not text.strip():
        return None
    try:
        return convert(field.kind, field.numeric, parse(text), path, warnings)
    except NotJson:
        warnings.append(path)
        return None


def convert_list(kind, numeric, value, path, warnings):
    if value is None or value == "":
        return None
    if not isinstance(value, list) or isinstance(value, Object):
        raise Misfit
    converted = []
    for index, element in enumerate(value):
        noticed = len(warnings)
        canonical = convert(kind, numeric, element, f"{path}[{index}]", warnings)
        if canonical is not None:
            converted.append(canonical)
        elif len(warnings) == noticed:
            warnings.append(f"{path}[{index}]")
    return converted


def anything(value, path, warnings):
    """A value of unknown shape, whose numbers every host can hold; what is nested too deeply becomes null."""
    cut = []

    def safe(value, depth):
        if isinstance(value, Number):
            return value if is_exact(value.text) else value.text
        if isinstance(value, list) and depth == DEEPEST:
            cut.append(True)
            return None
        if isinstance(value, Object):
            return Object((name, safe(inner, depth + 1)) for name, inner in value)
        if isinstance(value, list):
            return [safe(inner, depth + 1) for inner in value]
        return value

    kept = safe(value, 0)
    if cut:
        warnings.append(path)
    return kept


def is_exact(written):
    """Whether binary floating point gives the digits back."""
    mantissa = re.split("[eE]", written)[0]
    if mantissa == written and "." not in written:
        return abs(int(written)) <= SAFE
    significant = mantissa.lstrip("-").replace(".", "").lstrip("0")
    if not significant:
        return True
    return len(significant) <= EXACT_DIGITS and SMALLEST <= magnitude(written) <= LARGEST
