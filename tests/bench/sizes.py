"""What the packages weigh that stand in target/packages, and the command line, in bytes."""

import gzip
import io
import pathlib
import re
import subprocess
import tarfile
import tempfile
import zipfile
from typing import Dict, Iterator, List, Optional

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PACKAGES = ROOT / "target" / "packages"
# What uniffi's hosts load, stripped.
NATIVE = 1_500_000
LIBRARIES = (".so", ".dylib", ".dll")


def rows() -> List[dict]:
    return [*npm(), *pip(), *kotlin(), *swift(), *command_line()]


def row(case: str, size: int, budget: Optional[int] = None) -> dict:
    facts = {"host": "size", "case": case, "ours": size, "peer": "", "peer_value": None, "ratio": None, "budget": None}
    if budget:
        facts.update(peer="a budget in bytes", peer_value=budget, ratio=round(size / budget, 3), budget=1.0)
    return {**facts, "better": "lower", "unit": "bytes", "ok": not budget or size <= budget}


def npm() -> Iterator[dict]:
    for package in newest("npm/*.tgz"):
        yield row("npm package", package.stat().st_size)
        for name, content in unpacked(package).items():
            if name.endswith(".wasm"):
                yield row(f"{leaf(name)}, gzipped", len(gzip.compress(content, 9)))
        yield from in_browser(package)


def in_browser(package: pathlib.Path) -> Iterator[dict]:
    """The module and the JavaScript that a page loads, as the npm package's own scales weigh them."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in unpacked(package).items():
            path = pathlib.Path(folder, *[part for part in name.split("/") if part not in ("", "..")])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        command = ["node", str(ROOT / "packages/npm/tests/size.mjs"), f"{folder}/package"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for how, pattern in (
        ("gzipped", r"(\d+) gzipped \(at most (\d+)\)"),
        ("brotli", r"(\d+) with brotli \(at most (\d+)\)"),
    ):
        found = re.search(pattern, said)
        if found:
            yield row(f"JavaScript and wasm in a browser, {how}", int(found.group(1)), int(found.group(2)))


def pip() -> Iterator[dict]:
    # The one that the benchmark of Python makes, where there are no packages.
    for package in newest("pip/xportcn-[0-9]*.whl", "../pip/bench-dist/*.whl"):
        yield row("wheel for Python", package.stat().st_size)
        yield from libraries("in the wheel", unpacked(package), None)


def kotlin() -> Iterator[dict]:
    for package in newest("kotlin/**/*.jar"):
        yield row("jar for Kotlin", package.stat().st_size)
        yield from libraries("in the jar", unpacked(package), NATIVE)


def swift() -> Iterator[dict]:
    folder = PACKAGES / "swift"
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.suffix in (*LIBRARIES, ".a") and path.is_file():
            budget = NATIVE if path.suffix in LIBRARIES else None
            yield row(f"{path.name} for Swift", path.stat().st_size, budget)


def command_line() -> Iterator[dict]:
    program = ROOT / "target" / "release" / "xportcn"
    if program.exists():
        yield row("the command line with the sandbox", program.stat().st_size)


def libraries(place: str, files: Dict[str, bytes], budget: Optional[int]) -> Iterator[dict]:
    for name, content in files.items():
        if name.endswith(LIBRARIES):
            yield row(f"{leaf(name)} {place}", len(content), budget)


def newest(*patterns: str) -> List[pathlib.Path]:
    """The last file that was made of these patterns, without sources and documentation."""
    files = [path for pattern in patterns for path in PACKAGES.glob(pattern)]
    found = [path for path in files if not path.stem.endswith(("-sources", "-javadoc", "-tests"))]
    return sorted(found, key=lambda path: path.stat().st_mtime)[-1:]


def unpacked(package: pathlib.Path) -> Dict[str, bytes]:
    content = package.read_bytes()
    if package.suffix == ".tgz":
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            members = [(member, archive.extractfile(member)) for member in archive.getmembers() if member.isfile()]
            return {member.name: file.read() for member, file in members if file}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def leaf(name: str) -> str:
    return name.rsplit("/", 1)[-1]
