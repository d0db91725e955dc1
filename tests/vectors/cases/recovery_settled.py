"""Writes that are seen to their end: a look before, the write, the search for it, and the write once more."""

from .recovery_events import WINDOW, Settled, failure, reply

CANCEL = {"webSite": "1688", "orderId": "77", "cancelReason": "other"}
ADD = {"offerId": "1", "specId": "a1", "quantity": 2, "sellerOpenId": "x"}
PAY = {"orderId": "77"}
DELETE = {"cartIds": ["31"]}
SET = {"alibaba.cart.list": "/alibaba/cart/list"}


def order(state):
    return reply({"baseInfo": {"id": "77", "status": state}})


def cart(*quantities):
    """The cart as it is when it is asked for the first time, the second time, and so on."""
    asked = iter(quantities)

    def platform(now, row, params):
        lines = next(asked)
        if lines is None:
            return failure()
        return reply({"enableList": [{"cartItemInfos": [{"id": "31", "specId": "a1", "quantity": q} for q in lines]}]})

    return platform


def always(answer):
    return lambda now, row, params: answer


ANSWERED = reply(True)
REFUSED = failure("the order cannot be cancelled")

CASES = [
    Settled("a write that is answered is at its end", "taobao.order.pay", "last", None, params=PAY, writes=[ANSWERED], calls=1),
    Settled("a write that is refused is at its end", "alibaba.order.cancel", "last", None, params=CANCEL, writes=[REFUSED], calls=1, may_resend=True),
    Settled("a write that is lost is looked for", "alibaba.order.cancel", "done: 1", always(order("cancel")), params=CANCEL, writes=[None], calls=2),
    Settled("a write that is not done is not sent again unasked", "alibaba.order.cancel", "not done", always(order("waitbuyerpay")), params=CANCEL, writes=[None], window=5_000),
    Settled("a write that is not done is sent again, and answered", "alibaba.order.cancel", "last", always(order("waitbuyerpay")), params=CANCEL, writes=[None, ANSWERED], window=5_000, may_resend=True),
    Settled("a write that is not done is sent again, and refused", "alibaba.order.cancel", "last", always(order("waitbuyerpay")), params=CANCEL, writes=[None, REFUSED], window=5_000, may_resend=True),
    Settled("a write that is lost twice is looked for twice, and not sent a third time", "alibaba.order.cancel", "not done", always(order("waitbuyerpay")), params=CANCEL, writes=[None, None], window=5_000, may_resend=True),
    Settled("a write that is lost twice may be done the second time", "alibaba.order.cancel", "done: 1", lambda now, row, params: order("waitbuyerpay" if now < 8_000 else "cancel"), params=CANCEL, writes=[None, None], window=5_000, may_resend=True),
    Settled("a write of which nothing is known is not sent again", "taobao.order.pay", "unknown: in its old state", always(reply({"data": [{"orderId": "77", "orderStatus": 1}]})), params=PAY, writes=[None], window=WINDOW, may_resend=True),
    Settled("what only a comparison shows is looked at before", "alibaba.cart.add", "done: 1", cart([1], [3]), params=ADD, writes=[None], calls=3),
    Settled("what came into an empty cart is done", "alibaba.cart.add", "done: 1", cart([], [2]), params=ADD, writes=[None], calls=3),
    Settled("a look before is made though the write is answered", "alibaba.cart.add", "last", cart([1]), params=ADD, writes=[ANSWERED], calls=2),
    Settled("a look before that fails leaves the write", "alibaba.cart.add", "last", cart(None), params=ADD, writes=[ANSWERED], calls=2),
    Settled("a look before that fails leaves nothing to compare", "alibaba.cart.add", "unknown: the look before the call failed", cart(None), params=ADD, writes=[None], calls=2),
    Settled("a line that was there and is gone is deleted", "alibaba.cart.delete", "done: 0", cart([1], []), params=DELETE, writes=[None], paths=SET, calls=3),
    Settled("a line that was never there is not certainly deleted", "alibaba.cart.delete", "unknown: nobody saw it there before the call", cart([], []), params=DELETE, writes=[None], paths=SET),
]
