"""Programs that the checks run, installed now where they are not there."""

import os
import pathlib
import shutil
import subprocess
import sys

TARGET = pathlib.Path(__file__).resolve().parent.parent.parent / "target"
TOOLS = TARGET / "tools"


def cargo_tool(name: str, version: str) -> str:
    """The path of a program of cargo: the one in target/tools, or the machine's own, or this version."""
    own = TOOLS / "bin" / name
    if not own.exists() and shutil.which(name):
        return name
    if not own.exists():
        install = ["cargo", "install", "--quiet", "--locked", "--root", str(TOOLS), "--version", version, name]
        subprocess.run(install, check=True)
    return str(own)


def python_tools(name: str, requirements: pathlib.Path) -> pathlib.Path:
    """The interpreter of an environment that has what the lock of a requirements file names."""
    venv = TARGET / "supply" / name
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    lock, installed = requirements.with_suffix(".lock"), venv / "installed.lock"
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        pip = [python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--require-hashes"]
        subprocess.run([*pip, "--requirement", lock], check=True)
        shutil.copyfile(lock, installed)
    return python
