"""Declarations that stand in blocks, as one line each: what is in a class or an interface names it."""

import re
from typing import List

HEADING = re.compile(r"\b(?:class|const|interface|namespace) (?P<name>[\w./$]+).* ?\{$")


def flat(text: str) -> List[str]:
    """`class Order {`, `  price: Amount;`, `}` becomes `class Order` and `Order { price: Amount;`."""
    items: List[str] = []
    statement: List[str] = []
    block, depth = "", 0
    for line in map(str.strip, text.splitlines()):
        if not line or line.startswith(("//", "/*", "*")):
            continue
        heading = HEADING.search(line) if not block and not statement else None
        if heading:
            items.append(line.removesuffix("{").strip())
            block = heading["name"] + " { "
        elif block and not depth and line.startswith("}"):
            block = ""
        else:
            if line.startswith("| ") and not statement:
                # One more of a union's types.
                statement = [items.pop().removeprefix(block)]
            statement.append(line)
            depth += line.count("{") - line.count("}")
            if not depth:
                items.append(block + " ".join(statement))
                statement = []
    return items
