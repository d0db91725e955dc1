"""What is packed: the programs of a version, and what goes along with them."""

import pathlib
import sys
import zipfile
from typing import Dict, List, NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "packages" / "cross"))

from targets import Target, having  # noqa: E402

HOME = "https://github.com/xportcn/xportcn"
TITLE = "Calls the Xportcn OpenAPI from the command line, or tries it on a local sandbox"
LICENSE = ROOT / "LICENSE"
README = ROOT / "packages" / "cli" / "README.md"


class Program(NamedTuple):
    target: Target
    content: bytes


class Release(NamedTuple):
    version: str
    programs: List[Program]
    # What completes command lines, by the shell's name.
    completions: Dict[str, bytes]

    @classmethod
    def of(cls, version: str, folder: pathlib.Path) -> "Release":
        """From a folder with wheels of xportcn-sandbox, and with completions.SHELL."""
        found = [(target, list(folder.glob(f"*{target.wheel}*.whl"))) for target in having("program")]
        shells = {file.suffix[1:]: file.read_bytes() for file in sorted(folder.glob("completions.*"))}
        return cls(
            version, [Program(target, program_in(wheel, target)) for target, [wheel] in filter(all, found)], shells
        )

    def for_every_linux(self) -> List[Program]:
        """Of the programs, those for Linux that run on each of its kinds, and all for other systems."""
        return [program for program in self.programs if program.target.libc != "gnu"]

    @property
    def download(self) -> str:
        """Where the release's files are to be had."""
        return f"{HOME}/releases/download/v{self.version}"


def program_in(wheel: pathlib.Path, target: Target) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(f"/scripts/{target.program}")]
        return archive.read(name)
