"""Programs of cargo that the checks run: the one in target/tools, or the machine's own, or installed now."""

import pathlib
import shutil
import subprocess

TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent / "target" / "tools"


def cargo_tool(name: str, version: str) -> str:
    """The path of a program; `version` is the one that is installed where there is none."""
    own = TOOLS / "bin" / name
    if not own.exists() and shutil.which(name):
        return name
    if not own.exists():
        install = ["cargo", "install", "--quiet", "--locked", "--root", str(TOOLS), "--version", version, name]
        subprocess.run(install, check=True)
    return str(own)
