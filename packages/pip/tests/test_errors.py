"""What is wrong is told by exceptions: bad settings, bad requests, refusals, lost answers."""

import pickle
from decimal import Decimal
from typing import Any, Callable, Dict, Tuple

import pytest
from conftest import ACCOUNT, CREATE, RENDER, through_local_answers

import xportcn
from xportcn.models import taobao
from xportcn.sandbox import Sandbox

SECRET = "Very-Secret-Words"
NOT_SECONDS = "must be a number of seconds"


@pytest.mark.parametrize(
    ("setting", "value", "reason"),
    [
        ("access_key", "", "is empty"),
        ("access_key", 5, "must be text"),
        ("access_secret", f"{SECRET}\n", ""),
        ("access_secret", SECRET.encode(), "type"),
        ("user_id", "", "is empty"),
        ("base_url", "http://example.com", "https"),
        ("base_url", "ftp://127.0.0.1", "https"),
        ("http_client", object(), "must be an httpx.Client"),
        ("transport", object(), "`send` and `close`"),
        ("max_retries", -1, "not negative"),
        ("max_retries", 1.5, "whole number"),
        ("max_retries", "2", "whole number"),
        ("timeout", "5", NOT_SECONDS),
        ("timeout", -1, NOT_SECONDS),
        ("timeout", float("nan"), NOT_SECONDS),
        ("timeout", True, NOT_SECONDS),
        ("deadline", float("inf"), NOT_SECONDS),
        ("initial_backoff", object(), NOT_SECONDS),
        ("max_backoff", [1], NOT_SECONDS),
        ("retry_writes", 1, "true or false"),
        ("recovery_window", -1, NOT_SECONDS),
        ("retry_after_recovery", "yes", "true or false"),
        ("signature", "sha1", "hmac-sha256"),
        ("timestamp_unit", "m", "`ms`"),
        ("limit", 5, "two numbers"),
        ("limit", (1,), "two numbers"),
        ("paths", ["a"], "by the ids"),
        ("paths", {"taobao.order.nothing": "/x"}, "no endpoint"),
        ("paths", {"taobao.order.pay": 5}, "must be text"),
        ("max_reply_bytes", -5, "not negative"),
        ("strict", "yes", "true or false"),
    ],
)
def test_a_wrong_setting_is_named_as_python_spells_it(setting: str, value: Any, reason: str) -> None:
    settings: Dict[str, Any] = {"access_key": "key", "access_secret": SECRET, "user_id": "user", setting: value}
    for kind in (xportcn.Client, xportcn.AsyncClient):
        if setting == "http_client" and kind is xportcn.AsyncClient:
            reason = "must be an httpx.AsyncClient"
        if setting == "transport" and kind is xportcn.AsyncClient:
            reason = "`send` and `aclose`"
        with pytest.raises(xportcn.ConfigError) as refused:
            kind(**settings)
        assert refused.value.field == setting
        assert f"`{setting}`" in str(refused.value)
        assert reason in refused.value.reason
        assert SECRET not in repr(refused.value)


@pytest.mark.parametrize(
    ("limit", "field", "reason"),
    [
        ((0, 1), "limit.per_second", "number above 0"),
        ((1e-9, 1), "limit.per_second", "number above 0"),
        ((5, 2.5), "limit.burst", "whole number"),
    ],
)
def test_a_wrong_part_of_a_setting_is_named(limit: Any, field: str, reason: str) -> None:
    for kind in (xportcn.Client, xportcn.AsyncClient):
        with pytest.raises(xportcn.ConfigError, match=f"`{field}`") as refused:
            kind("key", SECRET, "user", limit=limit)
        assert refused.value.field == field
        assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("options", "field"),
    [({"max_retries": -1}, "max_retries"), ({"timeout": "x"}, "timeout"), ({"retry_writes": 1}, "retry_writes")],
)
def test_wrong_options_are_refused_at_once(options: Dict[str, Any], field: str) -> None:
    with xportcn.Client(*ACCOUNT) as client, pytest.raises(xportcn.ConfigError) as refused:
        client.with_options(**options)
    assert refused.value.field == field


def holding_itself() -> Any:
    value: Any = []
    value.append(value)
    return value


def line(**more: Any) -> Dict[str, Any]:
    return {"itemId": "1", "skuId": "2", "quantity": 1, **more}


@pytest.mark.parametrize(
    ("call", "changed", "path", "reason"),
    [
        ("render", {"sub_order_id": None}, "sub_order_id", "is required"),
        ("render", {"sub_order_id": ""}, "sub_order_id", "must not be empty"),
        ("render", {"sub_order_id": 1.5}, "sub_order_id", "fraction"),
        ("render", {"sub_order_id": True}, "sub_order_id", "expected an id"),
        ("render", {"sub_order_id": b"123"}, "sub_order_id", "cannot be sent as bytes"),
        ("render", {"sub_order_id": object()}, "sub_order_id", "cannot be sent as object"),
        ("render", {"sub_order_id": "\ud800"}, "sub_order_id", "half a character"),
        ("render", {"goods_status": "x"}, "goods_status", "whole number"),
        ("render", {"goods_status": [1]}, "goods_status", "found a list"),
        ("render", {"goods_status": float("nan")}, "goods_status", "nan is no number"),
        ("render", {"goods_status": 2**70}, "goods_status", "whole number"),
        ("create", {"order_line_list": {}}, "order_line_list", "expected a list"),
        ("create", {"order_line_list": "x"}, "order_line_list", "not JSON"),
        ("create", {"order_line_list": {1, 2}}, "order_line_list", "cannot be sent as set"),
        ("create", {"order_line_list": holding_itself()}, "order_line_list", "holds itself"),
        ("create", {"order_line_list": [line(quantity="x")]}, "order_line_list[0].quantity", "whole number"),
        ("create", {"order_line_list": [line(), line(itemId=b"1")]}, "order_line_list[1].item_id", "bytes"),
        ("create", {"order_line_list": [line(price=float("inf"))]}, "order_line_list[0].price", "inf is no number"),
        ("create", {"order_line_list": [{1: 2}]}, "order_line_list[0]", "names of fields are text"),
        ("create", {"order_line_list": [line(item_id="1")]}, "order_line_list[0].item_id", "did you mean `itemId`"),
        (
            "create",
            {"order_line_list": [taobao.TaobaoOrderLine(item_id="1", sku_id="\udfff", quantity=1)]},
            "order_line_list[0].sku_id",
            "half a character",
        ),
        ("create", {"purchase_amount": Decimal("NaN")}, "purchase_amount", "expected an amount"),
    ],
)
def test_a_wrong_request_is_refused_by_its_field(call: str, changed: Dict[str, Any], path: str, reason: str) -> None:
    class Forbidden:
        def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
            raise AssertionError("it was sent")

        def close(self) -> None:
            pass

    with xportcn.Client(*ACCOUNT, transport=Forbidden()) as client:
        functions: Dict[str, Tuple[Callable[..., Any], Dict[str, Any]]] = {
            "render": (client.taobao.after_sale.render, RENDER),
            "create": (client.taobao.order.purchase_create, CREATE),
        }
        function, right = functions[call]
        with pytest.raises(xportcn.InvalidRequestError) as refused:
            function(**{**right, **changed})
    assert refused.value.path == path
    assert f"`{path}`" in str(refused.value)
    assert reason in refused.value.reason
    assert "nothing was sent" in str(refused.value)
    assert isinstance(refused.value, ValueError)


def test_wrong_arguments_are_refused_by_python_as_of_any_function(client: xportcn.Client) -> None:
    with pytest.raises(TypeError, match="nothing"):
        client.taobao.after_sale.render(**RENDER, nothing=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="'goods_status' and 'refund_type'"):
        client.with_reply.taobao.after_sale.render(sub_order_id="1")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="positional"):
        client.taobao.after_sale.render("1", 1, 1)  # type: ignore[misc,call-arg]


@pytest.mark.parametrize(("id", "params"), [("taobao.order.nothing", {}), ("taobao.order.pay", [1]), ("", {})])
def test_a_wrong_request_by_id(id: str, params: Any) -> None:
    with xportcn.Client(*ACCOUNT) as client, pytest.raises(xportcn.InvalidRequestError) as refused:
        client.request(id, params)
    assert refused.value.endpoint == id


def test_a_refusal_of_the_platform(xportcn_sandbox: Sandbox) -> None:
    with xportcn.Client("sandbox-key", "wrong-secret", "sandbox-user", base_url=xportcn_sandbox.url) as client:
        with pytest.raises(xportcn.ApiError) as refused:
            client.taobao.after_sale.render(**RENDER)
    assert refused.value.code
    assert refused.value.message
    assert refused.value.endpoint == "taobao.after_sale.render"
    assert "wrong-secret" not in str(refused.value)


def test_no_connection() -> None:
    import httpx

    with xportcn.Client(*ACCOUNT, base_url="http://127.0.0.1:1", max_retries=1, initial_backoff=0.001) as client:
        with pytest.raises(xportcn.TransportError) as lost:
            client.taobao.after_sale.render(**RENDER)
    assert lost.value.transport_kind == "connect"
    assert lost.value.is_retryable
    assert isinstance(lost.value, ConnectionError)
    assert isinstance(lost.value.__cause__, xportcn.TransportFailure)
    assert isinstance(lost.value.__cause__.__cause__, httpx.ConnectError)


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("503", xportcn.HttpError),
        ("html", xportcn.DecodeError),
        ("truncate", xportcn.TransportError),
        ("slow", xportcn.TimeoutError),
        ("reset", xportcn.TransportError),
    ],
)
def test_faults_are_told_apart_and_a_write_is_ambiguous(
    xportcn_new_sandbox: Callable[..., Sandbox], kind: str, error: Any
) -> None:
    sandbox = xportcn_new_sandbox("--fault", f"kinds={kind},slow-ms=60000")
    with sandbox.client(max_retries=0, timeout=0.5 if kind == "slow" else 30) as client:
        with pytest.raises((error, xportcn.DecodeError)):
            client.taobao.after_sale.render(**RENDER)
        with pytest.raises(xportcn.AmbiguousWriteError) as lost:
            client.taobao.order.purchase_create(**CREATE, seller_order_number="1")
        assert "taobao." in lost.value.recovery
        assert isinstance(lost.value.cause, (error, xportcn.DecodeError))


@pytest.mark.parametrize(
    "error",
    [
        xportcn.ApiError("refused", {"code": "500", "message": "no", "endpoint": "a.b", "requestId": "r"}),
        xportcn.AmbiguousWriteError("lost", {"cause": {"kind": "Timeout", "text": "late"}, "recovery": "ask"}),
        xportcn.InvalidRequestError("wrong", {"path": "orderLineList[0].itemId", "reason": "is absent"}),
        xportcn.ClosedError("closed", {"endpoint": "a.b"}),
    ],
)
def test_errors_survive_pickling_and_copying(error: xportcn.XportcnError) -> None:
    import copy

    for same in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(same) is type(error)
        assert str(same) == str(error)
        assert (same.endpoint, same.request_id) == (error.endpoint, error.request_id)
        for name in ("code", "message", "path", "reason", "recovery"):
            assert getattr(same, name, None) == getattr(error, name, None)
    if isinstance(error, xportcn.AmbiguousWriteError):
        assert isinstance(pickle.loads(pickle.dumps(error)).cause, xportcn.TimeoutError)


def test_a_transports_failure_survives_pickling() -> None:
    same = pickle.loads(pickle.dumps(xportcn.TransportFailure("connect", False, "refused")))
    assert (same.kind, same.maybe_sent, same.detail, str(same)) == ("connect", False, "refused", "refused")


def test_a_value_that_does_not_fit_is_a_warning_and_with_strict_an_error(caplog: pytest.LogCaptureFixture) -> None:
    body = b'{"code":200,"requestId":"r","data":{"currency":["CNY"]}}'
    with through_local_answers(body) as client:
        reply = client.with_reply.taobao.after_sale.render(**RENDER)
    assert reply.data.currency is None
    assert [warning.path for warning in reply.warnings] == ["data.currency"]
    assert reply.raw == body
    assert "data.currency" in caplog.text
    with through_local_answers(body, strict=True) as client, pytest.raises(xportcn.DecodeError) as refused:
        client.taobao.after_sale.render(**RENDER)
    assert refused.value.path == "data.currency"


def test_a_reply_that_is_too_large_is_not_read(client: xportcn.Client, xportcn_sandbox: Sandbox) -> None:
    with (
        xportcn_sandbox.client(max_reply_bytes=20, max_retries=0) as small,
        pytest.raises(xportcn.DecodeError) as refused,
    ):
        small.taobao.after_sale.render(**RENDER)
    assert "larger than 20 bytes" in refused.value.reason
