"""Many calls through three faults in ten."""

import asyncio
from typing import Any, Callable, Dict, List

from conftest import CREATE, RENDER

import xportcn
from xportcn.sandbox import Sandbox

FAULTS = "rate=0.3,kinds=503|429|reset|truncate|slow|html|garbage,slow-ms=20000,seed=7"


def test_a_thousand_reads_all_succeed(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = xportcn_new_sandbox("--fault", FAULTS)
    # 0.3 to the 18th, of a thousand calls: less than one in a million.
    retries = 17
    assert 1000 * 0.3 ** (retries + 1) < 1e-6

    async def run() -> List[Any]:
        async with sandbox.async_client(
            max_retries=retries, initial_backoff=0.001, max_backoff=0.02, timeout=1.5, deadline=120
        ) as client:
            lanes = asyncio.Semaphore(32)

            async def one() -> Any:
                async with lanes:
                    return await client.taobao.after_sale.render(**RENDER)

            return await asyncio.gather(*(one() for _ in range(1000)))

    results = asyncio.run(asyncio.wait_for(run(), 240))
    assert sum(rendered.currency is not None for rendered in results) == 1000
    tally = sandbox.faults()
    # 1000 / 0.7 attempts, and six deviations of 25.
    assert abs(tally["calls"] - 1429) < 150, tally


def test_two_hundred_writes_do_nothing_twice(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = xportcn_new_sandbox("--fault", FAULTS)

    async def run() -> Dict[str, str]:
        async with sandbox.async_client(initial_backoff=0.001, timeout=1.5) as client:
            lanes = asyncio.Semaphore(32)

            async def one(number: str) -> str:
                async with lanes:
                    try:
                        await client.taobao.order.purchase_create(**CREATE, seller_order_number=number)
                    except xportcn.AmbiguousWriteError:
                        return "ambiguous"
                    except xportcn.XportcnError:
                        return "not done"
                    return "done"

            numbers = [f"python-{number}" for number in range(200)]
            return dict(zip(numbers, await asyncio.gather(*map(one, numbers))))

    said = asyncio.run(asyncio.wait_for(run(), 240))
    created = [entry["reference"] for entry in sandbox.ledger()["entries"] if entry["action"] == "created"]
    assert len(created) == len(set(created)), "an order was created twice"
    assert all(said[reference] in ("done", "ambiguous") for reference in created)
    assert all(reference in created for reference, how in said.items() if how == "done")
    assert {"done", "ambiguous", "not done"} == set(said.values())
