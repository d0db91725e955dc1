"""Beside what programs use with this package: numpy, pydantic and FastAPI, pickles of other libraries, tools that show
what a traceback holds."""

import copy
import json
import pickle
import subprocess
import sys
import traceback
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Callable, Dict, List, Optional, Tuple

import cloudpickle
import fastapi
import numpy
import pydantic
import pytest
from conftest import ACCOUNT, CREATE
from fastapi.testclient import TestClient

import xportcn
from xportcn.models import alibaba, big_major, taobao

SECRET = "Very-Secret-Words"


class Sent:
    """Keeps what would be sent."""

    def __init__(self) -> None:
        self.requests: List[xportcn.Request] = []

    def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
        self.requests.append(request)
        return xportcn.Response(200, [], b'{"code":200,"data":{}}')

    def close(self) -> None:
        pass


class Text(str):
    def __str__(self) -> str:
        return "not what it holds"


class Whole(int):
    pass


class Index:
    def __index__(self) -> int:
        return 7


def line(**more: Any) -> Dict[str, Any]:
    return {"itemId": "1", "skuId": "2", "quantity": 1, **more}


def created(**changed: Any) -> Any:
    """The body of an order with these changes."""
    sent = Sent()
    with xportcn.Client(*ACCOUNT, transport=sent) as client:
        client.taobao.order.purchase_create(**{**CREATE, **changed})
    return json.loads(sent.requests[0].body or b"")


@pytest.mark.parametrize(
    ("quantity", "meant"),
    [
        (numpy.int64(3), "3"),
        (numpy.uint8(3), "3"),
        (numpy.array([3, 4])[0], "3"),
        (Whole(3), "3"),
        (Index(), "7"),
    ],
)
def test_whole_numbers_of_other_types_are_sent_as_what_they_are(quantity: Any, meant: str) -> None:
    for lines in (
        [line(quantity=quantity)],
        [taobao.TaobaoOrderLine(item_id="1", sku_id="2", quantity=quantity)],
    ):
        assert json.loads(created(order_line_list=lines)["orderLineList"])[0]["quantity"] == meant


def test_an_id_of_19_digits_of_another_type_keeps_them_all() -> None:
    digits = "2019601741959504495"
    for id in (numpy.int64(digits), Whole(digits), Text(digits), numpy.str_(digits)):
        lines = json.loads(created(order_line_list=[line(itemId=id)])["orderLineList"])
        assert lines[0]["itemId"] == digits


FLOATS = [0.1 + 0.2, 12.5, 2.0, numpy.float64(12.5), numpy.float32(0.5)]


@pytest.mark.parametrize("amount", FLOATS)
def test_an_amount_that_is_a_float_is_refused_with_a_hint(amount: Any) -> None:
    for changed, path in (
        ({"purchase_amount": amount}, "purchase_amount"),
        ({"order_line_list": [line(), line(price=amount)]}, "order_line_list[1].price"),
        (
            {"order_line_list": [taobao.TaobaoOrderLine(item_id="1", sku_id="2", quantity=1, price=amount)]},
            "order_line_list[0].price",
        ),
    ):
        with pytest.raises(xportcn.InvalidRequestError) as refused:
            created(**changed)
        assert refused.value.path == path
        assert "give Decimal('" in refused.value.reason
    assert created(purchase_amount=Decimal("12.5"))["purchaseAmount"] == 12.5


def test_the_hint_is_the_amount_that_was_meant() -> None:
    with pytest.raises(xportcn.InvalidRequestError, match=r"give Decimal\('0.3'\)"):
        created(purchase_amount=0.1 + 0.2)


@pytest.mark.parametrize(
    "value", [Fraction(1, 3), numpy.array([1, 2]), numpy.datetime64("2024-08-01"), 1j, {1}, object(), b"1"]
)
def test_what_has_no_json_is_refused_by_its_path(value: Any) -> None:
    with pytest.raises(xportcn.InvalidRequestError) as refused:
        created(order_line_list=[line(quantity=value)])
    assert refused.value.path == "order_line_list[0].quantity"
    assert f"cannot be sent as {type(value).__name__}" in refused.value.reason


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.taobao.order.purchase_pay(order_id=None),
        lambda client: client.taobao.order.pay(order_id=None),
        lambda client: client.request("taobao.order.cancel", {"orderId": None}),
        lambda client: client.poizon.order.pay(order_id=None),
        lambda client: client.alibaba.order.cancel(web_site=None, order_id=None, cancel_reason=None),
        lambda client: client.taobao.after_sale.render(sub_order_id=None, goods_status=1, refund_type=1),
    ],
)
def test_an_id_that_is_none_is_refused_before_anything_is_sent(call: Callable[[Any], Any]) -> None:
    sent = Sent()
    with xportcn.Client(*ACCOUNT, transport=sent) as client, pytest.raises(xportcn.InvalidRequestError) as refused:
        call(client)
    assert refused.value.path in ("order_id", "sub_order_id", "web_site")
    assert sent.requests == []


class Page(pydantic.BaseModel):
    order: taobao.TaobaoOrderPurchaseOrder
    offers: List[alibaba.AlibabaProductOfferSummary] = []
    search: Optional[alibaba.AlibabaProductOfferPage] = None


ORDER = taobao.TaobaoOrderPurchaseOrder(order_id="2019601741959504495")
OFFER = alibaba.AlibabaProductOfferSummary(price_info=alibaba.AlibabaProductOfferPrices(price=Decimal("1.50")))
PAGE = Page(order=ORDER, offers=[OFFER], search=alibaba.AlibabaProductOfferPage(data=[OFFER, None]))
PAGE_JSON = {
    "order": {"orderId": "2019601741959504495"},
    "offers": [{"priceInfo": {"price": "1.50"}}],
    "search": {"data": [{"priceInfo": {"price": "1.50"}}, None]},
}


def test_models_of_pydantic_hold_our_objects() -> None:
    assert PAGE.order is ORDER
    assert PAGE.model_dump()["order"] is ORDER
    assert json.loads(PAGE.model_dump_json()) == PAGE_JSON
    assert Page.model_validate_json(PAGE.model_dump_json()) == PAGE
    assert Page.model_validate(PAGE_JSON) == PAGE
    with pytest.raises(pydantic.ValidationError, match=r"\$\.orderId"):
        Page.model_validate({"order": {"orderId": [1]}})
    schema = Page.model_json_schema()
    assert schema["properties"]["order"]["properties"]["orderId"]["anyOf"][0] == {"type": "string"}
    assert "$ref" not in json.dumps(schema)


def test_fastapi_answers_with_our_objects_and_describes_them() -> None:
    app = fastapi.FastAPI()

    @app.get("/order")
    def order() -> taobao.TaobaoOrderPurchaseOrder:  # pyright: ignore[reportUnusedFunction]
        return ORDER

    @app.get("/page", response_model=Page)
    def page() -> Page:  # pyright: ignore[reportUnusedFunction]
        return PAGE

    with TestClient(app) as client:
        assert client.get("/order").json() == PAGE_JSON["order"]
        assert client.get("/page").json() == PAGE_JSON
        described = client.get("/openapi.json").json()
    content = described["paths"]["/order"]["get"]["responses"]["200"]["content"]["application/json"]
    assert "orderId" in content["schema"]["properties"]


def test_fastapi_takes_our_objects_as_bodies_and_refuses_what_does_not_fit() -> None:
    app = fastapi.FastAPI()

    @app.post("/order")
    def order(order: Annotated[taobao.TaobaoOrderPurchaseOrder, fastapi.Body()]) -> Dict[str, Any]:  # pyright: ignore[reportUnusedFunction]
        return order.to_dict(mode="json")

    with TestClient(app) as client:
        taken = client.post("/order", json={"orderId": "1", "orderStatus": 10, "status": "NEW"})
        assert taken.json() == {"order_id": "1", "order_status": 10, "status": "NEW"}
        refused = client.post("/order", json={"orderId": [1]})
        assert refused.status_code == 422 and "$.orderId" in refused.text
        described = client.get("/openapi.json").json()
    body = described["paths"]["/order"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert "orderId" in body["properties"]


def test_pydantic_takes_codes_known_or_not_and_describes_them_as_open() -> None:
    class Held(pydantic.BaseModel):
        status: taobao.TaobaoOrderStatus
        word: Optional[taobao.TaobaoPurchaseStatus] = None

    for value in (10, 77):
        held = Held.model_validate_json(json.dumps({"status": value, "word": "NEW"}))
        assert held.status == value and isinstance(held.status, taobao.TaobaoOrderStatus)
        assert json.loads(held.model_dump_json()) == {"status": value, "word": "NEW"}
    with pytest.raises(pydantic.ValidationError):
        Held.model_validate({"status": "soon"})
    schema = Held.model_json_schema()["properties"]["status"]
    assert schema["anyOf"] == [
        {"type": "integer", "enum": [0, 1, 2, 3, 4, 5, 9, 10, 11, 12]},
        {"type": "integer"},
    ]
    whole = Page.model_json_schema()["properties"]["order"]["properties"]
    assert {"type": "string"} in whole["status"]["anyOf"][0]["anyOf"]


def test_pydantic_is_not_loaded_unless_it_is_used() -> None:
    program = "import xportcn, sys; from xportcn.models import taobao; xportcn.Client('k', 's', 'u'); "
    program += "print([name for name in sys.modules if name.startswith(('pydantic', 'fastapi'))])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


FACTS: Dict[str, Any] = {
    "endpoint": "a.b",
    "requestId": "r",
    "isRetryable": True,
    "code": "500",
    "message": "no",
    "hint": "a hint",
    "recovery": "ask",
    "cause": {"kind": "Timeout", "text": "late", "endpoint": "a.b"},
    "field": "f",
    "path": "orderLineList[0]",
    "reason": "is absent",
    "bodyHead": "<html>",
    "status": 502,
    "transportKind": "dns",
    "detail": "words",
}
ERRORS = [
    getattr(xportcn, name)
    for name in xportcn.__all__
    if isinstance(getattr(xportcn, name), type) and issubclass(getattr(xportcn, name), xportcn.XportcnError)
]
NAMES = "code message hint recovery field path reason body_head status transport_kind detail".split()


def told(error: Any) -> Dict[str, Any]:
    names = [name for name in ("kind", "endpoint", "request_id", "is_retryable", *NAMES) if hasattr(error, name)]
    return {"text": str(error), **{name: getattr(error, name) for name in names}}


@pytest.mark.parametrize("kind", ERRORS)
def test_errors_go_through_pickles_with_all_that_they_hold(kind: Any) -> None:
    error = kind("words", FACTS)
    error.noted = "by the caller"
    assert told(error)["request_id"] == "r" and error.is_retryable
    for same in (
        pickle.loads(pickle.dumps(error)),
        pickle.loads(cloudpickle.dumps(error)),
        copy.copy(error),
        copy.deepcopy(error),
    ):
        assert type(same) is kind
        assert told(same) == told(error)
        assert same.noted == "by the caller"
        if isinstance(same, xportcn.AmbiguousWriteError):
            assert isinstance(same.cause, xportcn.TimeoutError)


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_made_of_ours_and_a_frameworks_own_passes_on_what_it_is_asked(kind: Any) -> None:
    """Ray makes such a class for what a task raises: it derives from both, and asks the error for what it has not."""

    class TaskError(Exception):
        pass

    def make(cause: Any) -> Any:
        class Both(TaskError, kind):  # type: ignore[misc,valid-type]
            def __init__(self, cause: Any) -> None:
                self.cause = cause
                self.args = (cause,)

            def __getattr__(self, name: str) -> Any:
                return getattr(self.cause, name)

            def __str__(self) -> str:
                return str(self.cause)

        return Both(cause)

    error = kind("words", FACTS)
    both = make(error)
    assert isinstance(both, kind) and isinstance(both, TaskError)
    assert told(both) == told(error)
    assert told(pickle.loads(cloudpickle.dumps(both))) == told(error)


def frames(error: BaseException) -> List[Tuple[str, str]]:
    """The variables of every frame behind an error, as tools show them, but for those of the test."""
    found: List[Tuple[str, str]] = []
    todo: List[Optional[BaseException]] = [error]
    while todo:
        one = todo.pop()
        if one is None:
            continue
        todo += [one.__cause__, one.__context__]
        for frame, _ in traceback.walk_tb(one.__traceback__):
            if frame.f_code.co_filename != __file__:
                found += [(f"{frame.f_code.co_name}.{name}", repr(value)) for name, value in frame.f_locals.items()]
    return found


@pytest.mark.parametrize(
    "call",
    [
        lambda: xportcn.verify_push("0" * 64, b"{}", access_key="key", access_secret=SECRET),
        lambda: xportcn.verify_push(None, b"{}", access_key="key", access_secret=SECRET),
        lambda: xportcn.verify_push("0" * 64, "{}", access_key="key", access_secret=SECRET),  # type: ignore[arg-type]
        lambda: xportcn.verify_push(1, b"{}", access_key="key", access_secret=SECRET),  # type: ignore[arg-type]
        lambda: xportcn.Client("key", SECRET, "user").verify_push("0" * 64, b"{}"),
        lambda: xportcn.Client("key", SECRET, "user", limit=5),  # type: ignore[arg-type]
        lambda: xportcn.Client("key", SECRET, "user", timeout="x"),  # type: ignore[arg-type]
        lambda: xportcn.Client("key", SECRET, "user", strict=object()),  # type: ignore[arg-type]
        lambda: xportcn.Client("key", SECRET, "user", signature="x"),
        lambda: xportcn.Client("key", f"{SECRET}\n", "user"),
        lambda: xportcn.Client("key", SECRET.encode(), "user"),  # type: ignore[arg-type]
        lambda: xportcn.Client("key", SECRET, "user", transport=object()),  # type: ignore[arg-type]
        lambda: xportcn.AsyncClient("key", SECRET, "user", http_client=object()),  # type: ignore[arg-type]
        lambda: xportcn.AsyncClient("key", SECRET, "user", paths={"x": "y"}),
    ],
)
def test_what_a_traceback_holds_does_not_show_the_secret(call: Callable[[], Any]) -> None:
    with pytest.raises((xportcn.XportcnError, TypeError)) as failed:
        call()
    shown = frames(failed.value)
    assert shown, "there are no frames to look at"
    assert [name for name, value in shown if SECRET in value] == []


def test_the_secret_of_the_environment_is_not_shown_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XPORTCN_ACCESS_SECRET", SECRET)
    with pytest.raises(xportcn.ConfigError) as failed:
        xportcn.Client("key", user_id="user", signature="x")
    assert [name for name, value in frames(failed.value) if SECRET in value] == []


def test_a_client_that_is_half_made_has_words_for_itself() -> None:
    for kind in (xportcn.Client, xportcn.AsyncClient):
        half: Any = object.__new__(kind)
        assert repr(half) == f"<xportcn.{kind.__name__} for nobody yet>"
        with pytest.raises(xportcn.ConfigError) as failed:
            kind("key", SECRET, "user", signature="x")
        assert any(value.endswith("for nobody yet>") for _, value in frames(failed.value))


def test_measures_may_be_floats() -> None:
    """What is no amount is not looked at as one."""
    from xportcn._params import encode

    for value in (1.5, numpy.float32(1.5)):
        assert json.loads(encode("taobao.order.purchase_create", {"weight": value}, None)) == {"weight": 1.5}
    assert big_major.REPLIES
