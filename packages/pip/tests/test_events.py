"""What happens to calls, told to functions and to the log; and all that came with a reply or an error."""

import asyncio
import logging
import os
import pickle
import subprocess
import sys
from typing import Any, Callable, Dict, List

import pytest
from conftest import ACCOUNT, CREATE, RENDER, through_local_answers
from peers import Received, answer, platform

import xportcn
from xportcn import events
from xportcn.sandbox import Sandbox


def names(told: List[events.Event]) -> List[str]:
    return [type(event).__name__ for event in told]


def test_on_event_tells_what_happens_to_each_call_in_its_order(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=503,count=1")
    told: List[events.Event] = []
    with sandbox.client(initial_backoff=0.001, on_event=told.append) as client:
        client.taobao.after_sale.render(**RENDER)
        client.taobao.product.get(item_id="1")
    once = ["Started", "Sent", "Answered", "Ended"]
    assert names(told) == ["Started", "Sent", "Answered", "Retrying", "Sent", "Answered", "Ended", *once]
    first, second = told[:7], told[7:]
    assert {(event.endpoint, event.call) for event in first} == {("taobao.after_sale.render", first[0].call)}
    assert {(event.endpoint, event.call) for event in second} == {("taobao.product.get", first[0].call + 1)}
    _, sent, answered, retrying, again, _, ended = first
    assert isinstance(sent, events.Sent) and sent.method == "POST" and sent.attempt == 1 and sent.timeout_ms == 30000
    assert sent.url == f"{sandbox.url}/open/order/refund/render"
    assert isinstance(answered, events.Answered) and (answered.status, answered.attempt) == (503, 1)
    assert answered.headers["content-type"] and answered.duration_ms >= 0
    assert isinstance(retrying, events.Retrying) and (retrying.attempt, retrying.error) == (2, "Http")
    assert isinstance(again, events.Sent) and again.attempt == 2
    assert isinstance(ended, events.Ended) and (ended.attempts, ended.error) == (2, None) and ended.request_id


def test_on_event_tells_of_a_call_that_is_awaited_and_of_one_that_is_cancelled(
    xportcn_new_sandbox: Callable[..., Sandbox],
) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=slow,slow-ms=60000,count=1")
    told: List[events.Event] = []

    async def run() -> None:
        async with sandbox.async_client(on_event=told.append) as client:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(client.taobao.after_sale.render(**RENDER), 0.5)
            await client.taobao.after_sale.render(**RENDER)

    asyncio.run(run())
    assert names(told) == ["Started", "Sent", "Failed", "Ended", "Started", "Sent", "Answered", "Ended"]
    failed, ended = told[2], told[3]
    assert isinstance(failed, events.Failed) and failed.failure == "cancelled" and failed.maybe_sent
    assert isinstance(ended, events.Ended) and ended.error == "Cancelled"


def test_on_event_of_a_call_is_told_beside_that_of_the_client() -> None:
    all_calls: List[events.Event] = []
    one: List[events.Event] = []
    with through_local_answers(b'{"code":200,"data":{}}', on_event=all_calls.append) as client:
        client.with_options(on_event=one.append).taobao.order.get(order_id="1")
        client.taobao.order.get(order_id="2")
    assert len(one) == 4 and all_calls[:4] == one and len(all_calls) == 8


def test_on_event_tells_of_the_clients_own_limit_and_of_values_that_do_not_fit() -> None:
    told: List[events.Event] = []
    body = b'{"code":200,"data":{"orderId":{}}}'
    with through_local_answers(body, on_event=told.append, limit=(20, 1)) as client:
        for _ in range(2):
            client.taobao.order.get(order_id="1")
    warned = [event for event in told if isinstance(event, events.Warned)]
    assert [(event.path, event.found) for event in warned] == [("data.order_id", "an object")] * 2
    assert [event.wait_ms > 0 for event in told if isinstance(event, events.Limited)] == [True]


def test_what_on_event_raises_costs_no_reply_and_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    def broken(event: events.Event) -> None:
        raise RuntimeError("a broken listener")

    with through_local_answers(b'{"code":200,"data":{"orderId":"1"}}', on_event=broken) as client:
        assert [client.taobao.order.get(order_id="1").order_id for _ in range(3)] == ["1"] * 3
    assert caplog.text.count("RuntimeError: a broken listener") == 1


@pytest.mark.parametrize("wrong", ["print", 7])
def test_on_event_must_be_a_function_that_nobody_awaits(wrong: Any) -> None:
    async def awaited(event: events.Event) -> None:
        pass

    for function in (wrong, awaited):
        with pytest.raises(xportcn.ConfigError, match="on_event"):
            xportcn.Client(*ACCOUNT, on_event=function)


def test_the_log_tells_of_calls_at_the_usual_levels(
    xportcn_new_sandbox: Callable[..., Sandbox], caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=503,count=1")
    with caplog.at_level(logging.DEBUG, "xportcn"), sandbox.client(initial_backoff=0.001) as client:
        client.taobao.after_sale.render(**RENDER)
    told = [(record.levelname, record.getMessage().partition(": ")[2]) for record in caplog.records]
    levels = [level for level, _ in told if level]
    assert levels == ["DEBUG", "DEBUG", "DEBUG", "INFO", "DEBUG", "DEBUG", "DEBUG"]
    assert told[0][1] == "started" and told[3][1].endswith("before attempt 2, after an error of kind Http")


def test_values_that_do_not_fit_are_one_warning_for_a_reply(caplog: pytest.LogCaptureFixture) -> None:
    with through_local_answers(b'{"code":200,"data":{"orderId":{},"salesOrderId":[]}}') as client:
        client.taobao.order.get(order_id="1")
    (record,) = caplog.records
    assert record.levelname == "WARNING" and record.getMessage() == (
        "taobao.order.get: data.order_id: expected an id, found an object; "
        "data.sales_order_id: expected an id, found a list"
    )


def test_a_misspelt_further_field_is_sent_and_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    told: List[events.Event] = []
    with through_local_answers(b'{"code":200,"data":{}}', on_event=told.append) as client:
        reply = client.with_reply.taobao.after_sale.submit(refund_fee=1, extra={"subOrderIds": "1"})
    expected = ("request.subOrderIds", "sub_order_id", "a field that is not listed")
    assert [(one.path, one.expected, one.found) for one in reply.warnings] == [expected]
    warned = told[1]
    assert isinstance(warned, events.Warned) and (warned.path, warned.expected, warned.found) == expected
    assert "request.subOrderIds: expected sub_order_id" in caplog.text


PROGRAM = """
import sys; sys.path.append("tests")
from conftest import through_local_answers
with through_local_answers(b'{"code":200,"data":{}}') as client:
    client.taobao.order.get(order_id="1")
"""


def logged(level: str) -> subprocess.CompletedProcess[str]:
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    environment = {**os.environ, "XPORTCN_LOG": level}
    return subprocess.run([sys.executable, "-c", PROGRAM], cwd=folder, env=environment, capture_output=True, text=True)


def test_xportcn_log_of_the_environment_writes_the_log_to_the_standard_error_stream() -> None:
    shown = logged("debug").stderr
    assert "DEBUG xportcn: taobao.order.get: attempt 1: HTTP 200" in shown
    assert "sandbox-secret" not in shown
    assert logged("info").stderr == "" == logged("").stderr
    wrong = logged("loud").stderr
    assert "ConfigError" in wrong and "XPORTCN_LOG" in wrong and "debug, info, warning, error" in wrong


def test_a_reply_has_status_headers_attempts_and_duration(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=503,count=2")

    async def awaited() -> Any:
        async with sandbox.async_client(initial_backoff=0.001) as client:
            return await client.with_reply.taobao.after_sale.render(**RENDER)

    with sandbox.client(initial_backoff=0.05) as client:
        reply = client.with_reply.taobao.after_sale.render(**RENDER)
    assert (reply.status, reply.attempts) == (200, 3) and reply.duration > 0
    assert reply.headers["content-type"].startswith("application/json") and "content-length" in reply.headers
    assert pickle.loads(pickle.dumps(reply)) == reply
    whole = asyncio.run(awaited())
    assert (whole.status, whole.attempts, whole.data) == (200, 1, reply.data) and "date" in whole.headers


def test_an_error_has_the_response_attempts_and_duration(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=503")
    with sandbox.client(initial_backoff=0.001, max_retries=1) as client:
        with pytest.raises(xportcn.HttpError) as failed:
            client.taobao.after_sale.render(**RENDER)
        with pytest.raises(xportcn.AmbiguousWriteError) as lost:
            client.taobao.order.purchase_create(**CREATE)
    same: Any = pickle.loads(pickle.dumps(failed.value))
    for error in (failed.value, lost.value.cause, same):
        assert error.response is not None and error.response.status == 503
        assert "content-type" in error.response.headers
    assert failed.value.attempts == 2 and failed.value.duration > 0 and lost.value.attempts == 1
    with xportcn.Client(*ACCOUNT, base_url="http://127.0.0.1:1", max_retries=1, initial_backoff=0.001) as client:
        with pytest.raises(xportcn.TransportError) as none:
            client.taobao.after_sale.render(**RENDER)
    assert none.value.response is None and none.value.attempts == 2
    with pytest.raises(xportcn.InvalidRequestError) as wrong:
        xportcn.Client(*ACCOUNT).request("taobao.after_sale.render", {"colour": "red"})
    assert wrong.value.response is None and wrong.value.attempts == 0


def test_an_http_error_has_the_request_id_of_the_headers() -> None:
    gone = answer(b"gone", "502 Bad Gateway", headers=["X-Request-Id: gateway-7"])
    with platform(lambda received: gone) as peer, xportcn.Client(*ACCOUNT, base_url=peer.url, max_retries=0) as client:
        with pytest.raises(xportcn.HttpError) as failed:
            client.taobao.order.get(order_id="1")
    assert failed.value.request_id == "gateway-7" == failed.value.response.headers["x-request-id"]  # type: ignore[union-attr]


def test_a_user_agent_of_the_callers_own_goes_before_that_of_the_package() -> None:
    seen: List[Received] = []

    def reply(received: Received) -> Any:
        seen.append(received)
        return answer({"code": 200, "data": {}})

    with platform(reply) as peer, xportcn.Client(*ACCOUNT, base_url=peer.url, user_agent="my-shop/1.0") as client:
        client.taobao.order.get(order_id="1")
    named, _, rest = seen[0].headers["user-agent"].partition(" ")
    assert named == "my-shop/1.0" and rest.startswith(f"xportcn-python/{xportcn.__version__} python/3.")
    assert " httpx/" in rest


def test_headers_and_query_of_the_client_and_of_a_call_are_sent() -> None:
    seen: List[Received] = []

    def reply(received: Received) -> Any:
        seen.append(received)
        return answer({"code": 200, "data": {}})

    with platform(reply) as peer:
        with xportcn.Client(*ACCOUNT, base_url=peer.url, headers={"X-Shop": "1"}, query={"tag": "a b"}) as client:
            client.taobao.order.get(order_id="1")
            own = client.with_options(headers={"X-Order": "7"}, query={"more": "c"})
            own.with_options(headers={"X-Last": "8"}).taobao.order.get(order_id="1")
    first, second = seen
    assert first.headers["x-shop"] == "1" and "tag=a%20b" in first.line and "x-order" not in first.headers
    assert [second.headers[name] for name in ("x-shop", "x-order", "x-last")] == ["1", "7", "8"]
    assert "tag=a%20b" in second.line and "more=c" in second.line


@pytest.mark.parametrize(
    "extra",
    [
        {"headers": {"signature": "x"}},
        {"headers": {"Access-Key": "x"}},
        {"headers": {"x-shop": 7}},
        {"headers": ["x-shop"]},
        {"headers": {"x-shop": "1\r\nx-more: 2"}},
        {"query": {"sign": "x"}},
        {"query": "a=b"},
    ],
)
def test_headers_and_query_that_sign_or_are_no_texts_are_refused(extra: Dict[str, Any]) -> None:
    with pytest.raises(xportcn.ConfigError, match=next(iter(extra))):
        xportcn.Client(*ACCOUNT, **extra)
    with pytest.raises(xportcn.ConfigError, match=next(iter(extra))):
        xportcn.Client(*ACCOUNT).with_options(**extra)


def test_a_call_may_act_for_another_sub_account() -> None:
    seen: List[Received] = []

    def reply(received: Received) -> Any:
        seen.append(received)
        return answer({"code": 200, "data": {}})

    with platform(reply) as peer, xportcn.Client(*ACCOUNT, base_url=peer.url) as client:
        other = client.with_options(user_id="sub-7")
        other.taobao.order.get(order_id="1")
        client.taobao.order.get(order_id="1")
    assert [received.headers["user-id"] for received in seen] == ["sub-7", "sandbox-user"]
    assert repr(other).startswith("<xportcn.Client for 'sub-7', base_url=")
    assert repr(client).startswith("<xportcn.Client for 'sandbox-user', base_url=")
