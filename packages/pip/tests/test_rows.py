"""Every row through the clients' own functions, against the sandbox."""

import asyncio
import json
import re
from datetime import datetime
from decimal import Decimal
from typing import Any, Dict

import msgspec
import pytest
from conftest import examples

import xportcn
from xportcn._core import Core, endpoints
from xportcn.sandbox import Sandbox

ROWS = [row["id"] for row in json.loads(endpoints())]
EXAMPLES = examples()


def snake(name: str) -> str:
    name = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
    return f"{name}_" if name == "from" else name


def function(client: Any, id: str) -> Any:
    for part in id.split("."):
        client = getattr(client, part)
    return client


def arguments(id: str) -> Dict[str, Any]:
    return {snake(name): value for name, value in EXAMPLES[id].items()}


def test_every_row_has_an_example() -> None:
    assert len(ROWS) >= 90
    assert set(ROWS) == set(EXAMPLES)


@pytest.mark.parametrize("id", ROWS)
def test_a_row_is_called(client: xportcn.Client, id: str) -> None:
    reply = function(client.with_reply, id)(**arguments(id))
    assert reply.warnings == ()
    assert reply.request_id == json.loads(reply.raw)["requestId"]
    sent_again = function(client, id)(**arguments(id))
    assert type(sent_again) is type(reply.data)


def test_every_row_is_awaited(xportcn_sandbox: Sandbox) -> None:
    async def run() -> int:
        async with xportcn_sandbox.async_client() as client:
            replies = [await function(client.with_reply, id)(**arguments(id)) for id in ROWS]
            return sum(reply.warnings == () for reply in replies)

    assert asyncio.run(run()) == len(ROWS)


@pytest.mark.parametrize("id", ROWS)
def test_typed_data_is_the_cores_own_data(client: xportcn.Client, id: str) -> None:
    """Written back, the fields that the types know have the values of the core's canonical JSON."""
    reply = function(client.with_reply, id)(**arguments(id))
    core = Core(json.dumps({"accessKey": "k", "accessSecret": "secret-of-tests", "userId": "u"}))
    data = json.loads(core.read(id, 200, reply.raw)[0], parse_float=Decimal)
    agree(json.loads(msgspec.json.encode(reply.data), parse_float=Decimal), data)


def agree(typed: Any, canonical: Any) -> None:
    if isinstance(typed, dict) and isinstance(canonical, dict):
        for name, value in typed.items():
            agree(value, canonical[name])
    elif isinstance(typed, list) and isinstance(canonical, list):
        assert len(typed) == len(canonical)
        for left, right in zip(typed, canonical):
            agree(left, right)
    elif isinstance(typed, str) and isinstance(canonical, (int, Decimal)):
        # Values of any shape keep their digits.
        assert Decimal(typed) == canonical
    elif typed != canonical:
        assert datetime.fromisoformat(typed) == datetime.fromisoformat(canonical)
