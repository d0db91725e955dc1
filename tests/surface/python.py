"""What the Python package shows, read from its sources by griffe, without importing it."""

import pathlib
import subprocess
import sys
from typing import List

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.append(str(ROOT / "tests" / "supply"))

from tools import python_tools  # noqa: E402


def surface(packed: bool) -> str:
    # The wheel as it is installed; its Python is that of the sources.
    places = list((ROOT / "target" / "pip" / "venv").glob("lib/python3*/site-packages/xportcn")) if packed else []
    package = places[0] if places else ROOT / "packages" / "pip" / "src" / "xportcn"
    if packed and not places:
        raise SystemExit("python: no wheel is installed; `packages/pip/test set-up` does that")
    python = python_tools("surface", HERE / "requirements.txt")
    script = HERE / "python_items.py"
    return subprocess.run([python, script, package], stdout=subprocess.PIPE, text=True, check=True).stdout


def items(text: str) -> List[str]:
    return text.splitlines()
