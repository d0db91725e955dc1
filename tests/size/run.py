#!/usr/bin/env python3
"""Builds the core for wasm32 with every table, and weighs it. Fails if it is over its budget."""

import gzip
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TARGET = "wasm32-unknown-unknown"
MODULE = ROOT / "target" / TARGET / "wasm" / "xportcn_size.wasm"
BUDGET = 92_500


def main() -> int:
    add_target()
    build = [
        "cargo",
        "build",
        "--quiet",
        "--locked",
        "--package",
        "xportcn-size",
        "--profile",
        "wasm",
        "--target",
        TARGET,
    ]
    subprocess.run(build, cwd=ROOT, check=True)
    module = MODULE.read_bytes()
    size = len(gzip.compress(module, 9))
    print(f"the core for wasm32, with all tables: {len(module)} bytes, {size} gzipped; at most {BUDGET}")
    return 0 if size <= BUDGET else 1


def add_target() -> None:
    """Adds the standard library for wasm32 where it is missing and rustup can."""
    libraries = subprocess.run(
        ["rustc", "--print", "target-libdir", "--target", TARGET], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    if pathlib.Path(libraries).is_dir():
        return
    if not shutil.which("rustup"):
        sys.exit(f"there is no standard library for {TARGET}: install it, as with `rustup target add {TARGET}`")
    subprocess.run(["rustup", "--quiet", "target", "add", TARGET], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
