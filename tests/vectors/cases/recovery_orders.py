"""Orders that were made: their references, their lines, the pages that show them, and what their absence is worth."""

from .recovery_events import MADE, WINDOW, Case, always, failure, is_first, reply

BEFORE = "2024-07-31T10:00:00+08:00"
CREATE, OTHER = "taobao.order.purchase_create", "alibaba.order.create"
SET = {"taobao.order.purchase_page": "/open/purchase/page", "taobao.order.page": "/open/order/page"}
ONE_SET = {"taobao.order.purchase_page": "/open/purchase/page"}
FIRST, SECOND = ("1", "11"), ("2", "22")


def order(number, *lines, reference="shop-1", made=MADE, **fields):
    shown = [{"itemId": item, "skuId": sku} for item, sku in lines]
    return {"orderId": number, "sellerOrderNumber": reference, "createdTime": made, "subOrders": shown, **fields}


def lists(purchase=(), other=(), **totals):
    """Both lists of Taobao's orders, with all on the first page."""

    def platform(now, row, params):
        items = purchase if row == "taobao.order.purchase_page" else other
        return reply({"data": list(items) if is_first(params) else [], **totals})

    return platform


def both(*items):
    return lists(items, items)


def paged(*pages, **totals):
    """Both lists, page by page."""

    def platform(now, row, params):
        number = params["pageNo"]
        return reply({"data": pages[number - 1] if number <= len(pages) else [], **totals})

    return platform


def from_moment(moment, before, then):
    return lambda now, row, params: (then if now >= moment else before)(now, row, params)


def fallen(count, first=0):
    """Orders of the day before, the youngest first."""
    return [
        order(str(1_000 + n), FIRST, reference=f"old-{n}", made=f"2024-07-31T10:{59 - n:02}:00+08:00")
        for n in range(first, first + count)
    ]


def second_page_fails(now, row, params):
    if row == "taobao.order.page":
        return reply({"data": []})
    return reply({"data": [order("9", FIRST, reference="x")]}) if is_first(params) else failure()


def alibaba(number, message="shop-1", *lines, made=MADE):
    items = [{"productId": product, "specId": spec} for product, spec in lines]
    return {"baseInfo": {"id": number, "buyerFeedback": message, "createTime": made}, "productItems": items}


def numbered(number, own):
    return {"baseInfo": {"id": number, "buyerFeedback": "shop-1", "outOrderId": own, "createTime": MADE}}


def results(*orders):
    return lambda now, row, params: reply({"result": list(orders) if is_first(params) else []})


WHOLE = order("10", FIRST, SECOND)
ELSE = order("9", FIRST, reference="shop-2")
BATCH = "alibaba.order.batch_create"
ALIBABA_SET = {"alibaba.order.page": "/alibaba/order/page"}

CASES = [
    Case("an order with all its lines is done, and the second list is not asked", CREATE, "done: 1", lists([WHOLE]), calls=2),
    Case("an order that only the second list shows is done", CREATE, "done: 1", lists([], [WHOLE]), calls=3),
    Case("two orders of one call are done together", CREATE, "done: 2", lists([order("10", SECOND), ELSE, order("11", FIRST)])),
    Case("two orders of one call that two lists show are done together", CREATE, "done: 2", lists([order("10", SECOND)], [order("11", FIRST)])),
    Case(
        "the second order of one call shows later",
        CREATE,
        "done: 2",
        from_moment(5_000, both(order("10", SECOND)), both(order("10", SECOND), order("11", FIRST))),
        window=WINDOW,
        looks=[0, 1_000, 3_000, 7_000],
    ),
    Case("of two orders one was made", CREATE, "partly: 1, missing itemId 1, skuId 11", both(order("10", SECOND))),
    Case(
        "of two orders one shows in one look, the other in another",
        CREATE,
        "done: 2",
        from_moment(2_000, both(order("10", SECOND)), both(order("11", FIRST))),
        window=WINDOW,
    ),
    Case(
        "an order that showed once is there, though the last look fails",
        CREATE,
        "partly: 1, missing itemId 1, skuId 11",
        from_moment(2_000, both(order("10", SECOND)), always(failure())),
        window=5_000,
    ),
    Case("an order that shows twice is one", CREATE, "partly: 1, missing itemId 1, skuId 11", both(order("10", SECOND), order("10", SECOND))),
    Case("an item of one line and the variant of another are no line", CREATE, "partly: 1, missing itemId 1, skuId 11", both(order("10", ("1", "12"), ("3", "11"), SECOND))),
    Case("an order that does not show its lines does not tell which are missing", CREATE, "unknown: do not tell", both(order("10"))),
    Case("an order whose lines show no variant does not tell which is missing", CREATE, "unknown: do not tell", both(order("10", ("1", None), SECOND))),
    Case("a line of another item is missing though variants do not show", CREATE, "partly: 1, missing itemId 2, skuId 22", both(order("10", FIRST, ("3", None)))),
    Case("an order of one line is that line's, whatever it shows", OTHER, "done: 1", results(alibaba("10", "shop-1")), paths=ALIBABA_SET),
    Case(
        "an order of a batch is missing",
        BATCH,
        "partly: 1, missing offerId 2, specId b2",
        results(alibaba("10", "shop-1", ("1", "a1"))),
    ),
    Case("orders of a batch are done", BATCH, "done: 2", results(alibaba("10", "shop-1", ("1", "a1")), alibaba("11", "shop-1", ("2", "b2")))),
    Case("an order without a reference is not looked for", CREATE, "unknown: carried no", None, params={"orderLineList": "[]"}, calls=0),
    Case("a reference that is a number is looked for", CREATE, "done: 1", lists([order("10", reference="17")]), params={"sellerOrderNumber": 17}),
    Case("a reference in capitals is another", CREATE, "not done", both(order("9", FIRST, reference="SHOP-1")), paths=SET),
    Case("a reference with words behind it is another", OTHER, "not done", results(alibaba("9", "shop-1 please")), paths=ALIBABA_SET),
    Case("nothing shows, in both lists, beside other references", CREATE, "not done", both(ELSE), paths=SET, window=WINDOW),
    Case("nothing shows where a path is a guess", CREATE, "unknown: `taobao.order.page`", both(ELSE), paths=ONE_SET),
    Case("nothing shows where both paths are guesses", CREATE, "unknown: `taobao.order.purchase_page`", both(ELSE)),
    Case("nothing shows where other orders have no reference", CREATE, "unknown: may not come back", both(order("9", FIRST, reference=None)), paths=SET),
    Case("nothing shows where one list has no references", CREATE, "unknown: may not come back", lists([ELSE], [order("9", FIRST, reference="")]), paths=SET),
    Case("nothing shows in empty lists", CREATE, "unknown: may not come back", both(), paths=SET),
    Case(
        "an order that showed in one look only is not absent",
        CREATE,
        "partly: 1, missing itemId 1, skuId 11",
        from_moment(2_000, both(ELSE, order("10", SECOND)), both(ELSE)),
        paths=SET,
        window=WINDOW,
    ),
    Case("a last look that fails is no absence", CREATE, "unknown: a look failed", from_moment(60_000, both(ELSE), always(failure())), paths=SET, window=WINDOW),
    Case("a first look that fails does not matter to absence", CREATE, "not done", from_moment(500, always(failure()), both(ELSE)), paths=SET, window=WINDOW),
    Case("a second page that fails is no absence", CREATE, "unknown: a look failed", second_page_fails, paths=SET),
    Case(
        "a page that cannot be read is no end",
        CREATE,
        "unknown: a look failed",
        lambda now, row, params: reply({"data": None}, "data.data"),
        paths=SET,
    ),
    Case(
        "a page of which an order cannot be read is no absence",
        CREATE,
        "unknown: a look failed",
        lambda now, row, params: reply({"data": [ELSE] if is_first(params) else []}, *(["data.data[0].sellerOrderNumber"] if is_first(params) else [])),
        paths=SET,
    ),
    Case("an order of an earlier day has the same reference", CREATE, "unknown: made before the call", both(order("8", FIRST, SECOND, made=BEFORE)), paths=SET),
    Case("an order of an earlier day has the same reference as the new one", CREATE, "done: 1", both(order("8", FIRST, SECOND, made=BEFORE), WHOLE), paths=SET),
    Case("an order made five minutes before, by another clock, is the new one", CREATE, "done: 1", both(order("10", FIRST, SECOND, made="2024-08-01T16:08:15+08:00"))),
    Case("an order made a second earlier is not", CREATE, "unknown: made before the call", both(order("10", FIRST, SECOND, made="2024-08-01T16:08:14+08:00"))),
    Case("an order whose time does not show is the new one", CREATE, "done: 1", both(order("10", FIRST, SECOND, made=None))),
    Case("pages end with an empty one", CREATE, "not done", paged([ELSE], fallen(3), [order("7", FIRST, reference="y")]), paths=SET, calls=8),
    Case("pages end where their total says", CREATE, "not done", paged(fallen(2), fallen(2, 2), resultsTotal=4), paths=SET, calls=4),
    Case("pages that end before their total says are no absence", CREATE, "unknown: a look failed", paged([ELSE], resultsTotal=120), paths=SET),
    Case("a page that comes again is the end", CREATE, "not done", lambda now, row, params: reply({"data": [ELSE]}), paths=SET, calls=4),
    Case("pages with the youngest first are walked back to the sending", CREATE, "not done", paged([ELSE] + fallen(20), fallen(20, 20), fallen(10, 40)), paths=SET, calls=2),
    Case("pages are walked until they are older than the sending", CREATE, "done: 1", paged([order(str(n), FIRST, reference=f"n{n}", made=f"2024-08-01T16:{40 - n}:00+08:00") for n in range(12)], [WHOLE] + fallen(3)), paths=SET, calls=2),
    Case("a few older orders are no order of pages", CREATE, "done: 1", paged(fallen(2), [WHOLE]), calls=3),
    Case("pages with the oldest first are walked to their end", CREATE, "done: 1", paged(fallen(20)[::-1], [WHOLE]), calls=3),
    Case("pages in no order are walked to their end", CREATE, "done: 1", paged(fallen(12) + [ELSE] + fallen(5, 12), [WHOLE]), calls=3),
    Case("pages with an order without a time are walked to their end", CREATE, "done: 1", paged(fallen(12) + [order("5", FIRST, reference="z", made=None)], [WHOLE]), calls=3),
    Case("an order that is looked for by its id may be on any page", "taobao.order.pay", "done: 1", paged(fallen(20), fallen(20, 20), [{"orderId": "77", "orderStatus": 10}]), calls=3),
    Case("an order that is looked for by its id ends the walk", "taobao.order.pay", "done: 1", paged([{"orderId": "77", "orderStatus": 10}], fallen(3), resultsTotal=100), calls=1),
    Case("an order is known by its number rather than by its message", OTHER, "done: 1", results(numbered("10", "n-1")), params={"cargoParamList": [], "message": "shop-1", "outOrderId": "n-1"}),
    Case("an order with the message and another number is another", OTHER, "not done", results(numbered("10", "n-2")), params={"cargoParamList": [], "message": "shop-1", "outOrderId": "n-1"}, paths=ALIBABA_SET),
    Case("an order with the message does not show whether numbers come back", OTHER, "unknown: may not come back", results(alibaba("10")), params={"cargoParamList": [], "message": "shop-1", "outOrderId": "n-1"}, paths=ALIBABA_SET),
    Case("an order whose number is null is known by its message", OTHER, "done: 1", results(alibaba("10")), params={"cargoParamList": [], "message": "shop-1", "outOrderId": None}),
    Case("orders of a batch are known by their number", BATCH, "done: 1", results(numbered("10", "n-1")), params={"cargoParamList": [], "message": "shop-1", "outOrderId": "n-1"}),
    Case("an order made from a cart is done", "alibaba.cart.create_order", "done: 1", results(alibaba("10", "shop-1", ("1", "a1")))),
    Case("no order was made from a cart", "alibaba.cart.create_order", "not done", results(alibaba("9", "shop-2")), paths=ALIBABA_SET),
    Case("an order of a key account shows in either list", "big_major.order.create", "done: 1", lambda now, row, params: reply({"result": [alibaba("10")] if row == "alibaba.order.page" and is_first(params) else []})),
    Case("no order of a key account was made", "big_major.order.create", "not done", results(alibaba("9", "shop-2")), paths={**ALIBABA_SET, "big_major.order.page": "/alibaba/ka/order/page"}),
    Case("no order of a key account shows where one path is a guess", "big_major.order.create", "unknown: `big_major.order.page`", results(alibaba("9", "shop-2")), paths=ALIBABA_SET),
]
