"""Whether what a client has read is what was answered: every value, ids and amounts with all their digits."""

import json
from decimal import Decimal


def parsed(text):
    """JSON with exact numbers."""
    return json.loads(text, parse_float=Decimal, parse_constant=str)


def lost(answered, read, place="reply"):
    """The places whose values were lost or changed."""
    if answered is None or answered in ({}, []):
        # Types with fields that may be absent do not tell these from nothing.
        return [] if read in (None, {}, []) else [place]
    if isinstance(answered, dict):
        if not isinstance(read, dict):
            return [place]
        fields = ((name, value, read.get(name)) for name, value in answered.items())
        return [found for name, value, other in fields for found in lost(value, other, f"{place}.{name}")]
    if isinstance(answered, list):
        if not isinstance(read, list) or len(read) != len(answered):
            return [place]
        pairs = enumerate(zip(answered, read))
        return [found for index, (value, other) in pairs for found in lost(value, other, f"{place}[{index}]")]
    return [] if is_same(answered, read) else [place]


def is_same(answered, read):
    """Whether two values are the same; a number may have been read as text."""
    if isinstance(answered, (bool, str)) or isinstance(read, bool):
        return answered is read if isinstance(answered, bool) else answered == read
    if isinstance(read, str):
        return str(answered) == read
    return read is not None and Decimal(answered) == Decimal(read)
