#!/usr/bin/env python3
"""The table of what is built for which machine: what it is, whether its headers fit that machine, and whether it ran here.

    artefacts.py [--look | --whole] [--write] [TARGET ..]

It is told of what make packages has left in target/packages, for all targets of packages/cross/targets.json or some of them.
--look starts nothing; --whole takes what does not start for a fault; --write writes the table into docs/artefacts.md. Prints a line for each cell, the table, and "N passed, N
failed". What cannot be started here is said to be built, and the release workflow starts it on its own system by this program.
"""

import pathlib
import subprocess
import sys
from typing import Callable, List, NamedTuple, Optional

from tools import python_tools

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGES = ROOT / "target" / "packages"
DOCUMENT = ROOT / "docs" / "artefacts.md"
sys.path += [str(ROOT / "packages" / "cross"), str(HERE / "started")]

from targets import TARGETS, Target  # noqa: E402

# How programs and libraries begin: ELF, PE, Mach-O.
BINARY = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe")


class Artefact(NamedTuple):
    # For people.
    title: str
    # What targets.json calls it.
    kind: str
    # The file for a target, as a pattern below target/packages; nothing where there is none for it.
    pattern: Callable[[Target], Optional[str]]
    # The function of starts.py that starts it.
    start: str


def wheel_of(project: str, tags: str) -> Callable[[Target], str]:
    return lambda target: f"pip/{project}-*-{tags}-*{target.wheel}*.whl"


DEBIAN = {"x64": "amd64", "arm64": "arm64"}
NODE = {"linux": "linux", "macos": "darwin", "windows": "win32"}
ARTEFACTS = [
    Artefact("wheel of xportcn, abi3", "wheels", wheel_of("xportcn", "cp39-abi3"), "wheel"),
    Artefact("wheel of xportcn, free-threaded 3.14", "wheels", wheel_of("xportcn", "cp314-cp314t"), "free_threaded"),
    Artefact("wheel of xportcn-sandbox", "wheels", wheel_of("xportcn_sandbox", "py3-none"), "sandbox_wheel"),
    Artefact("library in the jar", "natives", lambda target: "kotlin/xportcn-*[0-9].jar", "jar"),
    Artefact("command line, archive", "program", lambda target: f"program/xportcn-*[0-9]-{target.name}.*", "archive"),
    Artefact(
        "command line, Debian's package",
        "program",
        lambda target: f"program/xportcn_*_{DEBIAN[target.processor]}.deb" if target.libc == "gnu" else None,
        "debian",
    ),
    Artefact(
        "command line, npm",
        "program",
        lambda target: (
            f"program/xportcn-cli-{NODE[target.system]}-{target.processor}-*.tgz" if target.libc != "gnu" else None
        ),
        "npm",
    ),
    Artefact("static library for Swift", "swift", lambda target: f"swift/lib/{target.triple}/*.a", "static"),
]


class Cell(NamedTuple):
    artefact: Artefact
    target: Target
    # built, run; built; absent, where it was not built; or nothing where there is no such artefact.
    state: str
    # How it was started, or why not.
    detail: str = ""
    faults: List[str] = []


def main() -> int:
    # LIEF, and what starts wheels of programs, are in an environment of their own.
    python = python_tools("artefacts", HERE / "artefacts-requirements.txt")
    if not sys.executable.startswith(str(python.parent)):
        return subprocess.call([python, __file__, *sys.argv[1:]])
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    targets = [target for target in TARGETS if not words or {target.triple, target.name} & set(words)]
    if not targets:
        sys.exit(f"targets.json has none of {', '.join(words)}")
    cells = []
    for artefact in ARTEFACTS:
        for target in targets:
            cell = cell_of(artefact, target, "--look" not in sys.argv)
            cells.append(cell)
            if cell.state or cell.faults:
                told(cell)
    print("\n" + table(cells, targets))
    if "--write" in sys.argv:
        write(table(cells, targets))
    made = [cell for cell in cells if cell.state or cell.faults]
    failed = sum(bool(cell.faults) for cell in made)
    print(f"{len(made) - failed} passed, {failed} failed")
    return 1 if failed or not made else 0


def told(cell: Cell) -> None:
    verdict = "FAILED" if cell.faults else "ok"
    print(f"{verdict:6} {cell.artefact.title:36} {cell.target.title:17} {cell.state}: {cell.detail}", flush=True)
    for fault in cell.faults:
        print(f"       {fault}", flush=True)


def cell_of(artefact: Artefact, target: Target, is_started: bool) -> Cell:
    import binaries
    import starts

    pattern = artefact.pattern(target) if artefact.kind in target.artefacts else None
    if pattern is None:
        return Cell(artefact, target, "")
    found = list(PACKAGES.glob(pattern))
    faults = look(found[0], target, binaries.faults) if len(found) == 1 else None
    if faults is None:
        reason = f"target/packages has {len(found)} of {pattern}" + ", without a library for it" * len(found)
        return Cell(artefact, target, "absent", "", [reason])
    if faults or not is_started:
        return Cell(artefact, target, "built", "its headers fit", faults)
    try:
        return Cell(artefact, target, "built, run", getattr(starts, artefact.start)(found[0], target))
    except starts.NotHere as reason:
        return Cell(artefact, target, "built", str(reason), [str(reason)] if "--whole" in sys.argv else [])
    except (AssertionError, ValueError, subprocess.SubprocessError, OSError) as error:
        return Cell(artefact, target, "built", "it does not run", [str(error)])


def look(
    file: pathlib.Path, target: Target, faults: Callable[[pathlib.Path, Target], List[str]]
) -> Optional[List[str]]:
    """What is wrong with the headers of a file's programs and libraries for this target, of which a jar has those of all; nothing
    where there are none."""
    import starts

    if file.suffix == ".a":
        return faults(file, target)
    with starts.unpacked(file) as folder:
        inside = [
            path for path in sorted(folder.rglob("*")) if path.is_file() and path.read_bytes()[:4].startswith(BINARY)
        ]
        if file.suffix == ".jar":
            inside = [path for path in inside if path.parent.name == target.jar]
        wrong = [f"{path.name}: {fault}" for path in inside for fault in faults(path, target)]
        if "-abi3-" in file.name:
            wrong += beyond_abi3(file)
        return wrong if inside else None


def beyond_abi3(wheel: pathlib.Path) -> List[str]:
    """What a wheel asks of Python that its tag does not promise."""
    audit = [sys.executable, "-m", "abi3audit", "--strict", str(wheel)]
    ended = subprocess.run(audit, capture_output=True, text=True)
    return [ended.stdout + ended.stderr] if ended.returncode else []


def table(cells: List[Cell], targets: List[Target]) -> str:
    rows = [["", *(target.title for target in targets)], ["---"] * (len(targets) + 1)]
    for artefact in ARTEFACTS:
        row = [cell for cell in cells if cell.artefact is artefact]
        rows.append([artefact.title, *(shown(cell) or "-" for cell in row)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def shown(cell: Cell) -> str:
    if cell.faults and cell.state != "absent":
        return "FAILED"
    return f"run: {cell.detail}" if cell.state == "built, run" else cell.state


def write(rows: str) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split("<!-- table -->\n", 1)
    after = rest.split("<!-- end of table -->", 1)[1]
    DOCUMENT.write_text(f"{before}<!-- table -->\n{rows}\n<!-- end of table -->{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
