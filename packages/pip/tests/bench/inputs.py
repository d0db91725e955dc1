"""The inputs that all hosts measure; `tests/bench/inputs.py` writes them."""

import json
import pathlib
from typing import Any, Dict

FOLDER = pathlib.Path(__file__).resolve().parents[4] / "target" / "bench" / "inputs"
ACCOUNT = ("sandbox-key", "sandbox-secret", "sandbox-user")
# What the replies answer.
SEARCH = "alibaba.product.keyword_search"


def reply(size: str) -> bytes:
    """The body of a reply of ``1k``, ``24k``, ``1m`` or ``10m``."""
    return (FOLDER / f"reply_{size}.json").read_bytes()


def call(name: str) -> Dict[str, Any]:
    """The ``id`` and ``params`` of the ``small`` call or of the ``order``."""
    return json.loads((FOLDER / f"params_{name}.json").read_text("utf-8"))
