"""What was found out, in `confirmed.json`: by row its places, and the fields that are other than the tables say."""

import hashlib
import json
import pathlib
from typing import Any, Dict, List, Set

from report import Report

Catalogue = Dict[str, Any]

#: How many reporters must agree before a guess is replaced.
ENOUGH = 2


def read(file: pathlib.Path) -> Catalogue:
    catalogue: Catalogue = json.loads(file.read_text(encoding="utf-8"))
    return catalogue


def write(catalogue: Catalogue, file: pathlib.Path) -> None:
    file.write_text(json.dumps(catalogue, ensure_ascii=False, indent=4, sort_keys=True) + "\n", encoding="utf-8")


def merge(catalogue: Catalogue, report: Report, reporter: str) -> None:
    """Takes a report over. A reporter counts once for each place and field, however often they report it."""
    mark = hashlib.sha256(reporter.strip().lower().encode()).hexdigest()[:12]
    for finding in report.findings:
        row = catalogue["rows"].setdefault(finding.row, {"places": {}, "fields": {}})
        note(row["places"].setdefault(finding.place, {}), report.day, mark)
        row["places"][finding.place]["as"] = finding.result
        for field, found in finding.fields.items():
            note(row["fields"].setdefault(f"{field}: {found}", {}), report.day, mark)


def note(fact: Dict[str, Any], day: str, mark: str) -> None:
    reporters: Set[str] = {*fact.get("by", []), mark}
    fact["by"] = sorted(reporters)
    fact["reporters"] = len(reporters)
    fact["confirmed"] = max(day, fact.get("confirmed", day))


def replaceable(catalogue: Catalogue, known: Dict[str, str]) -> List[str]:
    """What enough reporters agree on, and on nothing else: guesses that are to be replaced, or are none any more."""
    lines: List[str] = []
    for row, found in sorted(catalogue["rows"].items()):
        agreed = [place for place, fact in found["places"].items() if fact["reporters"] >= ENOUGH]
        if len(agreed) > 1:
            lines.append(f"{row}: reporters disagree: {', '.join(sorted(agreed))}")
        elif agreed and agreed[0] != known[row]:
            lines.append(f"{row}: is {agreed[0]}, not {known[row]}")
        elif agreed:
            lines.append(f"{row}: {agreed[0]} is right")
        lines += [f"{row}: {field}" for field, fact in sorted(found["fields"].items()) if fact["reporters"] >= ENOUGH]
    return lines
