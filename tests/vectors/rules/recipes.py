"""Texts and bytes that are too large, or no UTF-8, to stand in a file of cases as they are."""

import base64
import re

LONG = 1000


def join(*parts):
    """Its parts, one after the other."""
    return {"join": list(parts)}


def repeat(text, times):
    """A text many times over."""
    return {"repeat": text, "times": times}


def encoded(data):
    """Any bytes."""
    return {"base64": base64.b64encode(data).decode()}


def text_of(recipe):
    if isinstance(recipe, str):
        return recipe
    if "join" in recipe:
        return "".join(map(text_of, recipe["join"]))
    return recipe["repeat"] * recipe["times"]


def bytes_of(recipe):
    if isinstance(recipe, dict) and "base64" in recipe:
        return base64.b64decode(recipe["base64"])
    return text_of(recipe).encode()


def shortened(text):
    """A recipe for the text where one character stands many times in a row, else the text."""
    parts, end = [], 0
    for run in re.finditer(r"(.)\1{%d,}" % (LONG - 1), text, re.DOTALL):
        parts += [text[end : run.start()], repeat(run.group(1), len(run.group()))]
        end = run.end()
    return join(*filter(None, parts + [text[end:]])) if parts else text
