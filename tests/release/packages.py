"""Packages as their registries want them, and the same whoever builds them, wherever."""

import pathlib
import re
import shutil
import subprocess
import sys
from typing import Dict, Iterator, List, Tuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "tests" / "supply"))

from packed import unpacked  # noqa: E402
from tools import python_tools  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
# What Maven Central asks of a pom.
POM = ("name", "description", "url", "licenses", "developers", "scm")


def rust(clone: pathlib.Path, version: str) -> List[str]:
    # With its check that each crate builds from its package, and only from what is committed.
    left_out = sorted(
        re.findall(r"--exclude (\S+)", re.search(r"^\t@cargo package .*$", makefile(clone), re.MULTILINE)[0])
    )
    excluded = [word for name in left_out for word in ("--exclude", name)]
    return told(["cargo", "package", "--quiet", "--locked", "--workspace", *excluded], clone)


def npm(clone: pathlib.Path, version: str) -> List[str]:
    faults = twice(clone, ["packages/npm/package"], "npm")
    faults += told(["packages/npm/tests/consumer"], clone)
    if faults:
        return faults
    work = clone / "target" / "npm" / "consumer"
    tarball = clone / "target" / "packages" / "npm" / f"xportcn-{version}.tgz"
    modules = [path.name for path in (work / "node_modules" / "xportcn" / "dist").glob("*.wasm")]
    tools = work / "node_modules" / ".bin"
    return [
        *told([str(tools / "publint"), "run", "node_modules/xportcn", "--strict"], work),
        *told([str(tools / "attw"), str(tarball), "--exclude-entrypoints", *modules, "--no-color"], work),
    ]


def pip(clone: pathlib.Path, version: str) -> List[str]:
    faults = twice(clone, ["packages/pip/package"], "pip")
    python = python_tools("twine", HERE / "requirements.txt")
    built = sorted(str(path) for path in (clone / "target" / "packages" / "pip").glob("xportcn*[lz]"))
    return faults + told([str(python), "-m", "twine", "check", "--strict", *built], clone)


def kotlin(clone: pathlib.Path, version: str) -> List[str]:
    faults = twice(clone, ["packages/kotlin/package"], "kotlin")
    pom = (clone / "packages" / "kotlin" / "pom.xml").read_text(encoding="utf-8")
    lacks = [f"the pom lacks <{name}>, which Maven Central asks for" for name in POM if f"<{name}>" not in pom]
    made = clone / "target" / "packages" / "kotlin"
    parts = ("", "-sources", "-javadoc")
    absent = [f"xportcn-{version}{part}.jar" for part in parts if not (made / f"xportcn-{version}{part}.jar").exists()]
    return faults + lacks + [f"there is no {name}" for name in absent]


def swift(clone: pathlib.Path, version: str) -> List[str]:
    return twice(clone, ["packages/swift/package", "--machines"], "swift")


def program(clone: pathlib.Path, version: str) -> List[str]:
    faults = twice(clone, ["packages/program/package"], "program")
    return faults or told([sys.executable, "tests/supply/program.py", "target/packages/program"], clone)


def twice(clone: pathlib.Path, command: List[str], host: str) -> List[str]:
    """Builds in the clone, and in another one whose folder has another name, and names what differs."""
    other = clone.parent / "another-folder"
    if not (other / ".git").exists():
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(clone), str(other)], check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=clone, check=True, capture_output=True, text=True).stdout
    subprocess.run(["git", "fetch", "--quiet", str(clone), head.strip()], cwd=other, check=True)
    subprocess.run(["git", "checkout", "--quiet", "--force", "--detach", head.strip()], cwd=other, check=True)
    made = []
    for folder in (clone, other):
        # Nothing of what we build ourselves is left from before: it could be of the other version.
        shutil.rmtree(folder / "target" / "packages" / host, ignore_errors=True)
        faults = told(command, folder)
        if faults:
            return faults
        made.append(dict(files(folder / "target" / "packages" / host)))
    return differing(*made)


def files(folder: pathlib.Path) -> Iterator[Tuple[str, bytes]]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield str(path.relative_to(folder)), path.read_bytes()


def differing(one: Dict[str, bytes], other: Dict[str, bytes]) -> List[str]:
    """The files that differ; of packages, those within."""
    if not one:
        return ["nothing was built"]
    faults = [f"only one of the two has {name}" for name in sorted(set(one) ^ set(other))]
    for name in sorted(set(one) & set(other)):
        if one[name] == other[name]:
            continue
        within = [dict(unpacked(made[name])) for made in (one, other)]
        parts = differing(*within) if within[0] and within[1] else []
        faults.append(f"{name} is not the same twice" + (f": {'; '.join(parts)}" if parts else ", and its parts are"))
    return faults


def told(command: List[str], folder: pathlib.Path) -> List[str]:
    """Nothing, or the end of what a command that failed has said."""
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if ended.returncode == 0:
        return []
    said = (ended.stdout + ended.stderr).strip()[-1500:]
    return [f"{' '.join(command)} ended with {ended.returncode}:", *said.splitlines()]


def makefile(clone: pathlib.Path) -> str:
    return (clone / "Makefile").read_text(encoding="utf-8")
