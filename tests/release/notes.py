#!/usr/bin/env python3
"""Prints the section of a version in CHANGELOG.md: the text of its release.

notes.py VERSION
"""

import pathlib
import sys

import changelog

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

if __name__ == "__main__":
    said = changelog.section(ROOT, sys.argv[1]) if len(sys.argv) == 2 else ""
    if not said:
        sys.exit(__doc__ if len(sys.argv) != 2 else f"CHANGELOG.md has no section of {sys.argv[1]}, or nothing in it")
    print(said)
