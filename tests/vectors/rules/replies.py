"""Replies: from the bytes of a body to canonical data, warnings or an error."""

import contextlib
import re

from . import lenient
from .hints import hint
from .jsontext import NotJson, Number, Object, parse
from .schema import Kind
from .values import LARGEST, SAFE, SMALLEST, Misfit, from_reply, magnitude, reply_text, result_code

DEEPEST = 100
EXACT_DIGITS = 15
SUCCESS = ("200", "0")
CONTRADICTED = "the code is that of a success, but the reply says that there was none"

# Names under which platforms write words, without case and without what separates their parts.
WORDS = (
    "msg message submsg submessage errormsg errormessage errmsg errmessage error errordesc errordescription errdesc "
    "failmsg failreason reason retmsg resultmsg returnmsg"
).split()


def read(endpoint, body):
    """`{"expect": ..}` for a success, `{"error": ..}` otherwise."""
    warnings = []
    try:
        envelope, flaws = read_on(text_of_body(body, warnings))
    except NotJson:
        return unreadable("")
    warnings += [placed(endpoint.reply, flaw, "data") for flaw in flaws]
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
    code = attempt(result_code, fields.get("code"))
    denied = says_no(fields.get("success")) or ("success" not in fields and says_no(fields.get("isSuccess")))
    request_id = attempt(lambda value: reply_text(value, False), fields.get("requestId")) or None
    if code is None:
        return unreadable("code")
    if code not in SUCCESS or denied:
        message = "; ".join(words_of(envelope)) or None
        words = {"message": message} if message else {}
        told = {"kind": "api", "code": code, **words, "request_id": request_id}
        return {
            "error": {**told, "hint": CONTRADICTED if code in SUCCESS else hint(endpoint.identifier, code, message)}
        }
    warnings = [{"path": path} for path in warnings]
    return {"expect": {"data": fields.get("data"), "request_id": request_id, "warnings": warnings}}


def read_on(text):
    """The value of a text that should be JSON, and the places where it is not."""
    try:
        return parse(text), []
    except NotJson:
        return lenient.parse(text)


def placed(content, flaw, name):
    """The path of a flaw. The outermost object's member `name` is of the kind `content`; so is all where there is no name."""
    kind, path = (Kind("Any"), "") if name else (content, "")
    for depth, step in enumerate(flaw):
        if isinstance(step, int):
            kind, path = (kind.inner if kind.name == "List" else Kind("Any")), f"{path}[{step}]"
            continue
        fields = kind.inner if kind.name == "Object" else []
        known = {spelling: field for field in fields for spelling in field.spellings}
        field = known.get(step) or known.get(in_camel_case(step))
        shown = field.name if field else step
        path = f"{path}.{shown}" if path else shown
        beside = content if depth == 0 and step == name else Kind("Any")
        kind = field.kind if field else beside
    return path


def says_no(value):
    return value is False or (
        isinstance(value, (str, Number)) and str(getattr(value, "text", value)).strip().lower() in ("false", "0")
    )


def words_of(envelope):
    """The texts that stand under a name for words: at the top, and then within the data."""
    found = []

    def push(text):
        text = text.strip()
        if text and not any(text in known for known in ["; ".join(found)]):
            found.append(text)

    def take(value):
        if isinstance(value, str):
            push(value)
        elif isinstance(value, Number):
            push(value.text)
        elif isinstance(value, Object):
            for _, inner in value:
                take(inner)
        elif isinstance(value, list):
            for inner in value:
                take(inner)

    def search(value):
        if isinstance(value, str) and value.startswith(("{", "[")):
            with contextlib.suppress(NotJson):
                search(parse(value))
        elif isinstance(value, Object):
            for name, inner in value:
                (take if is_name_of_words(name) else search)(inner)
        elif isinstance(value, list):
            for inner in value:
                search(inner)

    for name, value in envelope:
        if is_name_of_words(name):
            take(value)
    for name, value in envelope:
        if name == "data" and isinstance(value, str) and not found and not value.startswith(("{", "[")):
            push(value)
        elif name == "data":
            search(value)
    return found


def is_name_of_words(name):
    return re.sub("[_-]", "", name).lower() in WORDS


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
        value = in_its_wrapping(Kind("Object", fields), value, path, warnings)
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
        held, flaws = read_on(text)
    except NotJson:
        warnings.append(path)
        return None
    warnings += [path] if flaws else []
    return convert(field.kind, field.numeric, held, path, warnings)


def convert_list(kind, numeric, value, path, warnings):
    if value is None or value == "":
        return None
    if not isinstance(value, list) or isinstance(value, Object):
        value = in_its_wrapping(Kind("List", kind), value, path, warnings)
    converted = []
    for index, element in enumerate(value):
        noticed = len(warnings)
        canonical = convert(kind, numeric, element, f"{path}[{index}]", warnings)
        if canonical is not None:
            converted.append(canonical)
        elif len(warnings) == noticed:
            warnings.append(f"{path}[{index}]")
    return converted


def in_its_wrapping(kind, value, path, warnings):
    """A list or an object that stands in text, as the list's one element, or with the elements under keys."""
    if isinstance(value, str) and value.strip()[:1] in ("{", "["):
        try:
            value, _ = read_on(value.strip())
        except NotJson:
            raise Misfit from None
        if not isinstance(value, list):
            raise Misfit
    if isinstance(value, Object) and kind.name == "List":
        value = as_list(kind.inner, value)
    if not isinstance(value, list) or isinstance(value, Object) != (kind.name == "Object"):
        raise Misfit
    warnings.append(path)
    return value


def as_list(element, value):
    """The elements that an object stands for."""
    names, inner = [name for name, _ in value], [inner for _, inner in value]
    if not value:
        raise Misfit
    if element.name == "Object":
        spellings = set().union(*(field.spellings for field in element.inner))
        if spellings & {spelled for name in names for spelled in (name, in_camel_case(name))}:
            return [value]
        if any(inner is not None and not isinstance(inner, Object) for inner in inner):
            raise Misfit
        return inner
    if element.name == "Any" and not all(re.fullmatch("[0-9]*", name) for name in names):
        return [value]
    return inner


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
