"""What people see: in logs, in notebooks, in tracebacks. Neither secret nor signature is among it."""

import copy
import inspect
import io
import logging
import pickle
import pydoc
import re
from decimal import Decimal
from typing import Any, Callable, List

import httpx
import pytest
from conftest import ACCOUNT, CREATE, RENDER, examples

import xportcn
from xportcn.models import alibaba
from xportcn.sandbox import Sandbox

SECRET = "sandbox-secret"
SIGNATURE = re.compile(r"[0-9A-F]{32}|[0-9a-fA-F]{64}")


class Kept(logging.Handler):
    """Keeps everything that is logged, with every argument."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.records: List[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(f"{record.name}: {record.getMessage()} {record.args!r} {record.exc_info!r}")


# A call that has its signature in its URL, too.
def warehouse(client: xportcn.Client) -> None:
    client.request("warehouse.preview_freight", examples()["warehouse.preview_freight"])


def test_a_whole_flow_logs_neither_secret_nor_signature(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    kept = Kept()
    root = logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.NOTSET)
    signatures: List[str] = []

    def note(request: httpx.Request) -> None:
        signatures.append(request.headers["signature"])
        signatures.extend(request.url.params.get_list("sign"))

    errors: List[BaseException] = []
    told: List[Any] = []
    try:
        sandbox = xportcn_new_sandbox("--fault", "kinds=503|html|reset,rate=0.4,seed=3")
        with httpx.Client(event_hooks={"request": [note]}) as own:
            with sandbox.client(http_client=own, initial_backoff=0.001, on_event=told.append) as client:
                for _ in range(8):
                    for call in (
                        lambda: client.taobao.after_sale.render(**RENDER),
                        lambda: client.taobao.order.purchase_create(**CREATE),
                        lambda: warehouse(client),
                        lambda: client.with_options(max_retries=0).request("taobao.order.pay", {"orderId": "1"}),
                    ):
                        try:
                            call()
                        except xportcn.XportcnError as error:
                            errors.append(error)
                shown = repr([client, client.with_reply, vars(client), client.taobao.order])
    finally:
        root.setLevel(level)
        root.removeHandler(kept)

    text = "\n".join(kept.records)
    assert len(signatures) > 40, "not enough was sent to tell"
    assert any("?" in line and "timestamp=" in line for line in kept.records), "the URL with a signature is not logged"
    for name in ("xportcn: ", "httpx: ", "httpcore."):
        assert name in text, f"{name} logs nothing"
    assert len(told) > 100 and any("/open/" in getattr(event, "url", "") for event in told)
    text += repr(told) + shown + "\n".join(f"{error!r} {error.__cause__!r} {vars(error)!r}" for error in errors)
    assert errors
    assert SECRET not in text
    for signature in signatures:
        assert signature not in text
    assert not SIGNATURE.search(text)


def test_waits_and_attempts_are_logged(
    xportcn_new_sandbox: Callable[..., Sandbox], caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = xportcn_new_sandbox("--fault", "kinds=503,count=1")
    with caplog.at_level(logging.DEBUG, "xportcn"), sandbox.client(initial_backoff=0.001) as client:
        client.taobao.after_sale.render(**RENDER)
    assert "taobao.after_sale.render: attempt 1: HTTP 503" in caplog.text
    assert "taobao.after_sale.render: attempt 2: HTTP 200" in caplog.text


def page(count: int) -> alibaba.AlibabaProductOfferPage:
    offers = [alibaba.AlibabaProductOfferSummary(offer_id=str(number), subject="运动鞋") for number in range(count)]
    return alibaba.AlibabaProductOfferPage(data=offers, total_records=count)


def test_objects_show_the_fields_that_are_there() -> None:
    shown = (
        "AlibabaProductOfferPage(total_records=1, data=[AlibabaProductOfferSummary(subject='运动鞋', offer_id='0')])"
    )
    assert repr(page(1)) == shown
    reply = xportcn.Reply(page(1), b"x" * 10_000, "r-1")
    assert len(repr(reply)) < 250
    assert "request_id='r-1'" in repr(reply)


def test_notebooks_show_one_field_to_a_line_and_the_beginning_of_long_lists() -> None:
    from IPython.lib.pretty import pretty

    shown = pretty(page(300))
    assert shown.splitlines()[:2] == ["AlibabaProductOfferPage(", "    total_records=300,"]
    assert "AlibabaProductOfferSummary(subject='运动鞋', offer_id='19')" in shown
    assert "offer_id='20'" not in shown
    assert "... and 280 more" in shown
    reply = xportcn.Reply(page(0), b"{}", "r-1")
    assert pretty(reply) == "Reply(data=AlibabaProductOfferPage(total_records=0, data=[]), request_id='r-1')"
    assert pretty(page(0)) == "AlibabaProductOfferPage(total_records=0, data=[])"


def test_clients_and_their_parts_say_what_they_have(client: xportcn.Client) -> None:
    assert repr(client).startswith("<xportcn.Client for 'sandbox-user', base_url='http://127.0.0.1:")
    assert repr(client.with_reply) == (
        "<xportcn calls: address, alibaba, big_major, international, poizon, taobao, warehouse>"
    )
    assert "render" in repr(client.taobao.after_sale)
    assert repr(client.alibaba.product.keyword_search) == "<xportcn call, with items, pages>"


def test_a_call_that_nobody_awaits_is_named() -> None:
    client = xportcn.AsyncClient(*ACCOUNT)
    for view in (client, client.with_reply):
        with pytest.warns(RuntimeWarning, match="coroutine 'taobao.after_sale.render' was never awaited"):
            view.taobao.after_sale.render(**RENDER)


@pytest.mark.parametrize(
    ("header", "body", "wrong"),
    [("0" * 64, "{}", "body must be the raw bytes"), (b"0" * 64, b"{}", "header must be text")],
)
def test_a_pushed_message_of_other_types_is_refused_in_words(header: Any, body: Any, wrong: str) -> None:
    with pytest.raises(TypeError, match=wrong):
        xportcn.verify_push(header, body, access_key="key", access_secret="secret")


def test_every_style_has_the_same_parameters_and_words(xportcn_sandbox: Sandbox) -> None:
    awaited = xportcn_sandbox.async_client()
    with xportcn_sandbox.client() as client:
        render = client.taobao.after_sale.render
        awaits, whole = awaited.taobao.after_sale.render, awaited.with_reply.taobao.after_sale.render
        styles = [
            ("taobao_models.TaobaoAfterSaleRenderReply", False, render),
            ("Reply[taobao_models.TaobaoAfterSaleRenderReply]", False, client.with_reply.taobao.after_sale.render),
            ("taobao_models.TaobaoAfterSaleRenderReply", True, awaits),
            ("Reply[taobao_models.TaobaoAfterSaleRenderReply]", True, whole),
        ]
        for result, is_async, call in styles:
            signature = inspect.signature(call)
            assert str(signature.return_annotation) == result
            assert inspect.iscoroutinefunction(call) is is_async
            assert signature.parameters == inspect.signature(render).parameters
            assert call.__doc__ == render.__doc__ and "sub_order_id: " in (call.__doc__ or "")


def test_help_for_a_call_says_meaning_fields_units_errors_and_evidence(client: xportcn.Client) -> None:
    shown = pydoc.plain(pydoc.render_doc(client.taobao.order.purchase_create))
    for words in (
        "Creates a purchase order on Taobao.",
        "purchase_amount: ",
        "in fen",
        "`taobao.order.purchase_create`, POST ",
        "Path: ",
        "InvalidRequestError: A field is wrong; its name is in `path`. Nothing was sent.",
        "ApiError: The platform refused the call",
        "AmbiguousWriteError: The answer is lost, and it may have been carried out",
    ):
        assert words in shown, shown
    reads = pydoc.plain(pydoc.render_doc(client.taobao.after_sale.render))
    assert "ApiError: " in reads and "AmbiguousWriteError" not in reads
    paged = pydoc.plain(pydoc.render_doc(client.alibaba.product.keyword_search))
    assert "keyword: " in paged and "ApiError: " in paged and "`items`" in paged


def test_replies_are_copied_and_pickled(client: xportcn.Client) -> None:
    reply = client.with_reply.taobao.after_sale.render(**RENDER)
    page = client.alibaba.product.keyword_search(keyword="鞋")
    for value in (reply, reply.data, page):
        for same in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), copy.copy(value)):
            assert same == value
            assert type(same) is type(value)


def test_replies_cannot_be_changed(client: xportcn.Client) -> None:
    reply = client.with_reply.taobao.after_sale.render(**RENDER)
    with pytest.raises(AttributeError):
        reply.data.currency = "EUR"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        reply.request_id = "other"  # type: ignore[misc]


def test_objects_become_dictionaries_of_what_is_there() -> None:
    price = alibaba.AlibabaProductOfferPrices(price=Decimal("12.50"))
    offer = alibaba.AlibabaProductOfferSummary(offer_id="1", price_info=price)
    assert alibaba.AlibabaProductOfferPage(data=[offer, None]).to_dict() == {
        "data": [{"offer_id": "1", "price_info": {"price": Decimal("12.50")}}, None]
    }
    assert offer.to_json() == '{"offerId":"1","priceInfo":{"price":"12.50"}}'


def test_calls_can_be_looked_up() -> None:
    rows = xportcn.endpoints()
    assert len(rows) == len({row.id for row in rows}) >= 90
    render = next(row for row in rows if row.id == "taobao.after_sale.render")
    assert (render.method, render.path, render.safety) == ("POST", "/open/order/refund/render", "read")
    assert (render.path_evidence, render.items) == ("seed", None)
    assert next(row for row in rows if row.id == "alibaba.product.keyword_search").items == "data"


def test_help_is_there_for_every_public_name() -> None:
    for name in xportcn.__all__:
        thing = getattr(xportcn, name)
        assert name == "__version__" or (inspect.getdoc(thing) or "").strip(), name
        if inspect.isclass(thing):
            for member, value in vars(thing).items():
                if not member.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)):
                    assert inspect.getdoc(value), f"{name}.{member}"


def test_streams_are_not_read_ahead(client: xportcn.Client) -> None:
    """A walk over pages asks for a page when it is wanted."""
    output = io.StringIO()
    handler = logging.StreamHandler(output)
    logger = logging.getLogger("xportcn")
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        items = client.alibaba.product.keyword_search.items(keyword="鞋", page_size=7)
        assert output.getvalue() == ""
        for _ in range(7):
            next(items)
        assert output.getvalue().count("HTTP 200") == 1
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)
