#!/usr/bin/env python3
"""How the program is packed: that all names what is there, and that the same programs give the same files.

    program.py [FOLDER]    target/packages/program, as make packages has left it, and there also Homebrew's formula by ruby; without
                           a folder, packages that are made of small files in the programs' places

Prints "N passed, N failed".
"""

import gzip
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from typing import Callable, Dict, Iterator, List

import version

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.append(str(ROOT / "packages" / "cross"))

from targets import TARGETS  # noqa: E402

# What Scoop's own schema asks for.
SCOOP = ("version", "description", "homepage", "license", "architecture", "bin")
# Of Homebrew's machines, the archive that each installs.
BREW = {
    "macos-arm": "macos-arm64",
    "macos-intel": "macos-x64",
    "linux-arm": "linux-arm64-musl",
    "linux-intel": "linux-x64-musl",
}
DOWNLOADS = f"https://github.com/xportcn/xportcn/releases/download/v{version.of_workspace()}/"


def main() -> int:
    with tempfile.TemporaryDirectory() as temporary:
        given = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else None
        out = given or packed(pathlib.Path(temporary))
        checks: Dict[str, Callable[[], Iterator[str]]] = {
            "there is an archive for each machine, with the program": lambda: archives(out),
            "the checksums are those of the archives and of Debian's packages": lambda: sums(out),
            "Scoop's manifest names the archives": lambda: scoop(out),
            "Homebrew's formula names the archives": lambda: formula(out),
            "Homebrew's formula is Ruby, and installs the right one on each machine": lambda: brew(
                out, given is not None
            ),
            "npm's package names those with programs": lambda: npm(out),
            "Debian's packages say what they are": lambda: debian(out),
            "the program's packages name no time": lambda: times(out),
        }
        if given is not None or shutil.which("ruby"):
            checks["Homebrew's formula is Ruby, and installs the right one on each machine"] = lambda: brew(out)
        if given is None:
            checks["the same programs give the same files"] = lambda: twice(out, pathlib.Path(temporary, "again"))
        failed = 0
        for name, check in checks.items():
            faults = list(check())
            failed += bool(faults)
            print("\n".join([f"{'FAILED' if faults else 'ok':6} {name}", *(f"       {fault}" for fault in faults)]))
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


def packed(folder: pathlib.Path) -> pathlib.Path:
    """What packages/program/pack.py makes of small wheels."""
    programs, out = folder / "programs", folder / "out"
    programs.mkdir(parents=True)
    out.mkdir()
    for target in TARGETS:
        with zipfile.ZipFile(programs / f"xportcn_sandbox-0-py3-none-{target.wheel}.whl", "w") as wheel:
            wheel.writestr(f"xportcn_sandbox-0.data/scripts/{target.program}", f"a program for {target.triple}")
    for shell in ("bash", "zsh", "fish", "powershell"):
        (programs / f"completions.{shell}").write_text(f"for {shell}")
    pack = [sys.executable, ROOT / "packages/program/pack.py", version.of_workspace(), programs, out]
    subprocess.run(pack, check=True)
    return out


def archive(out: pathlib.Path, name: str) -> pathlib.Path:
    suffix = "zip" if name.startswith("windows") else "tar.gz"
    return out / f"xportcn-{version.of_workspace()}-{name}.{suffix}"


def names_in(file: pathlib.Path) -> List[str]:
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as packed:
            return packed.namelist()
    with tarfile.open(file) as packed:
        return packed.getnames()


def digest(file: pathlib.Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def archives(out: pathlib.Path) -> Iterator[str]:
    for target in TARGETS:
        file = archive(out, target.name)
        if not file.exists():
            yield f"there is no {file.name}"
            continue
        names = names_in(file)
        top = file.name.removesuffix(".zip").removesuffix(".tar.gz")
        for name in (target.program, "LICENSE", "README.md"):
            if f"{top}/{name}" not in names:
                yield f"{file.name} has no {name}"


def sums(out: pathlib.Path) -> Iterator[str]:
    listed = dict(reversed(line.split()) for line in (out / "SHA256SUMS").read_text().splitlines())
    there = {file.name for pattern in ("*.tar.gz", "*.zip", "*.deb") for file in out.glob(pattern)}
    if set(listed) != there:
        yield f"it lists {sorted(listed)}"
    yield from (f"{name} has another" for name in there & set(listed) if digest(out / name) != listed[name])


def scoop(out: pathlib.Path) -> Iterator[str]:
    manifest = json.loads((out / "xportcn.json").read_text())
    yield from (f"it has no {field}" for field in SCOOP if not manifest.get(field))
    for bits, name in (("64bit", "windows-x64"), ("arm64", "windows-arm64")):
        file, entry = archive(out, name), manifest["architecture"][bits]
        if entry["url"] != DOWNLOADS + file.name or entry["hash"] != digest(file):
            yield f"{bits} is not {file.name}"
        if f"{entry['extract_dir']}/{manifest['bin']}" not in names_in(file):
            yield f"{bits} finds no program"
        update = manifest["autoupdate"]["architecture"][bits]
        if update["url"].replace("$version", manifest["version"]) != entry["url"]:
            yield f"{bits} is updated from elsewhere"


def formula(out: pathlib.Path) -> Iterator[str]:
    text = (out / "xportcn.rb").read_text()
    found = re.findall(r'url "([^"]+)"\n\s*sha256 "([0-9a-f]{64})"', text)
    wanted = {(DOWNLOADS + archive(out, name).name, digest(archive(out, name))) for name in BREW.values()}
    if set(found) != wanted or len(found) != len(wanted):
        yield f"it names {[url for url, _ in found]}"


def brew(out: pathlib.Path) -> Iterator[str]:
    if not shutil.which("ruby"):
        subprocess.run([ROOT / "packages/system-packages", "reading Homebrew's formula", "ruby"], check=True)
    file = out / "xportcn.rb"
    checked = subprocess.run(["ruby", "-wc", file], capture_output=True, text=True)
    if checked.returncode or checked.stderr:
        yield checked.stderr
        return
    read = subprocess.run(["ruby", HERE / "formula.rb", file], capture_output=True, text=True)
    if read.returncode:
        yield read.stderr
        return
    for machine, facts in json.loads(read.stdout).items():
        wanted = archive(out, BREW[machine])
        if (facts.get("url"), facts.get("sha256")) != (DOWNLOADS + wanted.name, digest(wanted)):
            yield f"{machine} gets {facts.get('url')}"
        yield from (f"it has no {name}" for name in ("desc", "homepage", "license", "version") if not facts.get(name))


def npm(out: pathlib.Path) -> Iterator[str]:
    launcher = packed_manifest(out / f"xportcn-cli-{version.of_workspace()}.tgz")
    named = {f"{name}-{number}.tgz" for name, number in launcher["optionalDependencies"].items()}
    there = {file.name for file in out.glob("xportcn-cli-[a-z]*.tgz")}
    if named != there or len(there) != 6:
        yield f"it names {sorted(named)}"
    for name in sorted(there):
        manifest = packed_manifest(out / name)
        if f"{manifest['name']}-{manifest['version']}.tgz" != name:
            yield f"{name} is {manifest['name']} {manifest['version']}"
        if not manifest["name"].endswith(f"-{manifest['os'][0]}-{manifest['cpu'][0]}"):
            yield f"{name} is for {manifest['os']} {manifest['cpu']}"


def packed_manifest(file: pathlib.Path) -> dict:
    with tarfile.open(file) as tarball:
        return json.load(tarball.extractfile("package/package.json"))


def debian(out: pathlib.Path) -> Iterator[str]:
    for architecture in ("amd64", "arm64"):
        file = out / f"xportcn_{version.of_workspace()}_{architecture}.deb"
        fields = subprocess.run(["dpkg-deb", "--field", file], capture_output=True, text=True)
        for line in ("Package: xportcn", f"Version: {version.of_workspace()}", f"Architecture: {architecture}"):
            if line not in fields.stdout.split("\n"):
                yield f"{file.name} has no line {line!r}"


def times(out: pathlib.Path) -> Iterator[str]:
    for file in [*out.glob("*.tar.gz"), *out.glob("*.tgz")]:
        with gzip.open(file) as content:
            content.read(1)
            if content.mtime:
                yield f"{file.name} has the time of its making"


def twice(out: pathlib.Path, folder: pathlib.Path) -> List[str]:
    again = packed(folder)
    names = sorted(file.name for file in out.iterdir())
    return [name for name in names if (out / name).read_bytes() != (again / name).read_bytes()]


if __name__ == "__main__":
    sys.exit(main())
