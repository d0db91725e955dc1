"""The states that orders and refunds can be waited for, and the rows that show them: facts."""

from . import effects
from .effects import AFTER_PAYMENT, ALIBABA_CLOSED, TAOBAO_CLOSED, TAOBAO_PAID, each, one_of

CLOSED = {"never": ALIBABA_CLOSED}
AWAY = ("waitbuyerreceive", "waitbuyersign", "signinsuccess", "confirm_goods", "success")
PAYMENT = [
    one_of("tradeTerms[].payStatus", "2", "6"),
    one_of("baseInfo.status", *AFTER_PAYMENT, "confirm_goods", "success"),
]

TAOBAO_ROWS = [effects.TAOBAO_ORDER, effects.TAOBAO_ORDERS, effects.OTHER_TAOBAO_ORDERS]
TAOBAO_STATES = {
    "paid": TAOBAO_PAID,
    "shipped": {
        "done": [one_of("orderStatus", "11"), one_of("status", "WAIT_BUYER_CONFIRM_GOODS")],
        "never": TAOBAO_CLOSED,
    },
    "cancelled": {"done": TAOBAO_CLOSED},
}
ALIBABA_ROWS = [effects.ALIBABA_ORDER, effects.ALIBABA_ORDERS]
BIG_MAJOR_ROWS = [effects.BIG_MAJOR_ORDER, effects.ALIBABA_ORDER, effects.BIG_MAJOR_ORDERS]
ALIBABA_STATES = {
    "paid": {"done": PAYMENT, "pending": [one_of("tradeTerms[].payStatus", "9")], **CLOSED},
    "shipped": {"done": [one_of("baseInfo.status", *AWAY)], **CLOSED},
    "received": {"done": [one_of("baseInfo.status", "confirm_goods", "success")], **CLOSED},
    "cancelled": {"done": ALIBABA_CLOSED, "never": [one_of("baseInfo.status", "success")]},
}


def refund(field, done, never):
    return {"done": [one_of(field, *done)], "never": [one_of(field, *never)]}


TAOBAO_REFUND = "refundOrder.refundStatus"
TAOBAO_REFUND_STATES = {
    "agreed": refund(TAOBAO_REFUND, ["20", "30", "100"], ["-20"]),
    "refunded": refund(TAOBAO_REFUND, ["100"], ["-20"]),
    "refused": refund(TAOBAO_REFUND, ["-10"], ["100", "-20"]),
}
ALIBABA_REFUND_STATES = {
    "agreed": refund("status", ["waitbuyersend", "waitsellerreceive", "refundsuccess"], ["refundclose"]),
    "refunded": refund("status", ["refundsuccess"], ["refundclose"]),
    "refused": refund("status", ["waitbuyermodify"], ["refundsuccess", "refundclose"]),
}
POIZON_ROWS = [effects.Row("poizon.order.page", at=effects.ANYWHERE, key="orderId")]

# By group: the field with the id, and by state the rows that show it, best first.
GOALS = {
    of: (field, {state: each(rows, **signs) for state, signs in states.items()})
    for of, field, rows, states in [
        ("taobao.order", "orderId", TAOBAO_ROWS, TAOBAO_STATES),
        ("taobao.after_sale", "refundId", [effects.TAOBAO_REFUND], TAOBAO_REFUND_STATES),
        ("alibaba.order", "orderId", ALIBABA_ROWS, ALIBABA_STATES),
        ("alibaba.after_sale", "refundId", [effects.ALIBABA_REFUND], ALIBABA_REFUND_STATES),
        ("big_major.order", "orderId", BIG_MAJOR_ROWS, ALIBABA_STATES),
        ("poizon.order", "orderId", POIZON_ROWS, {"paid": {"done": [one_of("orderStatus", "PAID")]}}),
    ]
}
