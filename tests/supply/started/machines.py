"""How what is built for a machine is started on this one: as it is, by qemu, by Wine, or by musl's loader."""

import functools
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
from typing import Dict, List, NamedTuple, Optional

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent
WORK = ROOT / "target" / "supply" / "started"
sys.path.append(str(ROOT / "packages" / "cross"))

from targets import Target  # noqa: E402

SYSTEMS = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}
PROCESSORS = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64", "arm64": "arm64", "ARM64": "arm64"}
HOST = (SYSTEMS.get(platform.system()), PROCESSORS.get(platform.machine()))
HOST_LIBC = None if HOST[0] != "linux" else "gnu" if platform.libc_ver()[0] == "glibc" else "musl"
# Names of loaders have the processor as Linux does.
LINUX = {"x64": "x86_64", "arm64": "aarch64"}


class Way(NamedTuple):
    """What stands before the command of a program."""

    # For people: by qemu, under Wine. Nothing where the program is started as it is.
    title: str
    prefix: List[str]
    environment: Dict[str, str]

    def run(self, command: List[str], folder: Optional[str] = None) -> str:
        """What a program prints; it must succeed. What it leaves behind is in no folder of the repository."""
        ended = subprocess.run(
            [*self.prefix, *command],
            env={**os.environ, **self.environment},
            cwd=folder or tempfile.gettempdir(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
        )
        text = ended.stdout.decode("utf-8", "replace").replace("\r\n", "\n").strip()
        if ended.returncode:
            raise AssertionError(f"{' '.join(command)} ended with {ended.returncode}: {text[-600:]}")
        return text


class NotHere(Exception):
    """Why something cannot be started on this machine."""


def is_here(target: Target) -> bool:
    """Whether it is for machines as this one."""
    return (target.system, target.processor) == HOST and target.libc == HOST_LIBC


def way(target: Target, is_static: bool = False) -> Way:
    """The way of a program; a static one for Linux needs no libc of the machine."""
    if is_here(target) or (is_static and (target.system, target.processor) == HOST):
        return Way("", [], {})
    if (target.system, target.processor) == HOST and target.libc == "musl":
        return Way("by musl's loader", [str(musl_loader())], {})
    if HOST != ("linux", "x64") or target.starts is None:
        raise NotHere(f"nothing here starts what is for {target.title}")
    if target.starts == "qemu":
        return Way("by qemu", [qemu(), "-L", str(foreign_root())], {})
    return Way("under Wine", [wine()], {"WINEPREFIX": str(wine_prefix()), "WINEDEBUG": "-all"})


def may_install(what: str) -> None:
    if os.environ.get("XPORTCN_INSTALL") == "0":
        raise NotHere(f"XPORTCN_INSTALL=0 keeps {what} from being installed")


def installed(program: str, package: str, places: str = "") -> str:
    path = os.pathsep.join([os.environ["PATH"], places])
    if not shutil.which(program, path=path):
        may_install(package)
        subprocess.run([ROOT / "packages/system-packages", "starting what is for other machines", package], check=True)
    found = shutil.which(program, path=path)
    if found is None:
        raise NotHere(f"there is no {program}")
    return found


def qemu() -> str:
    return installed("qemu-aarch64-static", "qemu-user-static")


def wine() -> str:
    # Debian's own name for it starts Wine for 32 bits first.
    return installed("wine64", "wine64", "/usr/lib/wine")


def musl_loader() -> pathlib.Path:
    loader = pathlib.Path(f"/lib/ld-musl-{LINUX[HOST[1] or '']}.so.1")
    if not loader.exists():
        may_install("musl")
        subprocess.run([ROOT / "packages/system-packages", "starting what is for musl", "musl"], check=True)
    return loader


@functools.lru_cache(maxsize=None)
def foreign_root() -> pathlib.Path:
    """A folder with Debian's glibc, musl and Python for arm64."""
    folder = WORK / "arm64"
    if not folder.exists():
        may_install("what is for arm64")
        subprocess.run([HERE / "foreign-root", folder, "python3", "musl", "libgcc-s1"], check=True)
    return folder


@functools.lru_cache(maxsize=None)
def wine_prefix() -> pathlib.Path:
    """A Windows of its own, which has what Debian's Wine lacks."""
    prefix = WORK / "wine"
    system = prefix / "drive_c" / "windows" / "system32"
    if not (system / "bcryptprimitives.dll").exists():
        environment = {**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "DISPLAY": ""}
        prefix.mkdir(parents=True, exist_ok=True)
        subprocess.run([wine(), "cmd", "/c", "ver"], env=environment, check=True, stdout=subprocess.DEVNULL)
        zig(
            "x86_64-windows-gnu",
            "-shared",
            "-o",
            str(system / "bcryptprimitives.dll"),
            str(HERE / "prng.c"),
            "-ladvapi32",
        )
    return prefix


def zig(target: str, *arguments: str) -> None:
    """Compiles C for another machine, by the zig that links the packages."""
    script = f'. {ROOT}/packages/cross/environment && unset CARGO_TARGET_DIR && python-zig cc -target "$@"'
    subprocess.run(["bash", "-c", script, "zig", target, *arguments], check=True)


def musl_program(target: Target, source: pathlib.Path) -> pathlib.Path:
    """A program in C that shares musl with what it loads."""
    made = WORK / f"{source.stem}-{target.processor}"
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        made.parent.mkdir(parents=True, exist_ok=True)
        zig(f"{LINUX[target.processor]}-linux-musl", "-O1", "-dynamic", "-o", str(made), str(source))
    return made
