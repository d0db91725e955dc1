"""A program of a user, for type checkers: twenty endpoints, of all styles."""

from decimal import Decimal
from typing import List, Optional

import xportcn


def buy(client: xportcn.Client) -> Optional[str]:
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
        if offer.offer_id is not None and price is not None:
            found.append(offer.offer_id)
    return found


async def awaited(client: xportcn.AsyncClient) -> int:
    page = await client.alibaba.product.keyword_search(keyword="shoes")
    total: Optional[int] = page.total_records
    async for offer in client.alibaba.product.keyword_search.items(keyword="shoes"):
        if offer.subject_trans is not None:
            total = (total or 0) + 1
    return total or 0
