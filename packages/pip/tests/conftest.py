"""What the tests share: the project's files, and sandboxes with faults."""

import base64
import json
import pathlib
from typing import Any, Dict, Iterator

import pytest

import xportcn
from xportcn.sandbox import Sandbox

ACCOUNT = ("sandbox-key", "sandbox-secret", "sandbox-user")

# A small call that reads, and one that writes.
RENDER: Dict[str, Any] = {"sub_order_id": "1034499579120189839", "goods_status": 1, "refund_type": 1}
CREATE: Dict[str, Any] = {
    "order_line_list": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
    "purchase_amount": 1,
    "receiver": {
        "name": "张三",
        "mobilePhone": "13800000000",
        "state": "浙江省",
        "city": "杭州市",
        "district": "余杭区",
        "address": "象山路1号",
        "zip": "310024",
    },
}

ROOT = pathlib.Path(__file__).resolve().parents[3]


def vectors(name: str) -> Dict[str, Any]:
    return json.loads((ROOT / "tests" / "vectors" / f"{name}.json").read_text(encoding="utf-8"))


def made(recipe: Any) -> bytes:
    """What a recipe of the vectors stands for."""
    if isinstance(recipe, str):
        return recipe.encode()
    if "join" in recipe:
        return b"".join(made(part) for part in recipe["join"])
    if "repeat" in recipe:
        return recipe["repeat"].encode() * recipe["times"]
    return base64.b64decode(recipe["base64"])


def examples() -> Dict[str, Any]:
    """A request of every row that the sandbox accepts."""
    return json.loads((ROOT / "tests" / "examples.json").read_text(encoding="utf-8"))["examples"]


@pytest.fixture
def client(xportcn_sandbox: Sandbox) -> Iterator[xportcn.Client]:
    with xportcn_sandbox.client() as client:
        yield client


def through_local_answers(body: bytes, **settings: Any) -> xportcn.Client:
    """A client that is answered without a network."""

    class Local:
        def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
            return xportcn.Response(200, [], body)

        def close(self) -> None:
            pass

    return xportcn.Client(*ACCOUNT, transport=Local(), **settings)
