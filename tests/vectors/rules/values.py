"""The scalar kinds: what the wire may write, what hosts get, and what a request may hold."""

import re
from decimal import Decimal, InvalidOperation

from . import times
from .jsontext import Number

SAFE = 2**53 - 1
INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
WHOLE = re.compile(r"(-?[0-9]+)(\.0+)?")


# Powers of ten between which binary floating point holds every number of few digits.
SMALLEST, LARGEST = -306, 308


class Misfit(Exception):
    """The value is none of its kind."""


def from_reply(field_kind, numeric, value):
    """The canonical value, None where there is none, and whether it is a number that hosts get as text."""
    kind = field_kind.name
    if isinstance(value, str) and kind in ("Int", "Amount", "Float", "Time"):
        value = value.strip()
    if value is None or (value == "" and kind not in ("Id", "Text")):
        return None, False
    if kind == "Time" and not isinstance(value, (bool, list)):
        written = value.text if isinstance(value, Number) else value
        if times.is_unset(written):
            return None, False
        if times.parse(written) is None and JSON_NUMBER.fullmatch(written):
            written = str(whole(written))
        if written == "0":
            return None, False
        value = written
    if kind == "Int":
        number = integer(value, lenient=True)
        return (str(number), True) if abs(number) > SAFE else (Number(str(number)), False)
    return REPLY[kind](value, numeric), False


def reply_id(value, _):
    """Text as it is, the digits of a whole number, also where a double wrote it."""
    if isinstance(value, Number) and not INTEGER.fullmatch(value.text):
        return str(whole(value.text))
    return identifier(value)


def result_code(value):
    """A code that may be a number: also in text, with spaces around it, and as a double wrote it."""
    if isinstance(value, str) and JSON_NUMBER.fullmatch(value.strip()):
        try:
            return str(whole(value.strip()))
        except Misfit:
            return value
    return reply_id(value, False)


def reply_code(value, numeric):
    text = result_code(value) if numeric else reply_id(value, numeric)
    return Number(text) if numeric and INTEGER.fullmatch(text) and abs(int(text)) <= SAFE else text


def reply_text(value, _):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Number):
        return value.text
    return text_of(value)


def reply_bool(value, _):
    if isinstance(value, bool):
        return value
    written = text_of(value).lower() if not isinstance(value, Number) else str(whole(value.text))
    words = (
        {"1": True, "0": False} if isinstance(value, Number) else {"1": True, "0": False, "true": True, "false": False}
    )
    if written not in words:
        raise Misfit
    return words[written]


def reply_float(value, _):
    written = value.text if isinstance(value, Number) else text_of(value)
    if not JSON_NUMBER.fullmatch(written) or magnitude(written) > LARGEST:
        raise Misfit
    return Number(written)


def magnitude(written):
    """The power of ten that the number is just below; 0 for zero."""
    number = Decimal(written)
    return number.adjusted() + 1 if number else 0


def reply_amount(value, _):
    return amount(value)


def reply_time(value, _):
    return times.canonical(time(value))


REPLY = {
    "Id": reply_id,
    "Code": reply_code,
    "Text": reply_text,
    "Bool": reply_bool,
    "Float": reply_float,
    "Amount": reply_amount,
    "Time": reply_time,
}


def to_wire(kind, form, numeric, value):
    """What the wire gets for a value of a request. Raises Misfit where it must be refused."""
    name = kind.name
    if name == "Id":
        text = identifier(value)
        if form != "number" or text == "":
            return text
        if not INTEGER.fullmatch(text):
            raise Misfit
        return Number(text)
    if name == "Code":
        text = identifier(value)
        return Number(text) if numeric and form != "text" and INTEGER.fullmatch(text) else text
    if name == "Amount":
        return written_as(form, "text", amount(value))
    if name == "Int":
        return written_as(form, "text", str(integer(value, lenient=False)))
    if name == "Bool":
        if not isinstance(value, bool):
            raise Misfit
        return value
    if name == "Time":
        moment = time(value)
        return Number(times.wire_millis(moment)) if form == "number" else times.wire_text(moment)
    if name == "Text":
        return text_of(value)
    if name == "Float":
        if not isinstance(value, Number):
            raise Misfit
        return value
    raise NotImplementedError(name)


def written_as(form, wanted, digits):
    return digits if form == wanted else Number(digits)


def text_of(value):
    if not isinstance(value, str):
        raise Misfit
    return value


def identifier(value):
    """Text as it is, a whole number as its digits."""
    if isinstance(value, Number) and INTEGER.fullmatch(value.text):
        return value.text
    return text_of(value)


def integer(value, lenient):
    """A whole number of 64 bits with its sign. Replies may write it as text, or as true and false."""
    if isinstance(value, bool) and lenient:
        return int(value)
    written = value.text if isinstance(value, Number) else text_of(value) if lenient else ""
    match = WHOLE.fullmatch(written)
    if not match:
        return whole(written)
    if not -(2**63) <= int(match.group(1)) < 2**63:
        raise Misfit
    return int(match.group(1))


def whole(written):
    """The whole number that a double stands for, if doubles tell it from its neighbours."""
    if not JSON_NUMBER.fullmatch(written):
        raise Misfit
    try:
        number = Decimal(written)
    except InvalidOperation:
        raise Misfit from None
    if number and not -400 < number.adjusted() < 20 or number % 1 or abs(number) > SAFE:
        raise Misfit
    return int(number)


def amount(value):
    """The exact decimal as text: exponents are resolved, zeros behind the point stay, at most 28 digits fit."""
    written = value.text if isinstance(value, Number) else text_of(value)
    if not DECIMAL.fullmatch(written):
        raise Misfit
    sign, digits, exponent = Decimal(written).as_tuple()
    coefficient = int("".join(map(str, digits)))
    if exponent > 28 or exponent < -28:
        raise Misfit
    if exponent > 0:
        coefficient, exponent = coefficient * 10**exponent, 0
    if len(str(coefficient)) > 28:
        raise Misfit
    text = str(coefficient).rjust(1 - exponent, "0")
    point = len(text) + exponent
    text = text[:point] + ("." + text[point:] if exponent else "")
    return "-" + text if sign and coefficient else text


def time(value):
    moment = times.parse(value.text if isinstance(value, Number) else text_of(value))
    if moment is None:
        raise Misfit
    return moment
