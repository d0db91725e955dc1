"""Objects to dictionaries and JSON and back, and what is absent beside what is null."""

import json
import typing
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, List

import pytest
from conftest import through_local_answers

from xportcn.models import alibaba, taobao

BEIJING = timezone(timedelta(hours=8))
LINE = taobao.TaobaoOrderSubPurchaseOrder(pay_time=datetime(2026, 1, 2, 3, 4, 5, tzinfo=BEIJING))
ORDER = taobao.TaobaoOrderPurchaseOrder(
    order_id="1034499579120189839",
    order_status=taobao.TaobaoOrderStatus.WAIT_SELLER_SEND_GOODS,
    status=taobao.TaobaoPurchaseStatus("NEW"),
    sub_orders=[LINE, None],
)


def test_to_dict_in_the_mode_json_has_only_what_json_has() -> None:
    plain = ORDER.to_dict(mode="json")
    assert plain == {
        "order_id": "1034499579120189839",
        "order_status": 10,
        "status": "NEW",
        "sub_orders": [{"pay_time": "2026-01-02T03:04:05+08:00"}, None],
    }
    assert (type(plain["order_status"]), type(plain["status"])) == (int, str)
    assert json.loads(json.dumps(plain)) == plain
    price = alibaba.AlibabaProductOfferPrices(price=Decimal("12.50"))
    assert price.to_dict(mode="json") == {"price": "12.50"} and price.to_dict() == {"price": Decimal("12.50")}
    assert ORDER.to_dict()["sub_orders"][0]["pay_time"] is LINE.pay_time
    with pytest.raises(ValueError, match="'python' or 'json', not 'xml'"):
        ORDER.to_dict(mode=typing.cast(Any, "xml"))


def test_from_json_reads_what_to_json_writes() -> None:
    text = ORDER.to_json()
    for given in (text, text.encode()):
        assert taobao.TaobaoOrderPurchaseOrder.from_json(given) == ORDER
    more = taobao.TaobaoOrderPurchaseOrder.from_json('{"orderId": "1", "colour": "red"}')
    assert more == taobao.TaobaoOrderPurchaseOrder(order_id="1")
    given_line = taobao.TaobaoOrderPageParam(source_type="item", biz_id="234576234")
    assert taobao.TaobaoOrderPageParam.from_json(given_line.to_json()) == given_line
    for wrong in ("{", '{"orderId": 7.5}', "[]"):
        with pytest.raises(ValueError, match="TaobaoOrderPurchaseOrder: "):
            taobao.TaobaoOrderPurchaseOrder.from_json(wrong)


def test_every_object_is_read_from_json() -> None:
    kinds: List[Any] = [
        kind
        for module in (alibaba, taobao)
        for kind in vars(module).values()
        if isinstance(kind, type) and hasattr(kind, "from_json") and kind.__module__ == module.__name__
    ]
    assert len(kinds) > 100
    read = 0
    for kind in kinds:
        try:
            assert kind.from_json("{}") == kind()
            read += 1
        except ValueError as error:
            assert "missing required field" in str(error)
    assert read > 100


def test_a_reply_tells_a_field_that_is_absent_from_one_that_is_null() -> None:
    body = b'{"code":200,"data":{"orderId":"1","status":null,"subOrders":[{"payTime":null},{}],"newField":1}}'
    with through_local_answers(body) as client:
        reply = client.with_reply.taobao.order.get(order_id="1")
    assert reply.data.status is None and reply.data.sales_order_id is None
    assert reply.has("status") and not reply.has("sales_order_id")
    assert reply.has("sub_orders[0].pay_time") and not reply.has("sub_orders[1].pay_time")
    assert reply.has("sub_orders[1]") and not reply.has("sub_orders[2]") and not reply.has("order_id.more")
    assert reply.has("new_field") and reply.has("newField") and reply.has("")
    assert json.loads(reply.json)["newField"] == 1
