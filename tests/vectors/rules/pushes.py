"""Messages that the platform pushes: their signature, the row that they are of, and their content."""

import hashlib
import hmac
import os
import re

from .jsontext import NotJson, Object, parse
from .replies import convert, placed, read_on, text_of_body
from .schema import Kind, indent, read_fields
from .values import Misfit, from_reply

DIGITS = re.compile("[0-9A-Fa-f]{64}")
PREFIXES = {"1688_": 1, "TAOBAO_": 0}
ANY = Kind("Any")


class Row:
    def __init__(self, identifier, platform, words):
        options = dict(word.split("=") for word in words)
        self.id = identifier
        self.platform = None if platform == "-" else int(platform)
        self.types = options.get("types", "").split(",") if "types" in options else []
        self.part = options.get("part")
        self.kind = ANY
        self.example = None


def load():
    """All rows, in the order of the reference."""
    with open(os.path.join(os.path.dirname(__file__), "pushes.txt"), encoding="utf-8") as file:
        lines = [line.rstrip() for line in file if line.strip() and not line.startswith("#")]
    rows, at = [], 0
    while at < len(lines):
        identifier, platform, *words = lines[at].split()
        rows.append(Row(identifier, platform, words))
        at += 1
        if at < len(lines) and lines[at].strip().startswith("example "):
            rows[-1].example = lines[at].strip().removeprefix("example ")
            at += 1
        if at < len(lines) and indent(lines[at]) == 1:
            assert lines[at].strip() == "body", lines[at]
            fields, at = read_fields(lines, at + 1, 2)
            rows[-1].kind = Kind("Object", fields)
    return rows


def signature(access_key, access_secret, body):
    """Lower-case hex of HMAC-SHA256 over the access key and the raw body, keyed with the secret."""
    return hmac.new(access_secret.encode(), access_key.encode() + body, hashlib.sha256).hexdigest()


def read(rows, access_key, access_secret, authorization, body):
    """`{"expect": ..}` for a message, `{"error": ..}` for what is none of the platform's or cannot be read."""
    digits = authorization.strip()
    if not access_secret or not DIGITS.fullmatch(digits):
        return {"error": "signature"}
    if not hmac.compare_digest(digits.lower(), signature(access_key, access_secret, body)):
        return {"error": "signature"}
    try:
        return {"expect": message(rows, body)}
    except NotJson:
        return {"error": "malformed"}


def message(rows, body):
    warnings, parts = [], {}
    tree, flaws = read_on(text_of_body(body, warnings))
    if not isinstance(tree, Object):
        raise NotJson("no object")
    for name, value in tree:
        if name in parts and name in ("messageType", "messagePlatform", "timestamp", "messageBody"):
            warnings.append(name)
        parts.setdefault(name, value)
    message_type = scalar("Text", "messageType", parts, warnings) or None
    platform = scalar("Int", "messagePlatform", parts, warnings)
    if platform is None and message_type:
        platform = next((number for prefix, number in PREFIXES.items() if message_type.startswith(prefix)), None)
    else:
        platform = None if platform is None else int(platform.text)
    time = scalar("Time", "timestamp", parts, warnings)
    row, inferred = recognise(rows, message_type, platform, parts)
    kind = row.kind if row else ANY
    warnings += [placed(kind, flaw, "messageBody" if "messageBody" in parts else "") for flaw in flaws]
    if "messageBody" in parts:
        held = unwrapped(kind, parts["messageBody"], warnings)
        content = convert(kind, False, held, "messageBody", warnings)
    else:
        content = convert(kind, False, tree, "", warnings)
    return {
        "message_type": message_type,
        "platform": platform,
        "time": time,
        "push": row.id if row else None,
        "inferred": inferred,
        "body": content,
        "warnings": [{"path": path.lstrip(".")} for path in warnings],
    }


def scalar(kind, name, parts, warnings):
    try:
        return from_reply(Kind(kind), False, parts.get(name))[0]
    except Misfit:
        warnings.append(name)
        return None


def recognise(rows, message_type, platform, parts):
    """The row of a message, and whether it is inferred."""
    if message_type is None:
        of_none = [row for row in rows if row.platform is None and "messageBody" not in parts]
        return next((row for row in of_none if spellings(row) & set(parts)), None), False
    of_platform = [row for row in rows if row.platform == platform]
    for row in of_platform:
        if message_type in row.types:
            return row, False
    parted = [row for row in of_platform if row.part and row.part in message_type]
    row = max(parted, key=lambda row: len(row.part), default=None)
    return row, row is not None


def spellings(row):
    return set().union(*(field.spellings for field in row.kind.inner))


def unwrapped(kind, value, warnings):
    """What a text holds, where it holds JSON; for a content of unknown shape, only an object or a list."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    try:
        held = parse(text)
    except NotJson:
        if text[0] not in "{[":
            return value
        try:
            held, _ = read_on(text)
        except NotJson:
            return value
        warnings.append("messageBody")
    return value if kind is ANY and not isinstance(held, list) else held
