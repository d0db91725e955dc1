"""Messages that programs sign for the tests of their own handlers."""

import hashlib
import hmac
from datetime import datetime, timezone
from typing import Any

import pytest

import xportcn
from xportcn.models.alibaba import AlibabaPushOrderMessage

ACCOUNT = {"access_key": "k", "access_secret": "s"}


def test_a_signed_test_message_is_accepted_and_read_with_the_documented_example() -> None:
    signed = xportcn.sign_push("ORDER_PAY_SUCCESS", **ACCOUNT)
    assert signed.authorization == hmac.new(b"s", b"k" + signed.body, hashlib.sha256).hexdigest()
    message = xportcn.verify_push(signed.authorization, signed.body, **ACCOUNT)
    assert message.push == "alibaba.push.order_status_changed"
    assert message.body.order_id == "3305075341149134260"
    assert message.time is not None
    assert abs((message.time - datetime.now(timezone.utc)).total_seconds()) < 60


@pytest.mark.parametrize("content", [{"orderId": "7"}, AlibabaPushOrderMessage(order_id="7")])
def test_a_client_signs_with_its_account_and_takes_the_type_of_the_row(content: Any) -> None:
    moment = datetime(2026, 5, 20, 7, 47, 49, 913000, timezone.utc)
    with xportcn.Client("k", "s", "u") as client:
        signed = client.sign_push("ORDER_CREATE", content, time=moment)
        message = client.verify_push(signed.authorization, signed.body)
        again = client.sign_push("ORDER_CREATE", content, time=moment)
    assert message.body.order_id == "7"
    assert message.time == moment
    assert again == signed


@pytest.mark.parametrize(
    ("message", "content", "path", "words"),
    [
        ("ORDER_CREATE", {"orderld": "1"}, "orderld", "did you mean `orderId`"),
        ("ORDER_CREATE", {"payStatus": "paid"}, "pay_status", "expected a whole number"),
        ("ORDER_CREATE", {"orderId": float("nan")}, "order_id", "no number"),
        ("ORDER_PAY_SUCESS", None, "", "did you mean `ORDER_PAY_SUCCESS`"),
    ],
)
def test_what_the_platform_would_never_push_is_refused(message: str, content: Any, path: str, words: str) -> None:
    with pytest.raises(xportcn.InvalidRequestError, match=words) as raised:
        xportcn.sign_push(message, content, **ACCOUNT)
    assert raised.value.path == path


def test_an_empty_secret_signs_nothing() -> None:
    with pytest.raises(xportcn.ConfigError) as raised:
        xportcn.sign_push("ORDER_CREATE", access_key="k", access_secret="")
    assert raised.value.field == "access_secret"
