"""Archives of the program: tar for Linux and macOS, zip for Windows."""

import gzip
import io
import pathlib
import tarfile
import zipfile
from typing import Dict, List

from release import LICENSE, README, Program, Release

# As shells name what they load.
COMPLETIONS = {
    "bash": "xportcn.bash",
    "fish": "xportcn.fish",
    "powershell": "xportcn.ps1",
    "zsh": "_xportcn",
}
# zip has no earlier time.
OLDEST = (1980, 1, 1, 0, 0, 0)


def write(release: Release, out: pathlib.Path) -> List[pathlib.Path]:
    return [_archive(release, program, out) for program in release.programs]


def name_of(release: Release, program: Program) -> str:
    suffix = "zip" if program.target.system == "windows" else "tar.gz"
    return f"xportcn-{release.version}-{program.target.name}.{suffix}"


def tarball(files: Dict[str, bytes], programs: List[str]) -> bytes:
    """A tar of these files, nobody's and of no time; those named as programs can be started."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mode = 0o755 if name in programs else 0o644
            archive.addfile(entry, io.BytesIO(content))
    return gzip.compress(plain.getvalue(), 9, mtime=0)


def zipped(files: Dict[str, bytes], programs: List[str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100755 if name in programs else 0o100644) << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _archive(release: Release, program: Program, out: pathlib.Path) -> pathlib.Path:
    file = out / name_of(release, program)
    # Scoop and Homebrew look into a folder that is alone at the top.
    folder = file.name.removesuffix(".zip").removesuffix(".tar.gz")
    name = f"{folder}/{program.target.program}"
    files = {
        name: program.content,
        f"{folder}/LICENSE": LICENSE.read_bytes(),
        f"{folder}/README.md": README.read_bytes(),
        **{f"{folder}/completions/{COMPLETIONS[shell]}": text for shell, text in release.completions.items()},
    }
    file.write_bytes((zipped if file.suffix == ".zip" else tarball)(files, [name]))
    return file
