"""What a client finds out of a write whose answer is lost, where Python has ways of its own to end it."""

import asyncio
import json
import logging
import os
import pickle
import signal
import threading
import time
from decimal import Decimal
from typing import Any, Callable, Dict, Iterator

import pytest
from conftest import examples

import xportcn
from xportcn.sandbox import Sandbox

PURCHASE = "taobao.order.purchase_create"


def purchase(reference: str) -> Dict[str, Any]:
    return {**examples()[PURCHASE], "sellerOrderNumber": reference}


def losing(make: Callable[..., Sandbox], *faults: str) -> Sandbox:
    return make(*(word for fault in faults for word in ("--fault", fault)))


def lost_creation(sandbox: Sandbox, reference: str) -> xportcn.AmbiguousWriteError:
    with sandbox.client() as client, pytest.raises(xportcn.AmbiguousWriteError) as lost:
        client.request(PURCHASE, purchase(reference))
    return lost.value


def test_an_error_that_was_pickled_is_enough(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = losing(xportcn_new_sandbox, f"endpoint={PURCHASE},kinds=truncate,when=after")
    lost = pickle.loads(pickle.dumps(lost_creation(sandbox, "pickled")))
    assert "sandbox-secret" not in lost.ticket
    assert lost.ticket not in str(lost)
    with sandbox.client(recovery_window=0) as client:
        outcome = client.recover(lost)
        assert outcome == client.recover(lost.ticket)
    assert (outcome.outcome, outcome.is_done, outcome.is_not_done) == ("done", True, False)
    (found,) = outcome.found
    assert found["sellerOrderNumber"] == "pickled"
    assert pickle.loads(pickle.dumps(outcome)) == outcome


def test_what_is_found_is_written_as_the_platform_has_it(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = losing(xportcn_new_sandbox, f"endpoint={PURCHASE},kinds=truncate,when=after")
    with sandbox.client(recovery_window=0) as client:
        outcome = client.recover(lost_creation(sandbox, "exact"))
        page = client.taobao.order.purchase_page(page_no=1, page_size=10)
    assert page.data is not None
    (found,), (order,) = outcome.found, page.data
    assert (found["orderId"], isinstance(found["orderId"], str)) == (order.order_id, True)


@pytest.mark.parametrize("lost", [None, 5, b"{}", ValueError("no"), {"version": 1}])
def test_what_is_no_ticket_is_named(client: xportcn.Client, lost: Any) -> None:
    with pytest.raises(xportcn.ConfigError) as refused:
        client.recover(lost)
    assert refused.value.field == "ticket"


@pytest.mark.parametrize(("ticket", "reason"), [("", "JSON object"), ("{}", "`version`"), ("[]", "JSON object")])
def test_a_ticket_that_cannot_be_read_is_refused(client: xportcn.Client, ticket: str, reason: str) -> None:
    with pytest.raises(xportcn.InvalidRequestError) as refused:
        client.recover(ticket)
    assert refused.value.path == "ticket"
    assert reason in refused.value.reason


def test_a_call_without_an_id_that_is_known_is_refused(client: xportcn.Client) -> None:
    with pytest.raises(xportcn.XportcnError, match="taobao.order.nothing"):
        client.settle("taobao.order.nothing")


def test_a_write_that_is_answered_has_its_types(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    with xportcn_new_sandbox().client() as client:
        reply = client.settle(PURCHASE, purchase("typed"))
    assert isinstance(reply, xportcn.Reply)
    assert reply.request_id
    assert reply.raw
    assert isinstance(reply.data.order_list[0].estimate_amount, Decimal)


@pytest.fixture()
def heeded_ctrl_c() -> Iterator[None]:
    """Python's own handler: a shell starts what runs in the background with none."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded_ctrl_c")
def test_ctrl_c_within_a_search_leaves_the_ticket(
    xportcn_new_sandbox: Callable[..., Sandbox], caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = losing(xportcn_new_sandbox, f"endpoint={PURCHASE},kinds=reset,when=before")
    ctrl_c = threading.Timer(1.5, lambda: os.kill(os.getpid(), signal.SIGINT))
    with sandbox.client() as client, pytest.raises(KeyboardInterrupt) as ended, caplog.at_level(logging.WARNING):
        ctrl_c.start()
        client.settle(PURCHASE, purchase("interrupted"))
    lost = ended.value.__cause__
    assert isinstance(lost, xportcn.AmbiguousWriteError)
    assert "may have been carried out" in caplog.text
    with sandbox.client(recovery_window=0) as client:
        assert client.recover(lost).outcome in ("unknown", "not done")


def test_a_task_that_is_cancelled_ends_at_once(
    xportcn_new_sandbox: Callable[..., Sandbox], caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = losing(xportcn_new_sandbox, f"endpoint={PURCHASE},kinds=reset,when=before")

    async def run() -> float:
        async with sandbox.async_client() as client:
            task = asyncio.ensure_future(client.settle(PURCHASE, purchase("cancelled")))
            await asyncio.sleep(1.5)
            assert not task.done()
            started = time.monotonic()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            return time.monotonic() - started

    with caplog.at_level(logging.WARNING):
        assert asyncio.run(run()) < 0.5
    assert "may have been carried out" in caplog.text


CART = "alibaba.cart.add"


@pytest.mark.parametrize(
    ("fault", "after"), [("kinds=slow,when=after,slow-ms=60000", 0.7), ("kinds=503,when=before", 1.5)]
)
def test_a_ticket_of_what_was_ended_holds_what_was_seen_before_it(
    xportcn_new_sandbox: Callable[..., Sandbox], fault: str, after: float
) -> None:
    sandbox = losing(xportcn_new_sandbox, f"endpoint={CART},{fault}")

    async def run() -> xportcn.AmbiguousWriteError:
        async with sandbox.async_client() as client:

            async def settle() -> None:
                # Before Python 3.11, who awaits a task gets an exception of its own.
                with pytest.raises(asyncio.CancelledError) as ended:
                    await client.settle(CART, examples()[CART])
                raise ended.value.__cause__ or ended.value

            task = asyncio.ensure_future(settle())
            # Within the write, or within the search for it.
            await asyncio.sleep(after)
            task.cancel()
            with pytest.raises(xportcn.AmbiguousWriteError) as lost:
                await task
            return lost.value

    ticket = json.loads(asyncio.run(run()).ticket)
    assert ticket["before"] == {"alibaba.cart.list": []}


def test_a_client_that_is_closed_ends_the_search(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = losing(xportcn_new_sandbox, f"endpoint={PURCHASE},kinds=reset,when=before")
    client = sandbox.client()
    timer = threading.Timer(0.5, client.close)
    timer.start()
    started = time.monotonic()
    with pytest.raises(xportcn.ClosedError) as ended:
        client.settle(PURCHASE, purchase("closed"))
    timer.join()
    assert time.monotonic() - started < 10
    assert isinstance(ended.value.__cause__, xportcn.AmbiguousWriteError)
