# pyright: strict
"""A program of a user, for type checkers: more than twenty endpoints, in all styles."""

from decimal import Decimal
from typing import Any, List, Optional

from typing_extensions import assert_type

import xportcn
from xportcn.models import alibaba, taobao


def refund(client: xportcn.Client) -> Optional[str]:
    rendered = client.taobao.after_sale.render(sub_order_id="1", goods_status=1, refund_type=1)
    currency: Optional[str] = rendered.currency
    reply = client.with_reply.taobao.after_sale.render(sub_order_id="1", goods_status=1, refund_type=1)
    same: Optional[str] = reply.data.currency
    request_id: Optional[str] = reply.request_id
    return currency or same or request_id


def offers(client: xportcn.Client) -> List[str]:
    found: List[str] = []
    for offer in client.alibaba.product.keyword_search.items(keyword="shoes"):
        price: Optional[Decimal] = offer.price_info.price if offer.price_info else None
        created: Optional[str] = offer.create_date
        if offer.offer_id is not None and price is not None and created is not None:
            found.append(offer.offer_id)
    for page in client.alibaba.product.keyword_search.pages(keyword="shoes"):
        total: Optional[int] = page.total_records
        found.append(str(total))
    return found


def many(client: xportcn.Client) -> List[Any]:
    line = taobao.TaobaoOrderLine(item_id="1", sku_id="2", quantity=3)
    patient = client.with_options(max_retries=5, timeout=10, deadline=300)
    return [
        line.to_dict(),
        patient.taobao.product.recommend(page_no=1, page_size=10, language="en"),
        patient.taobao.product.spu_list(page_no=1, page_size=10),
        patient.taobao.product.spu_details(items=["672991141190"]),
        patient.taobao.product.detail_v2(item_id="672991141190"),
        patient.taobao.product.search(keyword="电动车", page_size=5, page_no=1, sort="tk_rate_desc"),
        patient.taobao.product.image_search(
            image_address="https://img.alicdn.com/bao/uploaded/i1/263669477/O1CN01fH0cbf2JsW8fvHFwx_!!263669477.jpg",
            page_no=1,
            page_size=10,
        ),
        patient.taobao.product.get(item_id="672991141190"),
        patient.taobao.product.query(item_id="672991141190"),
        patient.taobao.order.purchase_page(page_no=1, page_size=10),
        patient.taobao.order.purchase_cancel(order_id="1024285237573584051"),
        patient.taobao.order.purchase_pay(order_id="1024285237573584051"),
        patient.taobao.order.page(page_no=1, page_size=10),
        patient.taobao.order.upload_voucher(order_id="1024285237573584051"),
        patient.taobao.order.cancel(order_id="1024285237573584051"),
        patient.taobao.order.update_warehouse(
            warehouse_address="广西省", warehouse_name="一号仓库", order_id="1024285237573584051"
        ),
        patient.taobao.order.pay(order_id="1024285237573584051"),
        patient.taobao.order.im_link(
            login_name="main:sub",
            password="password",
            page_name="imDialog",
            page_param_map=taobao.TaobaoOrderPageParam(source_type="item", biz_id="234576234"),
        ),
        patient.taobao.order.get(order_id="1024285237573584051"),
        patient.taobao.order.logistics(sub_purchase_order_id="200033789041"),
        patient.taobao.after_sale.list(refund_status=1, page_no=1, page_size=10),
    ]


async def awaited(client: xportcn.AsyncClient) -> int:
    page = await client.alibaba.product.keyword_search(keyword="shoes")
    total: Optional[int] = page.total_records
    async for offer in client.alibaba.product.keyword_search.items(keyword="shoes"):
        if offer.subject_trans is not None:
            total = (total or 0) + 1
    reply = await client.with_reply.alibaba.product.keyword_search(keyword="shoes")
    shown: Optional[alibaba.AlibabaProductOfferPage] = reply.data
    return total or (shown.total_page if shown and shown.total_page else 0)


def failed(error: xportcn.XportcnError) -> str:
    if isinstance(error, xportcn.InvalidRequestError):
        return error.path
    if isinstance(error, xportcn.AmbiguousWriteError):
        return error.recovery
    return error.request_id or ""


def found_out(client: xportcn.Client, lost: xportcn.AmbiguousWriteError) -> str:
    ticket: str = lost.ticket
    patient = client.with_options(recovery_window=600, retry_after_recovery=True)
    outcome: xportcn.Outcome = patient.recover(lost)
    if outcome.is_done or patient.recover(ticket).is_not_done:
        return outcome.outcome
    ended = patient.settle("taobao.order.purchase_pay", {"orderId": "1"})
    if isinstance(ended, xportcn.Outcome):
        return ended.reason or ", ".join(ended.missing)
    reply: xportcn.Reply[Any] = ended
    return reply.request_id or ""


async def found_out_later(client: xportcn.AsyncClient, ticket: str) -> bool:
    outcome: xportcn.Outcome = await client.recover(ticket)
    ended = await client.settle("taobao.order.purchase_pay", {"orderId": "1"})
    return outcome.is_done or not isinstance(ended, xportcn.Outcome)


def pushed(body: bytes) -> xportcn.PushMessage:
    return xportcn.verify_push("authorization", body, access_key="key", access_secret="secret")


def styles_agree(client: xportcn.Client) -> None:
    whole = client.with_reply
    assert_type(client.taobao.order.get(order_id="1"), taobao.TaobaoOrderPurchaseOrder)
    assert_type(whole.taobao.order.get(order_id="1"), xportcn.Reply[taobao.TaobaoOrderPurchaseOrder])
    assert_type(client.alibaba.product.keyword_search(keyword="shoes"), alibaba.AlibabaProductOfferPage)
    for offer in client.alibaba.product.keyword_search.items(keyword="shoes"):
        assert_type(offer, alibaba.AlibabaProductOfferSummary)
    for page in whole.alibaba.product.keyword_search.pages(keyword="shoes"):
        assert_type(page, xportcn.Reply[alibaba.AlibabaProductOfferPage])


async def awaited_styles_agree(client: xportcn.AsyncClient) -> None:
    whole = client.with_reply
    assert_type(await client.taobao.order.get(order_id="1"), taobao.TaobaoOrderPurchaseOrder)
    assert_type(await whole.taobao.order.get(order_id="1"), xportcn.Reply[taobao.TaobaoOrderPurchaseOrder])
    async for offer in client.alibaba.product.keyword_search.items(keyword="shoes"):
        assert_type(offer, alibaba.AlibabaProductOfferSummary)
    async for page in whole.alibaba.product.keyword_search.pages(keyword="shoes"):
        assert_type(page, xportcn.Reply[alibaba.AlibabaProductOfferPage])
    waited = await client.taobao.order.wait_until("shipped", order_id="1")
    assert_type(waited.is_reached, bool)


def codes(client: xportcn.Client) -> List[str]:
    order = client.taobao.order.get(order_id="1")
    client.taobao.after_sale.list(page_no=1, page_size=10, refund_status=10)
    client.taobao.after_sale.list(page_no=1, page_size=10, refund_status=taobao.TaobaoRefundStatus.APPLIED)
    if order.status and (order.status == taobao.TaobaoPurchaseStatus.WAIT_BUYER_PAY or order.status == "NEW"):
        assert_type(order.status.meaning, str)
        return [order.status.name, order.status]
    if isinstance(order.order_status, taobao.TaobaoOrderStatus) and order.order_status == 10:
        return [order.order_status.meaning]
    return [code.value for code in taobao.TaobaoPurchaseStatus]
