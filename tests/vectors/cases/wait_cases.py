"""What is waited for, and what the platform shows meanwhile."""

from rules.goals import GOALS

from .recovery_events import always, merged, only, put, reply

MINUTE = 60_000


class Case:
    def __init__(self, name, wait, ends, platform, **rest):
        self.name = name
        #: The group, the state and the id, as JSON.
        self.of, self.state, self.id = wait
        self.ends = ends
        self.platform = platform
        self.timeout = rest.pop("timeout", MINUTE)
        #: Messages, with the milliseconds after the beginning at which they come.
        self.pushes = rest.pop("pushes", ())
        self.takes = rest.pop("takes", 0)
        self.set_back = rest.pop("set_back", 0)
        self.looks, self.calls = rest.pop("looks", None), rest.pop("calls", None)
        assert not rest, rest


class Refusal(Case):
    def __init__(self, name, wait, path):
        super().__init__(name, wait, None, None)
        self.path = path


def failed(words="no connection", again=True):
    return "failure", words, again


def all_states():
    """Every state, in every value of every row that is worth it."""
    for of, (_, states) in GOALS.items():
        for state, rows in states.items():
            for number, row in enumerate(rows):
                yield from shown(of, state, row, is_best=number == 0)


def shown(of, state, row, is_best):
    key = put(row.key, "77")
    wait = (of, state, '"77"')
    at = f"`{of}` {state} in `{row.name}`: "
    for signs, ends in ((row.done, "reached"), (row.never, "never"), (row.pending, "timed out")):
        for field, _, values in signs:
            for value in values if is_best else values[:1]:
                item = merged(key, put(field, value))
                item = put(row.at[0], item) if row.ask and row.at[0] else item
                yield Case(f"{at}{field} {value}", wait, ends, only(row.name, item), timeout=0)


def order(state, number="77", **fields):
    return {"baseInfo": {"id": number, "status": state}, **fields}


def by_time(*answers):
    return lambda now, row, params: next(answer for since, answer in reversed(answers) if now >= since)


def shipped_later(moment):
    return by_time((0, reply(order("waitsellersend"))), (moment, reply(order("waitbuyerreceive"))))


def nothing(now, row, params):
    return reply({"result": []} if row == "alibaba.order.page" else None)


def list_only(now, row, params):
    return failed("no such path", again=False) if row == "alibaba.order.get" else reply({"result": [order("success")]})


def seen_then_lost(now, row, params):
    return reply(order("waitsellersend")) if now < 20_000 else failed("no route")


SHIPPED, PAID, CANCELLED = (("alibaba.order", state, '"77"') for state in ("shipped", "paid", "cancelled"))
ON_IT, ON_ANOTHER = '{"orderId":"77","status":"x"}', '{"orderId":"78","amount":77.5}'

CASES = [
    Case("looks have growing pauses until the time is over", SHIPPED, "timed out", always(reply(order("waitsellersend"))), looks=[0, 1_000, 3_000, 7_000, 15_000, 31_000, 60_000]),
    Case("no pause is longer than half a minute", SHIPPED, "timed out", always(reply(order("waitsellersend"))), timeout=150_000, looks=[0, 1_000, 3_000, 7_000, 15_000, 31_000, 61_000, 91_000, 121_000, 150_000]),
    Case("the time that calls take is no part of the pauses", SHIPPED, "timed out", always(reply(order("waitsellersend"))), timeout=8_000, takes=300, looks=[0, 1_300, 3_600, 7_900, 8_201]),
    Case("no time is one look", SHIPPED, "timed out", always(reply(order("waitsellersend"))), timeout=0, calls=1),
    Case("a state that comes is reached when it shows", SHIPPED, "reached", shipped_later(10_000), looks=[0, 1_000, 3_000, 7_000, 15_000]),
    Case("a state from which the wanted one cannot come ends it", SHIPPED, "never", by_time((0, reply(order("waitsellersend"))), (5_000, reply(order("terminated")))), looks=[0, 1_000, 3_000, 7_000]),
    Case("a completed order is not cancelled any more", CANCELLED, "never", always(reply(order("success"))), calls=1),
    Case("an order that is paid in one of two terms is not paid", PAID, "timed out", always(reply(order("waitbuyerpay", tradeTerms=[{"payStatus": "2"}, {"payStatus": "1"}]))), timeout=5_000),
    Case("an order that does not show yet is waited for", SHIPPED, "reached", lambda now, row, params: nothing(now, row, params) if now < 4_000 else reply(order("waitbuyersign"))),
    Case("an order that never shows is not found", SHIPPED, "timed out", nothing, timeout=3_000),
    Case("an order of which only the list tells is asked of both", SHIPPED, "reached", list_only, calls=2),
    Case("another order than the one asked for is not it", SHIPPED, "timed out", always(reply(order("success", "78"))), timeout=1_000),
    Case("a state that cannot be read is not reached", SHIPPED, "timed out", always(reply(order(None), "data.baseInfo.status")), timeout=1_000),
    Case("what a failing look saw before is told at the end", SHIPPED, "timed out", seen_then_lost),
    Case("a network that is away for a while is waited for", SHIPPED, "reached", by_time((0, failed("no route")), (40_000, reply(order("success"))))),
    Case("a network that stays away is told", SHIPPED, "timed out", always(failed("no route")), timeout=5_000),
    Case("three looks that are of no use are enough", SHIPPED, "last", always(failed("the key is unknown", again=False)), looks=[0, 1_000, 3_000], calls=6),
    Case("looks that are of no use in between do not count", SHIPPED, "reached", by_time((0, failed("refused", again=False)), (3_000, failed("no route")), (7_000, failed("refused", again=False)), (31_000, reply(order("success")))), looks=[0, 1_000, 3_000, 7_000, 15_000, 31_000]),
    Case("an answer that shows nothing is of use", SHIPPED, "timed out", lambda now, row, params: failed("refused", again=False) if row == "alibaba.order.get" else reply({"result": []}), timeout=40_000),
    Case("a message on the order wakes it", SHIPPED, "reached", shipped_later(20_000), pushes=[(20_500, ON_IT)], looks=[0, 1_000, 3_000, 7_000, 15_000, 20_500]),
    Case("a message on another order does not", SHIPPED, "reached", shipped_later(20_000), pushes=[(20_500, ON_ANOTHER)], looks=[0, 1_000, 3_000, 7_000, 15_000, 31_000]),
    Case("a message is a sign to look, and no proof", SHIPPED, "timed out", always(reply(order("waitsellersend"))), timeout=20_000, pushes=[(10_000, ON_IT)], looks=[0, 1_000, 3_000, 7_000, 10_000, 11_000, 13_000, 17_000, 20_000]),
    Case("a message that comes within a look is followed by another", SHIPPED, "reached", shipped_later(400), takes=500, pushes=[(100, ON_IT)], looks=[0, 501]),
    Case("a message with a number for the order wakes it", SHIPPED, "reached", shipped_later(500), pushes=[(600, '{"data":{"orders":[{"id":77}]}}')], looks=[0, 600]),
    Case("a message that names the order within words does not", SHIPPED, "reached", shipped_later(500), pushes=[(600, '{"note":"order 77 is on its way"}')], looks=[0, 1_000]),
    Case("a clock that is set back makes no wait longer", SHIPPED, "timed out", always(reply(order("waitsellersend"))), timeout=10_000, set_back=3_600_000, calls=5),
    Case("an id may be a number", ("alibaba.order", "shipped", "77"), "reached", always(reply(order("success"))), calls=1),
    Case("an id may stand under its name", ("alibaba.order", "shipped", '{"orderId":77}'), "reached", always(reply(order("success"))), calls=1),
    Case("spaces around an id do not matter", ("alibaba.order", "shipped", '" 77 "'), "reached", always(reply(order("success"))), calls=1),
]

REFUSALS = [
    Refusal("a group without states is refused", ("taobao.product", "paid", '"77"'), "of"),
    Refusal("a booking of freight cannot be waited for", ("warehouse", "booked", '"77"'), "of"),
    Refusal("a state that there is not is refused", ("alibaba.order", "lost", '"77"'), "state"),
    Refusal("that Taobao's goods were received shows nowhere", ("taobao.order", "received", '"77"'), "state"),
    Refusal("an empty id is refused", ("alibaba.order", "paid", '""'), "orderId"),
    Refusal("null is no id", ("alibaba.order", "paid", "null"), "orderId"),
    Refusal("a list is no id", ("alibaba.order", "paid", '["77"]'), "orderId"),
    Refusal("an object without the id is refused", ("alibaba.after_sale", "agreed", "{}"), "refundId"),
    Refusal("an id under another name is refused", ("alibaba.after_sale", "agreed", '{"orderId":"77"}'), "orderId"),
]
