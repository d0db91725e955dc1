"""Asks for the money of an order back, and waits for it."""

from order import order, pay

# region refund
from xportcn import Client


def refund(client: Client, order_id: str, sub_order_id: str) -> str:
    # What may be asked for: reasons, and the limits of the amount, in fen.
    asked = client.taobao.after_sale.render(sub_order_id=sub_order_id, goods_status=1, refund_type=1)
    template = asked.refund_order_template
    assert template and template.max_refund_fee and template.refund_reasons and template.refund_reasons[0]

    client.taobao.after_sale.submit(
        sub_order_id=sub_order_id,
        goods_status=1,  # not shipped
        refund_type=1,  # money back, without a return of goods
        reason_id=template.refund_reasons[0].reason_id,
        refund_fee=template.max_refund_fee.max_refund_fee,
    )

    # The reply of that call is not published; the list of after-sale orders tells the refund's id.
    found = next(client.taobao.after_sale.list.items(purchase_order_id=order_id, page_size=10))
    assert found.refund_order and found.refund_order.refund_id
    waited = client.taobao.after_sale.wait_until("refunded", refund_id=found.refund_order.refund_id)
    return waited.outcome  # "reached", "never" after it was withdrawn, or "timed out"


# endregion

if __name__ == "__main__":
    with Client() as client:
        created = order(client, "guide-python-2")
        assert created.purchase_id and created.order_line_list and created.order_line_list[0]
        pay(client, created.purchase_id)
        sub_order_id = created.order_line_list[0].sub_purchase_order_id
        assert sub_order_id
        print("refund:", refund(client, created.purchase_id, sub_order_id))
