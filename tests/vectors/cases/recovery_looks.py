"""When looks are made, what looks that fail or show little are worth, and writes of several objects."""

from .recovery_events import ADDRESS, WINDOW, Case, always, failure, only, reply

MINUTE = [0, 1_000, 3_000, 7_000, 15_000, 31_000, 60_000]


def order(number, **fields):
    return {"orderId": number, **fields}


def alibaba(number, state="waitbuyerpay", **fields):
    return {"baseInfo": {"id": number, "status": state}, **fields}


def terms(number, *states):
    return alibaba(number, tradeTerms=[{"payStatus": state} for state in states])


def by_time(*answers):
    """Answers, each with the moment from which on it is given."""

    def platform(now, row, params):
        return next(answer for since, answer in reversed(answers) if now >= since)

    return platform


def by_order(**states):
    """1688's orders by their numbers; the list shows nothing."""

    def platform(now, row, params):
        if row != "alibaba.order.get":
            return reply({"result": []})
        return states[f"n{params['orderId']}"]

    return platform


def first_row_fails(now, row, params):
    return failure() if row == "taobao.order.purchase_page" else reply({"orderId": "77", "orderStatus": 10})


def late(now, row, params):
    """The list shows the payment before the order itself does, but only after some time."""
    state = "2" if now >= 3_000 else "1"
    return failure("the platform is busy") if row == "alibaba.order.get" else reply({"result": [terms("77", state)]})


def never_within(limit):
    def platform(now, row, params):
        return reply(alibaba("77")) if now < limit else failure("no connection any more")

    return platform


PAY, CANCEL, BATCH = "taobao.order.pay", "alibaba.order.cancel", "alibaba.order.batch_submit_payment"
OLD = reply(alibaba("77"))
SET = {"alibaba.order.page": "/alibaba/order/page"}

CASES = [
    Case("looks have growing pauses until the window is over", CANCEL, "not done", always(OLD), window=WINDOW, looks=MINUTE),
    Case(
        "no pause is longer than half a minute",
        CANCEL,
        "not done",
        always(OLD),
        window=180_000,
        looks=[0, 1_000, 3_000, 7_000, 15_000, 31_000, 61_000, 91_000, 121_000, 151_000, 180_000],
    ),
    Case(
        "the time that calls take is no part of the pauses",
        CANCEL,
        "not done",
        always(OLD),
        window=WINDOW,
        takes=400,
        looks=[0, 1_400, 3_800, 8_200, 16_600, 33_000, 60_000],
    ),
    Case(
        "who waits longer than told looks later",
        CANCEL,
        "not done",
        always(OLD),
        window=10_000,
        off=2_500,
        looks=[0, 3_500, 8_000, 12_500],
    ),
    Case(
        "a search that begins within the window ends with it",
        CANCEL,
        "not done",
        always(OLD),
        window=WINDOW,
        begins=50_000,
        looks=[50_000, 51_000, 53_000, 57_000, 60_000],
    ),
    Case("a search that begins after the window looks once", CANCEL, "not done", always(OLD), window=WINDOW, begins=86_400_000, looks=[86_400_000]),
    Case(
        "a wait that ends early goes on",
        CANCEL,
        "not done",
        always(OLD),
        window=4_000,
        off=-1,
        looks=[0, 1_000, 3_000, 4_000],
    ),
    Case(
        "a look that begins before the end of the window is not the last one",
        CANCEL,
        "not done",
        always(OLD),
        window=1_500,
        takes=2_000,
        looks=[0, 2_001],
    ),
    Case(
        "what is paid late is done when it shows",
        PAY,
        "done: 1",
        by_time(
            (0, reply({"data": [order("77", orderStatus=1)]})),
            (2_000, reply({"data": [order("77", orderStatus=5)]})),
            (9_000, reply({"data": [order("77", orderStatus=10)]})),
        ),
        window=WINDOW,
        looks=[0, 1_000, 3_000, 7_000, 15_000],
    ),
    Case(
        "what was under way once is not certainly old",
        "alibaba.order.pay_url",
        "unknown: in its old state",
        by_time((0, reply(terms("77", "9"))), (2_000, reply(terms("77", "1")))),
        window=WINDOW,
    ),
    Case("an order that is there in one look only is not certainly old", CANCEL, "unknown: in its old state", by_time((0, reply(None)), (2_000, OLD)), window=WINDOW, paths=SET),
    Case(
        "a list shows what the query for one does not",
        "alibaba.order.pay_url",
        "done: 1",
        late,
        window=WINDOW,
        looks=[0, 1_000, 3_000],
    ),
    Case("looks that fail tell nothing", CANCEL, "unknown: a look failed", always(failure()), window=5_000, calls=8),
    Case("a first look that fails does not matter", CANCEL, "not done", by_time((0, failure()), (500, OLD)), window=5_000),
    Case("a last look that fails matters", CANCEL, "unknown: a look failed", never_within(60_000), window=WINDOW),
    Case("a row that fails is made up for by the next", PAY, "done: 1", first_row_fails, calls=2),
    Case("a state that cannot be read is no old one", CANCEL, "unknown: cannot be read", always(reply(alibaba("77"), "data.baseInfo.status"))),
    Case("a state that is done is done beside values that cannot be read", CANCEL, "done: 1", always(reply(alibaba("77", "cancel"), "data.baseInfo.remark"))),
    Case("a state that is not there tells nothing", CANCEL, "unknown: does not tell its state", always(reply({"baseInfo": {"id": "77", "status": None}}))),
    Case("an empty state tells nothing", CANCEL, "unknown: does not tell its state", always(reply(alibaba("77", "  ")))),
    Case("another order than the one asked for is not it", CANCEL, "unknown: does not show", always(reply(alibaba("78")))),
    Case("no data is no order", CANCEL, "unknown: does not show", always(reply(None))),
    Case("a list in place of an order is looked through", CANCEL, "done: 1", always(reply([alibaba("78"), alibaba("77", "cancel")]))),
    Case("an id may be a number", PAY, "done: 1", only("taobao.order.purchase_page", order(77, orderStatus=10)), params={"orderId": 77}),
    Case("an id keeps its digits", PAY, "done: 1", only("taobao.order.purchase_page", order("9007199254740993", orderStatus=10), order("9007199254740992", orderStatus=1)), params={"orderId": 9007199254740993}),
    Case("an id with zeros before it is another", PAY, "unknown: does not show", only("taobao.order.purchase_page", order("077", orderStatus=10))),
    Case("a write without its id is not looked for", PAY, "unknown: carried no", None, params={"note": "x"}, calls=0),
    Case("a write whose id is null is not looked for", PAY, "unknown: carried no", None, params={"orderId": None}, calls=0),
    Case("a payment in one of two terms is under way", "alibaba.order.pay_url", "unknown: under way", always(reply(terms("77", "2", "1")))),
    Case("a payment of which one of two terms is in progress is under way", "alibaba.order.pay_url", "unknown: under way", always(reply(terms("77", "1", "9")))),
    Case("a payment in one of two terms of an order that was cancelled can no longer come", "alibaba.order.pay_url", "unknown: can no longer be carried out", always(reply({**terms("77", "2", "1"), "baseInfo": {"id": "77", "status": "cancel"}}))),
    Case("a payment that was refunded is not certainly none", "alibaba.order.pay_url", "unknown: does not tell its state", always(reply(terms("77", "4")))),
    Case("an order in a state that nobody knows is not certainly old", CANCEL, "unknown: does not tell its state", always(reply(alibaba("77", "waitsomething")))),
    Case("a proof of payment that was refused may be an earlier one", "taobao.order.upload_voucher", "unknown: in its old state", always(reply({"data": [order("77", orderStatus=3)]}))),
    Case("a payment in both terms is done", "alibaba.order.pay_url", "done: 1", always(reply(terms("77", "2", "6")))),
    Case("an unpaid order in both terms is not paid", "alibaba.order.pay_url", "not done", always(reply(terms("77", "1", "1")))),
    Case("both orders of a batch are paid", BATCH, "done: 2", by_order(n1=reply(terms("1", "2")), n2=reply(terms("2", "6"))), params={"orderIds": ["1", "2"]}, calls=2),
    Case("one order of a batch is paid", BATCH, "partly: 1, missing 2", by_order(n1=reply(terms("1", "2")), n2=reply(terms("2", "1"))), params={"orderIds": ["1", "2"]}),
    Case("no order of a batch is paid", BATCH, "unknown: in its old state", by_order(n1=reply(terms("1", "1")), n2=reply(terms("2", "1"))), params={"orderIds": ["1", "2"]}),
    Case("an order that a batch names twice is looked for once", BATCH, "done: 1", by_order(n1=reply(terms("1", "2"))), params={"orderIds": ["1", 1]}, calls=1),
    Case(
        "the order of a batch that fails to show is looked for in the list",
        BATCH,
        "done: 2",
        lambda now, row, params: reply({"result": [terms("2", "2")]})
        if row == "alibaba.order.page"
        else reply(terms("1", "2"))
        if params["orderId"] == "1"
        else failure(),
        params={"orderIds": ["1", "2"]},
        calls=3,
    ),
    Case(
        "an order of a batch that was paid once is paid, though it does not show again",
        BATCH,
        "partly: 1, missing 2",
        lambda now, row, params: failure()
        if now > 500 and params.get("orderId") != "2"
        else reply(terms("1", "2"))
        if params.get("orderId") == "1"
        else reply(terms("2", "1")),
        params={"orderIds": ["1", "2"]},
        window=5_000,
    ),
    Case(
        "orders of a batch that are paid one after the other are done",
        BATCH,
        "done: 2",
        lambda now, row, params: reply(terms(params["orderId"], "2" if now < 500 or params["orderId"] == "2" else "1")) if now > 500 or params["orderId"] == "1" else reply(terms("2", "1")),
        params={"orderIds": ["1", "2"]},
        window=5_000,
    ),
    Case("orders under the upstream's name are looked for", PAY, "done: 2", only("taobao.order.purchase_page", order("1", orderStatus=10), order("2", orderStatus=11)), params={"purchaseOrderIdList": ["1", "2"]}, calls=1),
    Case(
        "orders under both names are looked for",
        PAY,
        "partly: 1, missing 2",
        only("taobao.order.purchase_page", order("1", orderStatus=10), order("2", orderStatus=1)),
        params={"orderId": "1", "purchaseOrderIdList": ["1", "2"]},
    ),
    Case("amounts are the same by their worth", "taobao.after_sale.modify", "done: 1", always(reply({"refundOrderAggregate": {"refundOrder": {"refundId": "500", "refundFee": "10.500"}}})), params={"refundId": "500", "refundFee": 10.5}),
    Case("a change of nothing shows nothing", "taobao.after_sale.modify", "unknown: does not tell its state", always(reply({"refundOrderAggregate": {"refundOrder": {"refundId": "500", "refundFee": "10.5"}}})), params={"refundId": "500"}),
    Case("all that was said must show", "taobao.after_sale.modify", "unknown: in its old state", always(reply({"refundOrderAggregate": {"refundOrder": {"refundId": "500", "refundFee": "10.5", "reasonId": "5"}}}))),
    Case("what was said and does not show tells nothing", "taobao.after_sale.modify", "unknown: does not tell its state", always(reply({"refundOrderAggregate": {"refundOrder": {"refundId": "500", "refundFee": "10.5"}}}))),
    Case("an address of which one field is another is another", "address.save", "unknown: does not show", only("address.list", {"id": "1", **ADDRESS, "phone": "13900000000"})),
    Case("an address that shows is saved", "address.save", "done: 1", only("address.list", {"id": "1", **ADDRESS})),
]
