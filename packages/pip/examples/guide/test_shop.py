"""Tests of a program that orders, against the sandbox."""

# region tests
from typing import Callable

import pytest
from order import order, pay

from xportcn import AmbiguousWriteError
from xportcn.sandbox import Sandbox


def test_an_order_is_paid_once(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = xportcn_new_sandbox()
    with sandbox.client() as client:
        created = order(client, "test-1")
        assert created.purchase_id
        pay(client, created.purchase_id)
    assert [entry["action"] for entry in sandbox.ledger()["entries"]] == ["created", "paid"]


def test_a_payment_whose_answer_is_lost_is_found(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    losing = xportcn_new_sandbox("--fault", "endpoint=taobao.order.purchase_pay,kinds=reset,when=after,count=1")
    with losing.client() as client:
        created = order(client, "test-2")
        assert created.purchase_id
        with pytest.raises(AmbiguousWriteError) as lost:
            client.taobao.order.purchase_pay(order_id=created.purchase_id)
        assert client.recover(lost.value).outcome == "done"


# endregion
