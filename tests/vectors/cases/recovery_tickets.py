"""Tickets that are refused, and what a clock that is set back and other members do to a search."""

from .recovery_events import MISSING, WINDOW, Case, Refusal, always, reply

OLD = reply({"baseInfo": {"id": "77", "status": "waitbuyerpay"}})
PAID = reply({"data": [{"orderId": "77", "orderStatus": 10}]})

REFUSALS = [
    Refusal("a ticket that is no JSON is refused", ticket="lost"),
    Refusal("a ticket that is cut off is refused", ticket='{"version":1,"endpoint":"taobao.order.pay"'),
    Refusal("a ticket that is a list is refused", ticket="[]"),
    Refusal("an empty ticket is refused", ticket="{}"),
    Refusal("a ticket of a later version is refused", version=2),
    Refusal("a ticket without a version is refused", version=MISSING),
    Refusal("a ticket of another account is refused", userId="another-user"),
    Refusal("a ticket of another platform is refused", baseUrl="https://sandbox.example.com/api"),
    Refusal("a ticket without its account is refused", userId=MISSING),
    Refusal("a ticket whose account is no text is refused", userId=5),
    Refusal("a ticket without its platform is refused", baseUrl=MISSING),
    Refusal("a ticket without its call is refused", endpoint=MISSING),
    Refusal("a ticket of a call that nobody knows is refused", path="", endpoint="taobao.order.payment"),
    Refusal("a ticket of a call that reads is refused", endpoint="taobao.order.page"),
    Refusal("a ticket without parameters is refused", params=MISSING),
    Refusal("a ticket whose parameters are a list is refused", params=[]),
    Refusal("a ticket without the moment of sending is refused", sentAt=MISSING),
    Refusal("a ticket without the last moment of sending is refused", lastSentAt=MISSING),
    Refusal("a ticket with a moment before 1970 is refused", sentAt=-1),
    Refusal("a ticket with a moment in words is refused", lastSentAt="yesterday"),
    Refusal("a ticket with part of a millisecond is refused", sentAt=1.5),
]

CASES = [
    Case("members that nobody knows do not matter", "taobao.order.pay", "done: 1", always(PAID), other={"note": {"a": [1]}}),
    Case("a clock that is set back makes no wait longer", "alibaba.order.cancel", "not done", always(OLD), window=10_000, set_back=3_600_000, calls=5),
    Case("a clock that is set back and forth moves no look", "alibaba.order.cancel", "not done", always(OLD), window=10_000, set_back=3_600_000, returns=True, looks=[0, -3_599_000, 3_000, 7_000, 10_000]),
    Case("a write that was sent long ago is looked for once", "alibaba.order.cancel", "not done", always(OLD), window=WINDOW, other={"sentAt": 0, "lastSentAt": 0}, calls=1),
    Case("a window without end ends with what is done", "taobao.order.pay", "done: 1", lambda now, row, params: PAID if now > 600_000 else reply({"data": []}), window=2**53),
]
