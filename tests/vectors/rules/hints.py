"""What a refusal says where the platform knows no such path or method: how the row is known, and what else to try."""

import json
import os

DOUBTS = {
    "sister": "this path is published by a sister brand of the platform only (sister)",
    "key-account": "this path is published for key accounts only (key-account)",
    "sister-v2": "this path is derived from its published second version (sister-v2)",
    "upstream": "this path is named as the platform behind this one publishes it (upstream)",
    "inferred": "this path is not published, it is named after its neighbours (inferred)",
}


def hint(identifier, code, message):
    """The hint beside this code and these words; None where they say something else, or the path was seen in use."""
    row = ROWS[identifier]
    if not is_unknown_path(code, message or "") or row["path_evidence"] not in DOUBTS:
        return None
    doubt = DOUBTS[row["path_evidence"]]
    others = [f"`{other['method']} {other['path']}` ({other['evidence']})" for other in row.get("candidates", [])]
    if not others:
        return f"{doubt}; set the right one in `paths`"
    return f"{doubt}; try in `paths`: `{identifier}` as {' or '.join(others)}"


def is_unknown_path(code, message):
    spring = "No static resource" in message or "No handler found" in message
    return code in ("404", "405") or spring or ("Request method" in message and "not supported" in message)


def catalogue():
    """The rows of the catalogue, by id."""
    place = os.path.join(os.path.dirname(__file__), "..", "..", "catalogue.json")
    with open(place, encoding="utf-8") as file:
        return {row["id"]: row for row in json.load(file)["rows"]}


ROWS = catalogue()
