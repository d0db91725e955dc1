"""Codes are open enumerations: known values with names and meanings, and whatever else the platform sends."""

import copy
import json
import pickle
from typing import Any, Dict, List

import pytest
from conftest import through_local_answers

import xportcn
from xportcn.models import taobao


def order(**fields: Any) -> taobao.TaobaoOrderPurchaseOrder:
    body = json.dumps({"code": 200, "data": fields}).encode()
    with through_local_answers(body) as client:
        return client.taobao.order.get(order_id="1")


def test_a_known_code_has_its_name_and_its_meaning_and_equals_the_plain_value() -> None:
    read = order(orderStatus=10, status="WAIT_BUYER_P")
    assert read.order_status is taobao.TaobaoOrderStatus.WAIT_SELLER_SEND_GOODS
    assert read.order_status == 10 and hash(read.order_status) == hash(10) and read.order_status != 11
    assert read.order_status.is_known and read.order_status.name == "WAIT_SELLER_SEND_GOODS"
    assert read.order_status.meaning == "Paid; awaiting shipment."
    assert read.status is taobao.TaobaoPurchaseStatus.WAIT_BUYER_PAY
    assert read.status == "WAIT_BUYER_P" and {"WAIT_BUYER_P": 1}[read.status] == 1
    assert f"{read.status} {read.order_status:03d} {read.order_status}" == "WAIT_BUYER_P 010 10"
    assert repr(read.order_status) == "<TaobaoOrderStatus.WAIT_SELLER_SEND_GOODS: 10>"


def test_an_unknown_code_is_kept_and_equals_the_plain_value() -> None:
    read = order(orderStatus=77, status="DISPATCHED")
    assert isinstance(read.order_status, taobao.TaobaoOrderStatus) and isinstance(
        read.status, taobao.TaobaoPurchaseStatus
    )
    assert read.order_status == 77 and read.status == "DISPATCHED" and hash(read.status) == hash("DISPATCHED")
    assert (read.status.is_known, read.status.name, read.status.meaning) == (False, "", "")
    assert str(read.status) == "DISPATCHED" and repr(read.status) == "<TaobaoPurchaseStatus: 'DISPATCHED'>"
    assert read.status not in list(taobao.TaobaoPurchaseStatus)
    assert read.to_json() == '{"orderStatus":77,"status":"DISPATCHED"}'
    assert order(orderStatus="soon").order_status == "soon", "text where a number belongs"
    for same in (pickle.loads(pickle.dumps(read)), copy.deepcopy(read), copy.copy(read)):
        assert same == read and type(same.status) is taobao.TaobaoPurchaseStatus and not same.status.is_known


def test_codes_are_listed_by_iteration() -> None:
    meanings: Dict[int, str] = {code.value: code.meaning for code in taobao.TaobaoOrderStatus}
    assert meanings[10] == "Paid; awaiting shipment." and all(meanings.values())
    assert taobao.TaobaoOrderStatus(4) is taobao.TaobaoOrderStatus.CANCELLED
    for kind, wrong in (
        (taobao.TaobaoOrderStatus, "4"),
        (taobao.TaobaoOrderStatus, 4.5),
        (taobao.TaobaoPurchaseStatus, 4),
    ):
        with pytest.raises(ValueError):
            kind(wrong)


@pytest.mark.parametrize("given", [10, "10", taobao.TaobaoRefundStatus.APPLIED, taobao.TaobaoRefundStatus(10)])
def test_calls_take_codes_and_plain_values(given: Any) -> None:
    sent: List[Any] = []

    class Kept:
        def send(self, request: xportcn.Request, timeout: float, max_bytes: int) -> xportcn.Response:
            sent.append(json.loads(request.body or b"{}"))
            return xportcn.Response(200, [], b'{"code":200,"data":{}}')

        def close(self) -> None:
            pass

    with xportcn.Client("key", "secret", "user", transport=Kept()) as client:
        client.taobao.after_sale.list(page_no=1, page_size=10, refund_status=given)
        client.request("taobao.after_sale.list", {"pageNo": 1, "pageSize": 10, "refundStatus": given})
    assert [body["refundStatus"] for body in sent] == [10, 10]


def test_json_of_codes_is_that_of_plain_values() -> None:
    status = taobao.TaobaoOrderStatus
    assert json.dumps([status.CANCELLED, status(99), taobao.TaobaoPurchaseStatus("NEW")]) == '[4, 99, "NEW"]'
