#!/usr/bin/env python3
"""Holds docs/reliability.md to what there is: every test that it names exists, and its figures are those of
docs/reliability/report.json.

    run.py             checks both, and that its table of writes is that of docs/reference/writes.md; prints "N passed,
                       N failed"
    run.py --write     writes the table and the figures from what they are taken from
    run.py --collect   takes the reports of the last runs (make fuzz, collect.py, make miri, make audit, make proof) into
                       docs/reliability/report.json, and writes the figures from it
"""

import json
import pathlib
import re
import sys
from typing import Any, Callable, Dict, List

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "reliability.md"
REPORT = ROOT / "docs" / "reliability" / "report.json"
TABLE = ROOT / "docs" / "reference" / "writes.md"
TABLE_MARKS = (
    "<!-- From docs/reference/writes.md, by tests/reliability/run.py. -->\n",
    "<!-- Until here. -->\n",
)
MARK = "<!-- From docs/reliability/report.json, by tests/reliability/run.py. -->\n"
SOURCES = {
    "fuzz": ROOT / "target" / "fuzz" / "report.json",
    "collection": ROOT / "target" / "fuzz" / "collection.json",
    "miri": ROOT / "target" / "supply" / "miri.json",
    "audit": ROOT / "target" / "supply" / "audit.json",
}
CERTAINTY = ROOT / "target" / "certainty" / "report.json"
CASES = dict.fromkeys(
    ("cancel.json", "errors.json", "hostile.json", "pages.json", "recovery.json", "settings.json", "waits.json"),
    "tests/conformance/cases",
)
VECTORS = "tests/vectors"
HOSTILE = ROOT / "target" / "conformance"
NAME = re.compile(r"`([A-Za-z0-9_./-]+): ([^`]+)`")


def main() -> int:
    if sys.argv[1:] == ["--collect"]:
        collect()
        return 0
    if sys.argv[1:] == ["--write"]:
        write(json.loads(REPORT.read_text(encoding="utf-8")))
        return 0
    page = PAGE.read_text(encoding="utf-8")
    named = NAME.findall(page)
    missing = [f"{place}: {name}" for place, name in named if not exists(place, name)]
    for name in missing:
        print(f"FAILED there is no test `{name}`")
    _, _, figures = page.partition(MARK)
    fresh = figures == shown(json.loads(REPORT.read_text(encoding="utf-8")))
    same = page == with_table(page)
    if not same:
        print("FAILED the table of writes is not that of the reference: python3 tests/reliability/run.py --write")
    if not fresh:
        print("FAILED the figures are not those of the report: python3 tests/reliability/run.py --collect")
    if not named:
        print("FAILED no test is named")
    failed = len(missing) + (not fresh) + (not same) + (not named)
    print(f"{len(named) + 2 - len(missing) - (not fresh) - (not same)} passed, {failed} failed")
    return 1 if failed else 0


def exists(place: str, name: str) -> bool:
    """Whether there is a test of this name there."""
    if place == "group":
        return any(f'"{name}"' in path.read_text() for path in (ROOT / "tests/conformance").rglob("*.py"))
    if place == "fuzz":
        return (ROOT / "tests/fuzz/fuzz_targets" / f"{name}.rs").exists()
    if place.endswith(".json"):
        folder = CASES.get(place, VECTORS)
        return any(case["name"] == name for case in json.loads((ROOT / folder / place).read_text())["cases"])
    path = ROOT / place
    find = FINDERS.get(path.suffix)
    return find is not None and path.exists() and find(name, path.read_text(encoding="utf-8"))


def in_rust(name: str, text: str) -> bool:
    return (
        re.search(rf"#\[(?:tokio::)?test[^]]*\]\n(?:\s*#\[[^\n]*\n)*\s*(?:async )?fn {re.escape(name)}\(", text)
        is not None
    )


def in_python(name: str, text: str) -> bool:
    return (
        name.startswith("test_") and re.search(rf"^(?:async )?def {re.escape(name)}\(", text, re.MULTILINE) is not None
    )


def in_kotlin(name: str, text: str) -> bool:
    """The function of the name in backticks under `@Test` or `@ParameterizedTest`, with or without other annotations."""
    before = r"@(?:Parameterized)?Test\n(?:[ \t]*@[^\n]*\n)*[ \t]*fun "
    return re.search(before + re.escape(f"`{name}`("), text) is not None


def in_swift(name: str, text: str) -> bool:
    return re.search(rf"@Test\b(?:\([^()]*\))?\s+func {re.escape(name)}\(", text) is not None


def in_javascript(name: str, text: str) -> bool:
    """The test of the name; or of a name with values in it, each of which stands as text among the table's."""
    for plain, filled in re.findall(r"^\s*test\((?:\"([^\"]*)\"|`([^`]*)`),", text, re.MULTILINE):
        if name == plain:
            return True
        parts = re.split(r"\$\{\w+\}", filled)
        found = re.fullmatch("(.+)".join(map(re.escape, parts)), name) if filled else None
        if found and all(f'"{value}"' in text for value in found.groups()):
            return True
    return False


#: How tests are written, by the ending of their file.
FINDERS: Dict[str, Callable[[str, str], bool]] = {
    ".kt": in_kotlin,
    ".mjs": in_javascript,
    ".py": in_python,
    ".rs": in_rust,
    ".swift": in_swift,
}


def collect() -> None:
    kept = json.loads(REPORT.read_text(encoding="utf-8")) if REPORT.exists() else {}
    kept.update({name: json.loads(path.read_text(encoding="utf-8")) for name, path in SOURCES.items() if path.exists()})
    kept["hostile"] = largest(kept.get("hostile", []), "hostile")
    kept["hosts"] = largest(kept.get("hosts", []), "certainty")
    if CERTAINTY.exists():
        run = json.loads(CERTAINTY.read_text(encoding="utf-8"))
        # A short run replaces no long one.
        if run["writes"] >= kept.get("certainty", run)["writes"]:
            kept["certainty"] = run
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write(kept)
    print(f"{PAGE.relative_to(ROOT)}: {', '.join(kept)}")


def write(report: Dict[str, Any]) -> None:
    head = with_table(PAGE.read_text(encoding="utf-8")).partition(MARK)[0]
    PAGE.write_text(head + MARK + shown(report), encoding="utf-8")


def with_table(page: str) -> str:
    """The page with the table of the reference, whose links lead there from here."""
    begin, end = TABLE_MARKS
    before, _, rest = page.partition(begin)
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("|")]
    table = re.sub(r"\]\((\w+\.md)", r"](reference/\1", "".join(rows))
    return before + begin + table + end + rest.partition(end)[2]


def largest(kept: List[dict], kind: str) -> List[dict]:
    """The runs of a kind, by host. `make test` makes a few writes, which replace no larger run."""
    runs = {run["host"]: run for run in kept}
    for path in HOSTILE.glob(f"*-{kind}.json"):
        run = json.loads(path.read_text(encoding="utf-8"))
        if run["writes"] >= runs.get(run["host"], run)["writes"]:
            runs[run["host"]] = run
    return [runs[host] for host in sorted(runs)]


def shown(report: Dict[str, Any]) -> str:
    parts: Dict[str, Callable[[Any], List[str]]] = {
        "certainty": certainty,
        "hosts": hosts,
        "hostile": hostile,
        "fuzz": fuzz,
        "collection": collection,
        "miri": miri,
        "audit": audit,
    }
    lines = ["", "All are in [report.json](reliability/report.json), with the commands that made them.", ""]
    for name, part in parts.items():
        if name in report:
            lines += part(report[name])
    return "\n".join(lines).rstrip() + "\n"


def hostile(runs: List[dict]) -> List[str]:
    if not runs:
        return []
    total = {name: sum(run[name] for run in runs) for name in ("writes", "lost", "doubled", "misreported")}
    faults = len({name for run in runs for name in run["faults"]} - {"pass"})
    lines = [
        f"### Hostile proxy: {total['writes']:,} writes, {total['lost']} lost, {total['doubled']} doubled, "
        f"{total['misreported']} misreported",
        "",
        "`make proof` makes them through `tests/reliability/proxy.py`, which does one of "
        f"{faults} things to two requests in three,",
        "and holds what each host said against the sandbox's ledger. Lost: reported as done, and not done. Misreported:",
        "reported as refused or not sent, and done. Mixed up: reported with the reply to another. Needless: ambiguous, though",
        "nothing arrived; not counted in earlier runs. `make test` makes 300 in each host.",
        "",
        "| host | writes | done | reported as done | ambiguous | needless | as refused or not sent | lost | doubled | misreported | mixed up |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for run in runs:
        done, ambiguous = run["ends"].get("ok", 0), run["ends"].get("AmbiguousWrite", 0)
        counts = [run["writes"], run["created"], done, ambiguous, run.get("needless"), run["writes"] - done - ambiguous]
        counts += [run["lost"], run["doubled"], run["misreported"], run.get("mixed")]
        cells = ("" if count is None else f"{count:,}" for count in counts)
        lines.append(f"| {run['host']} | " + " | ".join(cells) + " |")
    return [*lines, ""]


#: Why nothing is known of a write, by the beginning of what the client says.
REASONS = {
    "it shows in its old state": "The table gives the old state no worth: how long the platform takes is not published.",
    "it does not show, but the path of": "The path of the list is a guess here. Set in `paths`, it is none.",
    "it does not show, but nothing else": "No other order of the account shows that references come back.",
    "it does not show, which proves nothing": "What shows the write is not published, or may show late without end.",
    "it does not show, but a look failed": "The calls that look get faults as well, after all their attempts.",
    "it can no longer be carried out": "Closed since, by another call: it may have been done before that.",
    "it is still under way": "It had begun, and was not settled when the window ended.",
    "what shows it does not tell": "It shows late, or nothing of it can be compared with what was there before.",
    "what shows it answered with values": "A look was answered with something else than the table says.",
    "nobody looked before": "The look before the write failed, and only a comparison shows it.",
    "the look before": "The look before the write failed, and only a comparison shows it.",
}


def certainty(run: dict) -> List[str]:
    ends, writes = run["ends"], run["writes"]
    lines = [
        f"### Faulted writes: {writes:,} in {run['seconds']:,.0f} s, {run['lost']} lost, {run['doubled']} doubled, "
        f"{run['misreported']} misreported",
        "",
        f"`make proof` makes them with the Rust client's `settle_json`, on {len(run['rows'])} of the rows that write, by thousands of users",
        "at once. Their answers are lost in every way that the sandbox knows, they are carried out",
        "up to 0.6 s after that, and show up to 0.9 s late; writes are looked for over 3.6 s. Half of the users have set the",
        "paths of the lists, a third have what was not done sent again. What was told of each is held against the sandbox's ledger.",
        f"{run['journal']['writes']:,} of them were made by processes that were killed {run['journal']['kills']:,} times (SIGKILL) and started",
        "again with their journals.",
        "",
        "| told as | writes | share |",
        "|---|---|---|",
    ]
    lines += [
        f"| {end} | {ends[end]:,} | {ends[end] / writes:.1%} |" for end in sorted(ends, key=lambda end: -ends[end])
    ]
    lines += ["", "Why nothing is known of a write, and how many of these were carried out:", ""]
    lines += ["| the client says | writes | share | carried out | |", "|---|---|---|---|---|"]
    for row in sorted(run["unknown"], key=lambda row: -row["writes"]):
        words = next(
            (words for start, words in REASONS.items() if row["reason"].startswith(start)), "No call shows it."
        )
        share = f"{row['writes'] / writes:.1%}"
        lines.append(f"| {row['reason']} | {row['writes']:,} | {share} | {row['carried_out']:,} | {words} |")
    return [*lines, ""]


def hosts(runs: List[dict]) -> List[str]:
    if not runs:
        return []
    words = ("lost", "doubled", "misreported")
    total = {name: sum(run[name] for run in runs) for name in ("writes", *words)}
    lines = [
        f"### Faulted writes in the hosts: {total['writes']:,}, {total['lost']} lost, {total['doubled']} doubled, "
        f"{total['misreported']} misreported",
        "",
        "The same through the conformance programs, on eight rows: orders, payments and cancellations of Taobao and 1688, a cart",
        "and addresses. `make test` makes 60 in each host.",
        "",
        "| host | writes | carried out | answered | done | not done | unknown | failed | lost | doubled | misreported |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for run in runs:
        known = [run["ends"].get(end, 0) for end in ("answered", "done", "not done", "unknown")]
        counts = [run["writes"], run["carried_out"], *known, run["writes"] - sum(known), *(run[name] for name in words)]
        lines.append(f"| {run['host']} | " + " | ".join(f"{count:,}" for count in counts) + " |")
    return [*lines, ""]


def fuzz(report: dict) -> List[str]:
    rows = report["targets"]
    broken = sum(row["broken"] for row in rows)
    lines = [
        f"### Fuzzers: {sum(row['inputs'] for row in rows):,} inputs, {broken} broke a check",
        "",
        "`python3 tests/fuzz/run.py --seconds 1800 --together 5` runs all for half an hour, `make fuzz SECONDS=60",
        "TARGETS=decode` one for a minute. What the fuzzers found before these runs is fixed, and has a test. The seconds of",
        "the processor are few where the machine did other work at the same time. Those called earlier ran on an",
        "earlier core.",
        "",
        "| target | fuzzer | inputs | seconds | of the processor | edges covered | peak memory | broken |",
        "|---|---|---|---|---|---|---|---|",
    ]
    earlier = [{**row, "target": f"{row['target']}, earlier"} for row in report.get("earlier", [])]
    for row in [*rows, *earlier]:
        cells = [
            row["target"],
            row["fuzzer"],
            f"{row['inputs']:,}",
            str(row["seconds"]),
            str(row.get("cpu_seconds", "")),
        ]
        cells += [f"{row.get('edges', 0):,}", f"{row.get('peak_mb', 0)} MB", str(row["broken"])]
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]


def collection(report: dict) -> List[str]:
    return [
        f"### Other people's JSON: {report['files']} files of {report['collection']}",
        "",
        f"`{report['command']}` reads each file as the body, as the data and as a field of the reply of every endpoint, with",
        f"both readers: {report['bodies']:,} bodies, of which {report['read']:,} are replies and {report['refused']:,} are not. The two agree",
        f"on all. Of the files that are said to be JSON, {len(report['valid_refused'])} were refused as a field's value; of those that are said",
        f"not to be, {len(report['invalid_read'])} were read. The slowest took {report['slowest_ms']} ms, without optimisation.",
        "",
    ]


def miri(report: dict) -> List[str]:
    return [
        f"### Miri: {report['passed']} tests of the core, {report['failed']} with undefined behaviour",
        "",
        f"`{report['command']}`, {report['date']}, {report['miri']}, {report['seconds']} s. Left out because it makes too many steps:",
        f"{', '.join(f'`{name}`' for name in report['left_out'])}.",
        "",
    ]


def audit(report: dict) -> List[str]:
    silent = [check["check"] for check in report["checks"] if check["result"] == "not answered"]
    lines = [
        f"### What it is built from: `{report['command']}`, {report['date']}",
        "",
        "| check | result |",
        "|---|---|",
    ]
    for check in report["checks"]:
        if check["result"] != "not answered":
            detail = f": {check['detail']}" if check["detail"] else ""
            lines.append(f"| {check['check']} | {check['result']}{detail} |")
    if not silent:
        return [*lines, ""]
    named = ", ".join(f"`{name.removeprefix('advisories of ')}`" for name in silent)
    return [
        *lines,
        "",
        f"No advisory service answered for {len(silent)} checks, so nothing is known of advisories there. They are those of",
        f"{named}. `make audit` asks again, and `--strict` makes silence an error.",
        "",
    ]


if __name__ == "__main__":
    sys.exit(main())
