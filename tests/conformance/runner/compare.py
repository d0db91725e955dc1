"""When two JSON texts are the same."""

import datetime
import decimal
import json
import re


class Number(str):
    """A number by its digits."""


def exact(text):
    """JSON whose numbers keep their digits."""
    return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=Number)


def difference(found, expected, path="$"):
    """Where two exact values differ, in digits, in names or in their order; None where nowhere."""
    if type(found) is not type(expected):
        return f"{path}: found {short(found)}, expected {short(expected)}"
    if isinstance(found, dict):
        if list(found) != list(expected):
            return f"{path}: found the names {short(list(found))}, expected {short(list(expected))}"
        parts = ((found[name], expected[name], f"{path}.{name}") for name in found)
    elif isinstance(found, list):
        if len(found) != len(expected):
            return f"{path}: found {len(found)} elements, expected {len(expected)}"
        parts = ((one, other, f"{path}[{at}]") for at, (one, other) in enumerate(zip(found, expected)))
    else:
        return None if found == expected else f"{path}: found {short(found)}, expected {short(expected)}"
    return next(filter(None, (difference(*part) for part in parts)), None)


def text_difference(found, expected):
    """As `difference`, for JSON text."""
    try:
        return difference(exact(found), expected)
    except (TypeError, ValueError) as error:
        return f"{short(found)} is no JSON text: {error}"


def with_fewest_escapes(text):
    """JSON text as it stands, but with no escape in its strings that JSON does not ask for."""

    def plain(match):
        return json.dumps(json.loads(match[0], strict=False), ensure_ascii=False)

    return re.sub(r'"(?:[^"\\]|\\.)*"', plain, text)


def typed_difference(found, expected, path="$", zeros=True):
    """Where data that went through a host's own types differs from what the core gave for it.

    Names in another order, null for what is absent, and another form of the same number or moment are the types' own.
    So are, without `zeros`, amounts that lack those behind the point.
    """
    if expected is None:
        return None if found is None else f"{path}: found {short(found)}, expected nothing"
    if type(found) is not type(expected):
        return f"{path}: found {short(found)}, expected {short(expected)}"
    if isinstance(expected, dict):
        names = [*expected, *(name for name in found if name not in expected)]
        parts = ((found.get(name), expected.get(name), f"{path}.{name}", zeros) for name in names)
    elif isinstance(expected, list):
        if len(found) != len(expected):
            return f"{path}: found {len(found)} elements, expected {len(expected)}"
        parts = ((one, other, f"{path}[{at}]", zeros) for at, (one, other) in enumerate(zip(found, expected)))
    else:
        return (
            None if same_scalar(found, expected, zeros) else f"{path}: found {short(found)}, expected {short(expected)}"
        )
    return next(filter(None, (typed_difference(*part) for part in parts)), None)


def sent_difference(found, expected):
    """As `typed_difference`, for bodies of requests, in which text may hold JSON once more."""
    return typed_difference(unfolded(found), unfolded(expected))


def unfolded(value):
    if isinstance(value, dict):
        return {name: unfolded(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [unfolded(inner) for inner in value]
    if isinstance(value, str) and not isinstance(value, Number) and value[:1] in ("{", "["):
        try:
            return {"JSON in text": unfolded(exact(value))}
        except ValueError:
            return value
    return value


def same_scalar(found, expected, zeros):
    if found == expected:
        return True
    if isinstance(found, Number) or not zeros and is_amount(found) and is_amount(expected):
        return decimal.Decimal(found) == decimal.Decimal(expected)
    moments = moment(found), moment(expected)
    return moments[0] is not None and moments[0] == moments[1]


def is_amount(value):
    """Whether text may be an amount. Whole ones of the same value are the same text, so ids stay apart."""
    return isinstance(value, str) and re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", value) is not None


def moment(text):
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", text):
        return None
    text = re.sub(r"\.\d+", lambda digits: f"{digits[0]:0<7}"[:7], text).replace("Z", "+00:00")
    return datetime.datetime.fromisoformat(text)


def short(value):
    text = value if isinstance(value, Number) else json.dumps(value, ensure_ascii=False)
    return text if len(text) < 200 else f"{text[:200]}..."


def subset_difference(found, expected, path="error"):
    """Where `found` lacks what `expected` has; further members are no difference."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return f"{path}: found {short(found)}, expected {short(expected)}"
        parts = (subset_difference(found.get(name), expected[name], f"{path}.{name}") for name in expected)
        return next(filter(None, parts), None)
    # A list names the values of which one is right.
    right = found in expected if isinstance(expected, list) else found == expected
    return None if right else f"{path}: found {short(found)}, expected {short(expected)}"
