#!/usr/bin/env python3
"""Writes docs/performance.md and its chart from a report of `make bench`.

document.py            takes target/bench/report.json as docs/performance/report.json, and writes from that
document.py --check    changes nothing; exits with 1 where page and chart are not what the report in docs gives
"""

import html
import json
import pathlib
import shutil
import sys
from typing import Dict, List

import aims

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NEW = ROOT / "target" / "bench" / "report.json"
REPORT = ROOT / "docs" / "performance" / "report.json"
PAGE = ROOT / "docs" / "performance.md"
CHART = ROOT / "docs" / "performance" / "chart.svg"
NAMES = {
    "rust": "Rust",
    "sandbox": "The sandbox under load",
    "npm": "JavaScript",
    "python": "Python",
    "kotlin": "Kotlin",
    "swift": "Swift",
    "cli": "The command line",
    "size": "Sizes",
}
LANGUAGES = ["rust", "npm", "python", "kotlin", "swift"]


def main() -> int:
    check = sys.argv[1:] == ["--check"]
    if not check:
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(NEW, REPORT)
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    wanted = {PAGE: page(report), CHART: chart(report["rows"])}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if check:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what the report gives: python3 tests/bench/document.py")
        return 1 if stale else 0
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(report['rows'])} rows")
    return 0


def page(report: dict) -> str:
    machine = report["machine"]
    rows = report["rows"]
    missed = [row for row in rows if not row["ok"]]
    verdict = (
        f"{len(missed)} of {len(rows)} rows miss their budget."
        if missed
        else f"All {len(rows)} rows are within budget."
    )
    parts = [
        "<!-- Written by tests/bench/document.py from docs/performance/report.json. -->",
        "# Performance\n",
        "Every host beside what one would otherwise use, on the same inputs and in the same run: medians of rounds in which",
        "both take turns, so that a busy machine slows both. A ratio is ours to the peer's; the budget is the most that it may",
        "be, or the least where more is better.\n",
        "    make bench                           # all hosts; exits with 1 if a budget is missed",
        '    make bench HOSTS="rust pip"          # some',
        "    python3 tests/bench/document.py      # this page and its chart, from the last run\n",
        f"{verdict} The figures are in [report.json](performance/report.json), by `{report['command']}`, {report['date']}, on "
        f"{machine['cores']} cores of {machine['cpu']}; the load was {report['load_before']} before and "
        f"{report['load_after']} after. {machine['rustc']}, Python {machine['python']}, Node {machine['node']}, "
        f"Java: {machine['java']}{', ' + machine['swift'] if 'swift' in machine else ''}.\n",
        "![Ratios as shares of their budgets](performance/chart.svg)\n",
    ]
    for reason in [f"Not measured: {host} ({why}).\n" for host, why in report["not_measured"].items()]:
        parts.append(reason)
    parts += glance(rows)
    parts += aimed(rows)
    parts += fairer(rows)
    for host, group in grouped(rows).items():
        parts += [
            f"## {NAMES.get(host, host)}\n",
            "| case | ours | peer | its value | ratio | budget | |",
            "|---|---|---|---|---|---|---|",
        ]
        parts += [line(row) for row in group]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def glance(rows: List[dict]) -> List[str]:
    """What the same work takes in every language: of the cases that several have, our values."""
    ours: Dict[str, Dict[str, str]] = {}
    for row in rows:
        if row["host"] in LANGUAGES:
            ours.setdefault(row["case"], {})[row["host"]] = f"{number(row['ours'])} {row.get('unit', '')}".strip()
    common = {case: values for case, values in ours.items() if len(values) > 2}
    if not common:
        return []
    hosts = [host for host in LANGUAGES if any(host in values for values in common.values())]
    return [
        "## The same work in every language\n",
        f"| case | {' | '.join(NAMES[host] for host in hosts)} |",
        "|---" * (len(hosts) + 1) + "|",
        *(f"| {case} | {' | '.join(values.get(host, '') for host in hosts)} |" for case, values in common.items()),
        "",
    ]


def aimed(rows: List[dict]) -> List[str]:
    """What is aimed at beside the budgets, and why it is not reached where it is not."""
    held = aims.held(rows)
    missed = [(aim, row) for aim, row in held if row["ratio"] > aim.ratio]
    if not held:
        return []
    reasons = list(dict.fromkeys(aim.why for aim, _ in missed))
    lines = [
        f"| {NAMES[aim.host]} | {aim.case} | {aim.peer} | {aim.ratio} | {row['ratio']:.2f} | "
        f"{f'missed ({reasons.index(aim.why) + 1})' if row['ratio'] > aim.ratio else 'holds'} |"
        for aim, row in held
    ]
    return [
        "## What is aimed at\n",
        "Budgets must be kept. Aims are what we should like to reach; where one is missed, the floor is told. The parts of the",
        'time are rows of the host, whose cases begin with "of".\n',
        "| host | case | peer | aim | ratio | |",
        "|---|---|---|---|---|---|",
        *lines,
        "",
        *(f"{at}. {reason[0].upper()}{reason[1:]}." for at, reason in enumerate(reasons, 1)),
        "",
    ]


def fairer(rows: List[dict]) -> List[str]:
    """The peers that were written better since the page was first written."""
    found = aims.fairer(rows)
    if not found:
        return []
    return [
        "## Peers that got better\n",
        "Ratios beside them cannot be compared with those of before.\n",
        "| host | case | peer | before | now | how |",
        "|---|---|---|---|---|---|",
        *(
            f"| {NAMES[peer.host]} | {peer.case} | {peer.peer} | {peer.before:.2f} | {row['ratio']:.2f} | {peer.how} |"
            for peer, row in found
        ),
        "",
    ]


def grouped(rows: List[dict]) -> Dict[str, List[dict]]:
    groups: Dict[str, List[dict]] = {}
    for row in rows:
        groups.setdefault(row["host"], []).append(row)
    return groups


def line(row: dict) -> str:
    unit = row.get("unit", "")
    cells = [
        row["case"],
        f"{number(row['ours'])} {unit}".strip(),
        row["peer"] or "",
        "" if row.get("peer_value") is None else f"{number(row['peer_value'])} {unit}".strip(),
        "" if row.get("ratio") is None else f"{row['ratio']:.2f}",
        "" if row.get("budget") is None else f"{'at least ' if row['better'] == 'higher' else ''}{row['budget']}",
        "" if row.get("budget") is None else "ok" if row["ok"] else "**missed**",
    ]
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def number(value: float) -> str:
    if abs(value) >= 1000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"


# The chart: a line and a bar for each row that has a budget, as the share of it that is used. It is narrow, so that it can be
# read on a telephone.
LEFT, WIDE, PEERS, ALL, BAR, ROW = 6, 190, 290, 560, 12, 40


def chart(rows: List[dict]) -> str:
    measured = [(row, share(row)) for row in rows if row.get("budget") is not None and row.get("ratio") is not None]
    height = 46 + len(measured) * ROW
    budget = LEFT + WIDE
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ALL} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{ALL}" height="{height}" fill="#ffffff"/>',
        f'<text x="{budget}" y="18" text-anchor="middle" fill="#555555">the budget</text>',
        f'<text x="{PEERS}" y="18" fill="#555555">beside</text>',
        f'<line x1="{budget}" y1="26" x2="{budget}" y2="{height - 10}" stroke="#888888" stroke-dasharray="4 3"/>',
    ]
    for index, (row, used) in enumerate(measured):
        top = 32 + index * ROW
        # What is far beyond the budget is cut at the edge.
        width = max(1, round(min(used, 1.2) * WIDE))
        colour = "#3b7dd8" if row["ok"] else "#c0392b"
        label = html.escape(shortened(f"{NAMES.get(row['host'], row['host'])}: {row['case']}"))
        # The line of the budget goes behind the words.
        out.append(f'<rect x="{LEFT}" y="{top}" width="{ALL - LEFT}" height="17" fill="#ffffff"/>')
        out.append(f'<text x="{LEFT}" y="{top + 13}" fill="#222222" font-size="13">{label}</text>')
        out.append(f'<rect x="{LEFT}" y="{top + 19}" width="{width}" height="{BAR}" fill="{colour}"/>')
        out.append(f'<text x="{LEFT + width + 6}" y="{top + 29}" fill="#555555">{used:.0%}</text>')
        peer = html.escape(str(row.get("peer") or ""))
        out.append(f'<text x="{PEERS}" y="{top + 29}" fill="#888888">{peer}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def share(row: dict) -> float:
    """Of the budget, as much as is used."""
    if row["better"] == "higher":
        return row["budget"] / row["ratio"] if row["ratio"] else 9.0
    return max(row["ratio"], 0) / row["budget"]


def shortened(text: str) -> str:
    return text if len(text) <= 74 else text[:73] + "…"


if __name__ == "__main__":
    sys.exit(main())
