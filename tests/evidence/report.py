"""A report of `xportcn confirm`, checked: it comes from elsewhere, and only what has the right form is taken from it."""

import dataclasses
import datetime
import functools
import json
import pathlib
import re
from typing import Any, Dict, FrozenSet, Iterator, List, Mapping, Tuple

FORM = 1
RESULTS = ("exists", "exists, refused for a parameter", "exists, refused for a right")
TYPES = ("null", "bool", "number", "fraction", "digits", "text", "list", "object")
METHODS = ("GET", "POST")
PATH = re.compile(r"(/[A-Za-z0-9_.~-]+|/\{[A-Za-z0-9]+\})+")
NAME = re.compile(r"\[\]|\?|(?!.*[0-9]{3})[a-z_][A-Za-z0-9_]{0,39}")
DEEPEST = 25
OPENAPI = pathlib.Path(__file__).resolve().parent.parent.parent / "core" / "openapi.json"


class Refused(Exception):
    """The report cannot be taken; the words say why."""


@dataclasses.dataclass(frozen=True)
class Finding:
    """What was found of a row."""

    row: str
    #: As `POST /open/order/page`.
    place: str
    result: str
    #: Of fields that are other than the tables say, what they are.
    fields: Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Report:
    """What a report says of rows that were found."""

    day: str
    findings: Tuple[Finding, ...]


def parse(text: str, rows: Mapping[str, str]) -> Report:
    """Reads a report. `rows` are the ids of the calls that there are."""
    try:
        report = json.loads(text)
    except ValueError as error:
        raise Refused(f"the report is not JSON: {error}") from None
    if not isinstance(report, dict) or report.get("form") != FORM:
        raise Refused(f"the report is not of form {FORM}: was it written by `xportcn confirm`, in this version?")
    if report.get("platform") != "xportcn":
        raise Refused("the report is not of the platform itself, but of a sandbox or another server")
    day = str(report.get("day"))
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        raise Refused(f"the report has no day: {day!r}") from None
    found = [row for row in listed(report.get("rows")) if isinstance(row, dict) and row.get("found")]
    return Report(day, tuple(finding(row, rows) for row in found))


def finding(row: Dict[str, Any], rows: Mapping[str, str]) -> Finding:
    id, found, result = row.get("id"), row["found"], row.get("result")
    if not isinstance(id, str) or id not in rows:
        raise Refused(f"there is no row {id!r}")
    method, path = (found.get("method"), found.get("path")) if isinstance(found, dict) else (None, None)
    if method not in METHODS or not isinstance(path, str) or not PATH.fullmatch(path):
        raise Refused(f"{id} is at no method and path: {method!r} {path!r}")
    if result not in RESULTS:
        raise Refused(f"{id} was found, and its result is {result!r}")
    fields: Dict[str, str] = {}
    for attempt in listed(row.get("tries")):
        if isinstance(attempt, dict) and attempt.get("class") == "exists" and isinstance(attempt.get("shape"), dict):
            data = members(attempt["shape"]).get("data")
            fields.update(differences("data", data, id, 0) if data is not None else [])
    return Finding(id, f"{method} {path}", result, fields)


def differences(place: str, node: Any, id: str, depth: int) -> Iterator[Tuple[str, str]]:
    """The places that are unknown to the tables or of another type than theirs."""
    if not isinstance(node, dict) or depth > DEEPEST:
        raise Refused(f"{id}: {place} is no shape")
    types = node.get("types")
    if not isinstance(types, dict) or not all(type in TYPES for type in types):
        raise Refused(f"{id}: {place} has types that are none")
    # What was null may be of any type.
    shown = " or ".join(type for type in TYPES if type in types and type != "null") or "null"
    if node.get("unknown"):
        yield place, f"unknown, {shown}"
    elif node.get("misfits"):
        yield place, f"of another type, {shown}"
    for name, member in members(node).items():
        if not NAME.fullmatch(name) and name not in table_names():
            raise Refused(f"{id}: below {place} is a name that may be data")
        yield from differences(place + (name if name == "[]" else f".{name}"), member, id, depth + 1)


@functools.lru_cache(maxsize=None)
def table_names() -> FrozenSet[str]:
    """The names of all fields in the tables."""
    return frozenset(re.findall(r'"([^"\\]+)":', OPENAPI.read_text(encoding="utf-8")))


def members(node: Dict[str, Any]) -> Dict[str, Any]:
    found = node.get("members", {})
    return found if isinstance(found, dict) else {}


def listed(value: Any) -> List[Any]:
    return value if isinstance(value, list) else []
