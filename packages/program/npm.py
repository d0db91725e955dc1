"""Packages of npm for `npx xportcn-cli`: one that starts the program, and one with the program for each machine."""

import json
import pathlib
from typing import Dict, List

from archives import tarball
from release import HOME, LICENSE, README, TITLE, Program, Release

NAME = "xportcn-cli"
LAUNCHER = pathlib.Path(__file__).with_name("xportcn.mjs")
# Node's names of systems.
SYSTEMS = {"linux": "linux", "macos": "darwin", "windows": "win32"}


def write(release: Release, out: pathlib.Path) -> None:
    programs = release.for_every_linux()
    for program in programs:
        _of_machine(release, program, out)
    _launcher(release, programs, out)


def _name(program: Program) -> str:
    return f"{NAME}-{SYSTEMS[program.target.system]}-{program.target.processor}"


def _manifest(release: Release, name: str, **more: object) -> bytes:
    manifest = {
        "name": name,
        "version": release.version,
        "description": TITLE,
        "license": "MIT",
        "repository": {"type": "git", "url": f"git+{HOME}.git", "directory": "packages/program"},
        **more,
    }
    return (json.dumps(manifest, indent=2) + "\n").encode()


def _of_machine(release: Release, program: Program, out: pathlib.Path) -> None:
    name, file, system = _name(program), program.target.program, SYSTEMS[program.target.system]
    only = {"os": [system], "cpu": [program.target.processor], "preferUnplugged": True, "files": [file]}
    readme = f"# {name}\n\nThe program of [{NAME}](https://www.npmjs.com/package/{NAME}) for {system} {program.target.processor}.\n"
    files = {file: program.content, "README.md": readme.encode()}
    _write(release, out, name, only, files, file)


def _launcher(release: Release, programs: List[Program], out: pathlib.Path) -> None:
    about = {
        "type": "module",
        "engines": {"node": ">=20"},
        "bin": {"xportcn-cli": LAUNCHER.name, "xportcn": LAUNCHER.name},
        "files": [LAUNCHER.name],
        "optionalDependencies": {_name(program): release.version for program in programs},
    }
    files = {LAUNCHER.name: LAUNCHER.read_bytes(), "README.md": README.read_bytes()}
    _write(release, out, NAME, about, files, LAUNCHER.name)


def _write(
    release: Release, out: pathlib.Path, name: str, about: Dict[str, object], files: Dict[str, bytes], starts: str
) -> None:
    manifest = {
        "name": name,
        "version": release.version,
        "description": TITLE,
        "license": "MIT",
        "repository": {"type": "git", "url": f"git+{HOME}.git", "directory": "packages/program"},
        **about,
    }
    text = json.dumps(manifest, indent=2) + "\n"
    every = {"package.json": text.encode(), **files, "LICENSE": LICENSE.read_bytes()}
    packed = tarball({f"package/{path}": content for path, content in every.items()}, [f"package/{starts}"])
    (out / f"{name}-{release.version}.tgz").write_bytes(packed)
