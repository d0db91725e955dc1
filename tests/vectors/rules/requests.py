"""Requests: from a host's parameters to method, URL and body, or the path of the field that is wrong."""

import functools
import re
from urllib.parse import quote

from . import signing
from .jsontext import NotJson, Number, Object, compact, parse
from .values import Misfit, to_wire

PATH_PARAMETER = re.compile("[A-Za-z0-9_.~-]+")


class Refused(Exception):
    """The request is wrong at `path`."""

    def __init__(self, path):
        super().__init__(path)
        self.path = path


def build(endpoint, params, setting, account):
    """`{"expect": ..}` for a request, `{"error": ..}` where it is refused. `setting` is another path or None."""
    method, path = endpoint.method, endpoint.path
    if setting:
        words = setting.split(" ")
        method, path = (words[0] if len(words) > 1 else method), words[-1]
    try:
        pairs = encoded(endpoint, params)
        routed = route(endpoint, pairs, method, path, account)
        if endpoint.writes and says_nothing(params) and endpoint.request.inner:
            raise Refused(endpoint.request.inner[0].name)
        return {"expect": routed}
    except Refused as refused:
        return {"error": {"path": refused.path}}


def doubts(endpoint, params):
    """Fields that the row does not list, each with the listed field without a value of which it is nearly the name."""
    if not endpoint.further:
        return
    given = read(params)
    fields = endpoint.request.inner
    listed = {spelling for field in fields for spelling in field.spellings}
    for key in dict.fromkeys(key for key, _ in given if key not in listed):
        near = min(fields, key=lambda field: changes(letters(key), letters(field.name)))
        is_near = 0 < len(letters(key)) <= 64 and changes(letters(key), letters(near.name)) <= len(letters(key)) // 3
        if is_near and not any(name in near.spellings and has_value(near, value) for name, value in given):
            yield key, near.name


def has_value(field, value):
    return value is not None and not (field.form == "embedded" and isinstance(value, str) and not value.strip())


def letters(name):
    return re.sub("[_-]", "", name).lower()


def changes(one, other):
    """How many letters to put in, leave out, replace or swap with the next, to make one of the other."""

    @functools.cache
    def left(i, j):
        if i == len(one) or j == len(other):
            return len(one) - i + len(other) - j
        least = min(left(i + 1, j) + 1, left(i, j + 1) + 1, left(i + 1, j + 1) + (one[i] != other[j]))
        if one[i : i + 2] == other[j : j + 2][::-1] and len(one[i : i + 2]) == 2 == len(other[j : j + 2]):
            least = min(least, left(i + 2, j + 2) + 1)
        return least

    return left(0, 0)


def says_nothing(params):
    """No field has a value, or only an empty one."""
    return all(value is None or value == "" or value == [] or value == Object([]) for _, value in read(params))


def encoded(endpoint, params):
    return encode_object(endpoint.request.inner, read(params), "", endpoint.further)


def read(params):
    try:
        # A byte order mark is no part of the text.
        tree = parse(params[1:] if params.startswith("\ufeff") else params)
    except NotJson:
        raise Refused("") from None
    if not isinstance(tree, Object):
        raise Refused("")
    return tree


def encode(kind, form, numeric, value, path):
    if kind.name == "Any":
        return value
    if kind.name == "List":
        if not isinstance(value, list) or isinstance(value, Object):
            raise Refused(path)
        return [element(kind.inner, form, numeric, inner, f"{path}[{index}]") for index, inner in enumerate(value)]
    if kind.name == "Object":
        if not isinstance(value, Object):
            raise Refused(path)
        return encode_object(kind.inner, value, path, False)
    try:
        return to_wire(kind, form, numeric, value)
    except Misfit:
        raise Refused(path) from None


def element(kind, form, numeric, value, path):
    if value is None:
        raise Refused(path)
    return encode(kind, form, numeric, value, path)


def encode_object(fields, value, path, further):
    known = {spelling: field for field in fields for spelling in field.spellings}
    pairs = Object()
    present = set()
    seen = set()
    for key, inner in value:
        field = known.get(key)
        if field is None and not further:
            raise Refused(below(path, key))
        name = field.name if field else key
        if name in seen:
            raise Refused(below(path, name))
        seen.add(name)
        if field is None:
            if inner is not None:
                pairs.append((key, inner))
            continue
        wire = encode_field(field, inner, below(path, field.name))
        if wire is None:
            continue
        if field.required and is_empty(field, wire):
            raise Refused(below(path, field.name))
        pairs.append((field.wire, wire))
        present.add(field.name)
    for field in fields:
        if field.required and field.name not in present:
            raise Refused(below(path, field.name))
    return pairs


def encode_field(field, value, path):
    """The value on the wire; None where it is left out."""
    if field.form != "embedded":
        return None if value is None else encode(field.kind, field.form, field.numeric, value, path)
    if isinstance(value, str):
        try:
            value = parse(value) if value.strip() else None
        except NotJson:
            raise Refused(path) from None
    return None if value is None else compact(encode(field.kind, "plain", field.numeric, value, path))


def is_empty(field, wire):
    """Ids, codes and lists must not be empty; text may be."""
    if field.kind.name == "List":
        return wire in ([], "[]")
    return field.kind.name in ("Id", "Code") and wire == ""


def below(path, name):
    return f"{path}.{name}" if path else name


def route(endpoint, pairs, method, path, account):
    query, body = [], Object()
    for name, value in pairs:
        if "{" + name + "}" in path:
            path = path.replace("{" + name + "}", path_parameter(name, plain(value)))
        elif method == "GET":
            query.append(quote(name, safe="") + "=" + quote(plain(value), safe=""))
        else:
            body.append((name, value))
    missing = re.search(r"\{(\w+)\}", path)
    if missing:
        raise Refused(missing.group(1))
    if endpoint.signed_query:
        headers = signing.headers(**account)
        query += ["timestamp=" + headers["timestamp"], "sign=" + headers["signature"]]
    url = path + ("?" + "&".join(query) if query else "")
    return {"method": method, "url": url, "body": compact(body) if method == "POST" else None}


def path_parameter(name, text):
    if not PATH_PARAMETER.fullmatch(text) or text in (".", ".."):
        raise Refused(name)
    return text


def plain(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.text if isinstance(value, Number) else value
