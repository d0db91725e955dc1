"""Prints a member of the JSON on stdin: `.tools | length` or `.structuredContent.call`."""

import json
import sys

path, _, length = sys.argv[1].partition(" | ")
try:
    value = json.load(sys.stdin)
    for name in path.split(".")[1:]:
        value = value[name]
    print(len(value) if length else value)
except (KeyError, TypeError, ValueError) as error:
    print(f"nothing at {sys.argv[1]}: {error!r}")
