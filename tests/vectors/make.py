#!/usr/bin/env python3
"""Writes the JSON files of this folder; with --check, tells whether they are as it would write them.

The expected values come from `rules/`, which implements the documented rules on its own, with nothing but Python's
standard library. It reads no source and runs no program of the project. `cases/` holds what is asked.
"""

import os
import sys
import unicodedata

sys.dont_write_bytecode = True

from cases import decode, encode, exchange, push, recovery, sign_push, signing, wait  # noqa: E402
from rules.jsontext import compact  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
FILES = {
    "signing.json": signing,
    "encode.json": encode,
    "decode.json": decode,
    "push.json": push,
    "sign_push.json": sign_push,
    "exchange.json": exchange,
    "search.json": recovery,
    "wait.json": wait,
}


def main(arguments):
    if arguments not in ([], ["--check"]):
        print("usage: make.py [--check]", file=sys.stderr)
        return 2
    stale = [name for name, module in FILES.items() if not settle(name, module, write=not arguments)]
    for name in stale:
        print(f"{name} is not what make.py writes; run make.py and read the difference", file=sys.stderr)
    return 1 if stale else 0


def settle(name, module, write):
    """Writes the file, or tells whether it stands as it would be written."""
    path = os.path.join(HERE, name)
    wanted = pretty(module).encode()
    if write:
        with open(path, "wb") as file:
            file.write(wanted)
        return True
    try:
        with open(path, "rb") as file:
            return file.read() == wanted
    except FileNotFoundError:
        return False


def pretty(module):
    """One line for each part of a case, and for each of its steps."""
    cases = list(module.cases())
    names = [dict(case)["name"] for case in cases]
    assert len(names) == len(set(names)), "every case has a name of its own: " + repr(repeated(names))
    head = "".join(f"  {line(key)}: {line(value)},\n" for key, value in module.HEAD.items())
    blocks = (",\n".join(f"      {line(key)}: {lines(key, value)}" for key, value in case) for case in cases)
    body = ",\n".join("    {\n" + block + "\n    }" for block in blocks)
    return "{\n" + head + '  "cases": [\n' + body + "\n  ]\n}\n"


def lines(key, value):
    if key != "steps":
        return line(value)
    return "[\n" + ",\n".join(f"        {line(step)}" for step in value) + "\n      ]"


def line(value):
    """Compact JSON in which what cannot be seen is escaped."""
    return "".join(shown(character) for character in compact(value))


def shown(character):
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Co", "Zl", "Zp")
    units = character.encode("utf-16-be")
    return "".join("\\u%02x%02x" % pair for pair in zip(units[::2], units[1::2])) if hidden else character


def repeated(names):
    return sorted({name for name in names if names.count(name) > 1})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
