"""What the packages weigh that stand in target/packages, in bytes."""

import gzip
import io
import pathlib
import subprocess
import tarfile
import zipfile
from typing import Dict, Iterator, List, Optional

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PACKAGES = ROOT / "target" / "packages"
# JavaScript and wasm of the whole API, as a browser loads them.
NPM_GZIP = 100_000
NPM_BROTLI = 85_000
# What uniffi's hosts load, stripped.
NATIVE = 1_500_000
LIBRARIES = (".so", ".dylib", ".dll")


def rows() -> List[dict]:
    return [*npm(), *pip(), *kotlin(), *swift()]


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
                yield row(f"{leaf(name)}, gzipped", len(gzip.compress(content, 9)), NPM_GZIP)
                brotli = brotli_size(content)
                if brotli:
                    yield row(f"{leaf(name)}, brotli", brotli, NPM_BROTLI)


def pip() -> Iterator[dict]:
    for package in newest("pip/*.whl"):
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


def libraries(place: str, files: Dict[str, bytes], budget: Optional[int]) -> Iterator[dict]:
    for name, content in files.items():
        if name.endswith(LIBRARIES):
            yield row(f"{leaf(name)} {place}", len(content), budget)


def newest(pattern: str) -> List[pathlib.Path]:
    """The last file that was made of this pattern, without sources and documentation."""
    found = [path for path in PACKAGES.glob(pattern) if not path.stem.endswith(("-sources", "-javadoc", "-tests"))]
    return sorted(found, key=lambda path: path.stat().st_mtime)[-1:]


def unpacked(package: pathlib.Path) -> Dict[str, bytes]:
    content = package.read_bytes()
    if package.suffix == ".tgz":
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            members = [(member, archive.extractfile(member)) for member in archive.getmembers() if member.isfile()]
            return {member.name: file.read() for member, file in members if file}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def brotli_size(content: bytes) -> Optional[int]:
    """By node, for Python's own library has no brotli."""
    program = (
        "const all=[];process.stdin.on('data',piece=>all.push(piece)).on('end',()=>"
        "console.log(require('zlib').brotliCompressSync(Buffer.concat(all)).length))"
    )
    try:
        ended = subprocess.run(["node", "-e", program], input=content, capture_output=True)
    except OSError:
        return None
    return int(ended.stdout) if ended.returncode == 0 else None


def leaf(name: str) -> str:
    return name.rsplit("/", 1)[-1]
