#!/usr/bin/env python3
"""Walks the ways of docs/start.md as a newcomer does, with a watch: from a clone and an empty home to the first answer.

    run.py [--write] [WAY ..]    rust, npm, pip, java, shell; all, unless some are named

The commands and the programs are those of the page; caches of cargo, npm, pip and Maven are empty, and Rust's toolchain, Node, Python
and a JDK are there. A way fails if a command fails, or if the program does not print what the page says. With --write the
page gets the figures. Prints "N passed, N failed".
"""

import argparse
import contextlib
import datetime
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from typing import Dict, Iterator, List, NamedTuple

from page import Page

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROJECTS = pathlib.Path(__file__).resolve().parent / "projects"
PAGE = ROOT / "docs" / "start.md"
# What the registries are reached by on a machine that has them elsewhere.
KEPT = [".npmrc", ".config/pip", ".m2/settings.xml"]


class Way(NamedTuple):
    """How a language's user goes on when the package is there."""

    # The row of the page's table, and the word for its program.
    row: str
    program: str
    # Where the program stands in the project.
    file: str
    begin: List[str]
    run: List[str]


WAYS: Dict[str, Way] = {
    "rust": Way(
        "Rust", "Rust", "src/main.rs", ["cargo", "init", "--quiet", "--name", "first"], ["cargo", "run", "--quiet"]
    ),
    "npm": Way("TypeScript", "TypeScript", "first.mjs", ["npm", "init", "--yes"], ["node", "first.mjs"]),
    "pip": Way("Python", "Python", "first.py", ["python3", "-m", "venv", "."], ["python", "first.py"]),
    "java": Way(
        "Kotlin, Java",
        "Java",
        "src/main/java/guide/FirstCall.java",
        ["true"],
        ["mvn", "--quiet", "--batch-mode", "compile", "exec:java", "-Dexec.mainClass=guide.FirstCall"],
    ),
    "shell": Way("Shell", "Shell", "first.sh", ["true"], ["bash", "-euo", "pipefail", "first.sh"]),
}


class Took(NamedTuple):
    """Seconds: of building and adding the package, and from then to the first answer."""

    package: float
    first: float


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("ways", nargs="*", choices=[*WAYS, []], metavar="WAY")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    page = Page(PAGE.read_text(encoding="utf-8"))
    took: Dict[str, Took] = {}
    failed = 0
    with tempfile.TemporaryDirectory() as folder, newcomer(pathlib.Path(folder)) as at:
        seconds = watched(page.install, at.clone, at.environment)
        print(f"{seconds:6.0f} s  the command line, with the sandbox", flush=True)
        with sandbox(page, at.environment):
            for name in given.ways or WAYS:
                try:
                    took[name] = walked(name, page, at)
                except (subprocess.CalledProcessError, Unexpected) as error:
                    failed += 1
                    print(f"FAILED {name}: {told(error)}", flush=True)
                    continue
                print(f"{took[name].package:6.0f} s  {name}: the package, from the sources", flush=True)
                print(f"{took[name].first:6.1f} s  {name}: the first answer, once it is there", flush=True)
    if given.write and not failed:
        PAGE.write_text(page.with_figures(figures(seconds, took)), encoding="utf-8")
    print(f"{len(took)} passed, {failed} failed")
    return 1 if failed else 0


class Unexpected(Exception):
    """A program printed something else than the page says."""


class At(NamedTuple):
    """Where the newcomer is."""

    folder: pathlib.Path
    clone: pathlib.Path
    environment: Dict[str, str]


@contextlib.contextmanager
def newcomer(folder: pathlib.Path) -> Iterator[At]:
    """A clone of what is committed, beside which projects are begun, and a home in which there is nothing."""
    clone, home = folder / "xportcn", folder / "home"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    for name in KEPT:
        source, kept = pathlib.Path.home() / name, home / name
        if source.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if source.is_dir() else shutil.copyfile)(source, kept)
    home.mkdir(exist_ok=True)
    rustup = os.environ.get("RUSTUP_HOME", str(pathlib.Path.home() / ".rustup"))
    path = os.pathsep.join([str(home / ".cargo" / "bin"), os.environ["PATH"]])
    # Maven asks the system for the home, not the environment.
    options = f"-Duser.home={home} -Dmaven.repo.local={home / '.m2' / 'repository'}"
    environment = {"HOME": str(home), "RUSTUP_HOME": rustup, "CARGO_HOME": str(home / ".cargo"), "PATH": path}
    yield At(folder, clone, {**environment, "MAVEN_OPTS": options, "LANG": "C.UTF-8"})


def walked(name: str, page: Page, at: At) -> Took:
    """The way of a language."""
    way = WAYS[name]
    project = at.folder / name
    shutil.copytree(PROJECTS / name, project) if (PROJECTS / name).exists() else project.mkdir()
    environment = {**at.environment, **page.account, "PATH": f"{project / 'bin'}{os.pathsep}{at.environment['PATH']}"}
    watched([" ".join(way.begin)], project, environment)
    package = watched(page.commands(way.row, at.clone), project, environment)
    program = project / way.file
    program.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(at.clone / "docs" / page.program(way.program), program)
    start = time.monotonic()
    ended = subprocess.run(way.run, cwd=project, env=environment, check=True, capture_output=True, text=True)
    first = time.monotonic() - start
    if page.title not in ended.stdout:
        raise Unexpected(f"it printed {ended.stdout!r}, and not {page.title}")
    return Took(package, first)


def watched(commands: List[str], folder: pathlib.Path, environment: Dict[str, str]) -> float:
    start = time.monotonic()
    for command in commands:
        subprocess.run(
            ["bash", "-euc", command], cwd=folder, env=environment, check=True, capture_output=True, text=True
        )
    return time.monotonic() - start


@contextlib.contextmanager
def sandbox(page: Page, environment: Dict[str, str]) -> Iterator[None]:
    """The sandbox as the page starts it, on a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page.listens_on(port)
    running = subprocess.Popen(page.sandbox.split(), env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield
    finally:
        running.terminate()
        running.wait()


def figures(installed: float, took: Dict[str, Took]) -> str:
    today = datetime.date.today().isoformat()
    rows = "".join(
        f"| {WAYS[name].program} | {way.package:.0f} s | {way.first:.1f} s |\n" for name, way in took.items()
    )
    return (
        f"## How long it takes\n\nOn {os.cpu_count()} cores, with empty caches, the program of step 1 took {installed:.0f} s on {today} "
        f"(`tests/newcomer/run.py --write`), and then:\n\n| | the package, from the sources | from there to the first answer |\n|---|---|---|\n{rows}"
    )


def told(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return f"{error.cmd}: {re.sub(chr(10), ' / ', (error.stdout + error.stderr).strip())[-1500:]}"
    return str(error)


if __name__ == "__main__":
    sys.exit(main())
