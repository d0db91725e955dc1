"""Replies to objects."""

import json
from typing import Any, Callable, List, Tuple

import msgspec
import orjson
import same_models
from answer import Answer
from inputs import ACCOUNT, SEARCH, reply
from rounds import Row, beside

from xportcn import _steps
from xportcn._core import Core
from xportcn._transport import Response
from xportcn.models import alibaba

SIZES = {"1k": "1 KB", "24k": "24 KB", "1m": "1 MB", "10m": "10 MB"}
CORE = Core(json.dumps(dict(zip(("accessKey", "accessSecret", "userId"), ACCOUNT))))
IN_ORDER = "of what the core has put in order"


def rows() -> List[Row]:
    done = [beside(f"read a reply of {SIZES['24k']}", *peers) for peers in with_budget(reply("24k"))]
    for size, words in SIZES.items():
        body = reply(size)
        peers: List[Tuple[str, Callable[[bytes], Any]]] = [
            ("pydantic v2 model_validate_json, of the raw body", Answer.model_validate_json),
            ("orjson.loads, of the raw body to dictionaries", orjson.loads),
            ("json.loads, of the raw body to dictionaries", json.loads),
        ]
        for name, theirs in peers:
            done.append(beside(f"read a reply of {words}", lambda: read(body), name, lambda: theirs(body)))
    return done


def read(body: bytes) -> Any:
    """The raw body to a reply, as calls do it."""
    data, about = CORE.read(SEARCH, 200, body)
    return _steps.read(SEARCH, _steps.Came(data, about, Response(200, (), body))).data


def with_budget(body: bytes) -> List[tuple]:
    """The hardest comparison: peers read the data alone, with every value in the shape that its type has already."""
    kind = alibaba.REPLIES[SEARCH]
    in_order = CORE.read(SEARCH, 200, body)[0]
    pydantic_type = same_models.of(kind)
    decoder = msgspec.json.Decoder(kind, strict=False)
    ours, raw = read(body).data[0], Answer.model_validate_json(body).data.data[0]
    assert ours.offer_id == pydantic_type.model_validate_json(in_order).data[0].offer_id == str(raw.offer_id)
    assert ours.price_info.price == raw.price_info.price
    by_pydantic, by_msgspec = (lambda: pydantic_type.model_validate_json(in_order)), (lambda: decoder.decode(in_order))
    return [
        (lambda: read(body), f"pydantic v2 model_validate_json, {IN_ORDER}", by_pydantic, 0.7),
        (lambda: read(body), f"msgspec, {IN_ORDER}", by_msgspec, 2.2),
    ]
