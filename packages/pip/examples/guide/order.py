"""Orders on Taobao, pays, and waits until the order is paid."""

# region order
from xportcn import AmbiguousWriteError, Client
from xportcn.models import taobao


def order(client: Client, number: str) -> taobao.TaobaoOrderCreatedOrder:
    line = taobao.TaobaoOrderLine(item_id="600126245031041190", sku_id="5016042822039", quantity=1)
    receiver = taobao.TaobaoReceiver(
        name="张三",
        mobile_phone="13800000000",
        state="浙江省",
        city="杭州市",
        district="余杭区",
        address="象山路1号",
        zip="310024",
    )
    created = client.taobao.order.purchase_create(
        order_line_list=[line],
        receiver=receiver,
        purchase_amount=150,  # the most that it may cost, in fen: 1.50 yuan
        seller_order_number=number,  # your own number: by it the order is found again
    )
    [only] = created.order_list or []
    assert only is not None
    return only


# endregion


# region pay
def pay(client: Client, order_id: str) -> None:
    try:
        accepted = client.taobao.order.purchase_pay(order_id=order_id)
        for failure in accepted.pay_failed_results or []:
            print("refused:", failure and failure.error_message)
    except AmbiguousWriteError as lost:
        # It was sent, and its answer is lost. This finds out, by calls that only read; it pays nothing.
        print("after a lost answer:", client.recover(lost).outcome)

    # Accepted is not paid: the platform pays in the background.
    waited = client.taobao.order.wait_until("paid", order_id=order_id)
    print("paid" if waited.outcome == "reached" else f"not paid: {waited.outcome}")


# endregion

if __name__ == "__main__":
    with Client() as client:
        created = order(client, "guide-python-1")
        print("order", created.purchase_id)
        assert created.purchase_id
        pay(client, created.purchase_id)
