"""Starts the program of xportcn-sandbox."""

import os
import subprocess
import sys
import sysconfig


def main() -> None:
    name = "xportcn.exe" if os.name == "nt" else "xportcn"
    program = os.path.join(sysconfig.get_path("scripts"), name)
    if os.name == "nt":
        # Windows has no way to become another program.
        sys.exit(subprocess.call([program, *sys.argv[1:]]))
    os.execv(program, [program, *sys.argv[1:]])
