"""Parameters to signed requests."""

import json
import os
import time
from typing import Any, Callable, Dict, List

import orjson
from by_hand import signed
from inputs import call
from reading import CORE
from rounds import Row, beside

from xportcn import _params

CASES = {"small": "build and sign a small request", "order": "build and sign an order of 20 lines"}


def rows() -> List[Row]:
    done: List[Row] = []
    for name, words in CASES.items():
        given = call(name)
        plainly = lambda: request(given, lambda params: json.dumps(params).encode())  # noqa: E731
        quickly = lambda: request(given, orjson.dumps)  # noqa: E731
        done.append(beside(words, lambda: ours(given), "hashlib and json by hand", plainly, 1.5))
        done.append(beside(words, lambda: ours(given), "hashlib and orjson by hand", quickly))
    return done


def ours(given: Dict[str, Any]) -> Any:
    """The first step of a call: the whole request, its fields checked."""
    exchange = CORE.call(given["id"], _params.encode(given["id"], given["params"], None), "")
    return exchange.step(time.time_ns() // 1_000_000, os.urandom(32))


def request(given: Dict[str, Any], dumps: Callable[[Any], bytes]) -> Any:
    return "POST", "https://www.xportcn.com/api/path/of/the/call", signed(), dumps(given["params"])
