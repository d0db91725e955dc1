"""What each call that writes leaves behind, and which calls show it: facts, as the catalogue of effects has them.

Of a write: by what its object is known again, and the rows that show it, best first. Names are those of canonical JSON.
Of a row: `ask` holds the fields that ask for one object (`ID` is the object's id, `Field` a field of the write, else a
text), or it is walked; `at` is where its objects stand (`ANYWHERE` in rows whose form is not known); `key` the field with
the id or the reference; `equal` the fields that must be the write's; `done`, `pending`, `never` and `old` the signs, of
which one is enough (where none is `old`, all else is); `created` the time of an object; `lasting` says that its objects are
there before the write; `lines` how lines of an order are known again.
"""

ID = object()
ANYWHERE = ["**"]


class Field(str):
    """The write's field of this name."""


class Row:
    def __init__(self, name, **facts):
        self.name = name
        self.ask = facts.get("ask")
        self.at = facts.get("at", [""])
        self.key = facts.get("key", "")
        self.equal = facts.get("equal", [])
        self.done = facts.get("done", [])
        self.pending = facts.get("pending", [])
        self.never = facts.get("never", [])
        self.old = facts.get("old", [])
        self.created = facts.get("created", "")
        self.lasting = facts.get("lasting", False)
        self.lines = facts.get("lines")

    def told(self, **facts):
        """The same row with what it tells of one write."""
        return Row(**{**vars(self), **facts})


class Effect:
    def __init__(self, found_by, shown_by=(), unchanged=None, absent=None, why="", better=None):
        self.found_by = found_by
        # How it is known again where the write carries another reference, which is better.
        self.better = better
        self.shown_by = shown_by
        self.unchanged = unchanged
        self.absent = absent
        self.why = why


def by_id(*fields):
    return ("id", fields)


def by_reference(field):
    return ("reference", field)


CONTENTS = ("contents", None)
NOTHING = ("nothing", None)

# Rows whose path was seen in use at the vendor: on its one public page, another page of it, or in a client of it.
PROVEN = {"taobao.after_sale.render"}

# The fields with the number of the page and its size, the list, and the number of all objects.
PAGES = {
    "taobao.order.purchase_page": ("pageNo", "pageSize", "data", "resultsTotal"),
    "taobao.order.page": ("pageNo", "pageSize", "data", "resultsTotal"),
    "taobao.after_sale.list": ("pageNo", "pageSize", "data", None),
    "alibaba.order.page": ("beginPage", "pageSize", "result", "totalRecord"),
    "big_major.order.page": ("beginPage", "pageSize", "result", "totalRecord"),
}


def one_of(field, *values):
    return (field, "one of", values)


def changed(field):
    return (field, "changed", None)


def present(field):
    return (field, "present", None)


def same(field, pairs):
    return (field, "same", pairs)


GONE = ("", "absent", None)

TAOBAO_ORDERS = Row("taobao.order.purchase_page", at=["data[]"], key="orderId", created="createdTime")
TAOBAO_ORDER = Row("taobao.order.get", ask=[("orderId", ID)], key="orderId")
OTHER_TAOBAO_ORDERS = Row("taobao.order.page", at=["data[]"], key="orderId", created="createdTime")
TAOBAO_REFUND = Row(
    "taobao.after_sale.get", ask=[("refundId", ID)], at=["refundOrderAggregate"], key="refundOrder.refundId"
)
TAOBAO_CART = Row("taobao.cart.list", at=ANYWHERE)

ALIBABA_ORDER = Row("alibaba.order.get", ask=[("orderId", ID), ("webSite", "1688")], key="baseInfo.id")
ALIBABA_ORDERS = Row("alibaba.order.page", at=["result[]"], key="baseInfo.id", created="baseInfo.createTime")
BIG_MAJOR_ORDER = Row("big_major.order.get", ask=[("orderId", ID)], key="baseInfo.id")
BIG_MAJOR_ORDERS = Row("big_major.order.page", at=["result[]"], key="baseInfo.id", created="baseInfo.createTime")
ALIBABA_CART = Row("alibaba.cart.list", at=["enableList[].cartItemInfos[]", "disableList[].cartItemInfos[]"])
ALIBABA_REFUND = Row("alibaba.after_sale.get", ask=[("refundId", ID)], key="refundId")

TAOBAO_CLOSED = [one_of("orderStatus", "4"), one_of("status", "TRADE_CLOSED")]
TAOBAO_PAID = {
    "done": [one_of("orderStatus", "10", "11"), one_of("status", "WAIT_SELLER_SEND_GOODS", "WAIT_BUYER_CONFIRM_GOODS")],
    "pending": [one_of("orderStatus", "2", "5")],
    "never": TAOBAO_CLOSED,
}
TAOBAO_LINES = ("orderLineList", "subOrders[]", [("itemId", "itemId"), ("skuId", "skuId")])
TAOBAO_MADE = {"key": "sellerOrderNumber", "lines": TAOBAO_LINES, "done": [present("orderId")]}

ALIBABA_CLOSED = [one_of("baseInfo.status", "cancel", "terminated")]
AFTER_PAYMENT = ["waitsellersend", "waitlogisticstakein", "waitbuyerreceive", "waitbuyersign", "signinsuccess"]
ALIBABA_CANCELLED = {
    "done": ALIBABA_CLOSED,
    "old": [one_of("baseInfo.status", "waitbuyerpay")],
    "never": [one_of("baseInfo.status", *AFTER_PAYMENT, "confirm_goods", "success")],
}
ALIBABA_PAID = {
    "done": [one_of("tradeTerms[].payStatus", "2", "6")],
    "pending": [one_of("tradeTerms[].payStatus", "9")],
    "never": ALIBABA_CLOSED,
}
ALIBABA_RECEIVED = {
    "done": [one_of("baseInfo.status", "confirm_goods", "success")],
    "old": [one_of("baseInfo.status", "waitbuyerpay", *AFTER_PAYMENT)],
}
# Unpaid, or not created outside of 1688.
ALIBABA_UNPAID = [one_of("tradeTerms[].payStatus", "1", "7")]
ALIBABA_LINES = ("cargoParamList", "productItems[]", [("productId", "offerId"), ("specId", "specId")])
ALIBABA_MADE_FROM_CART = {"key": "baseInfo.buyerFeedback", "done": [present("baseInfo.id")]}
ALIBABA_MADE = {**ALIBABA_MADE_FROM_CART, "lines": ALIBABA_LINES}


def each(rows, **facts):
    return [row.told(**facts) for row in rows]


TAOBAO = [TAOBAO_ORDERS, TAOBAO_ORDER, OTHER_TAOBAO_ORDERS]
TAOBAO_LISTS = [TAOBAO_ORDERS, OTHER_TAOBAO_ORDERS]
ALIBABA = [ALIBABA_ORDER, ALIBABA_ORDERS]
TAOBAO_ID = by_id("orderId", "purchaseOrderIdList")
EXISTS = "the order exists whatever became of the call"
ORDER_EXISTS = EXISTS + ", and how long the platform takes is not published"
REFUND_EXISTS = "the after-sale order exists whatever became of the call"
NO_CART = "the cart's list is not published"
WHICH_LIST = "which list shows all orders, and how late, is not published"
HOW_LATE = "how late the list shows an order is not published"
NO_FIELDS = "neither the fields of an order are known, nor whether a reference comes back"

TAOBAO_CANCEL = Effect(TAOBAO_ID, each(TAOBAO, done=TAOBAO_CLOSED), why=ORDER_EXISTS)
TAOBAO_PAY = Effect(TAOBAO_ID, each(TAOBAO, **TAOBAO_PAID), why=ORDER_EXISTS)
TAOBAO_CREATE = Effect(by_reference("sellerOrderNumber"), each(TAOBAO_LISTS, **TAOBAO_MADE), why=WHICH_LIST)
ALIBABA_CREATE_BY_NUMBER = Effect(
    by_reference("outOrderId"),
    each([ALIBABA_ORDERS], **{**ALIBABA_MADE, "key": "baseInfo.outOrderId"}),
    why="whether `outOrderId` is passed on to 1688 and comes back is not published",
)
ALIBABA_CREATE = Effect(
    by_reference("message"),
    each([ALIBABA_ORDERS], **ALIBABA_MADE),
    why=HOW_LATE,
    better=ALIBABA_CREATE_BY_NUMBER,
)

EFFECTS = {
    "taobao.order.purchase_cancel": TAOBAO_CANCEL,
    "taobao.order.purchase_pay": TAOBAO_PAY,
    "taobao.order.purchase_create_v2": TAOBAO_CREATE,
    "taobao.order.purchase_create": TAOBAO_CREATE,
    "taobao.order.upload_voucher": Effect(
        TAOBAO_ID,
        each(TAOBAO, done=[one_of("orderStatus", "1", "2", "5", "10", "11")], never=TAOBAO_CLOSED),
        why=ORDER_EXISTS,
    ),
    "taobao.order.cancel": TAOBAO_CANCEL,
    "taobao.order.update_warehouse": Effect(NOTHING, why="no order is known to show its forward warehouse"),
    "taobao.order.pay": TAOBAO_PAY,
    "taobao.after_sale.return_logistics_submit": Effect(
        by_id("refundId"),
        each(
            [TAOBAO_REFUND],
            done=[
                same(
                    "logistics",
                    [
                        ("logisticsNo", "logisticsNo"),
                        ("logisticsCompany.logisticsCompanyCode", "logisticsCompanyCode"),
                    ],
                )
            ],
            never=[one_of("refundOrder.refundStatus", "-20")],
        ),
        why=REFUND_EXISTS,
    ),
    "taobao.after_sale.cancel": Effect(
        by_id("refundId"),
        each(
            [TAOBAO_REFUND],
            done=[one_of("refundOrder.refundStatus", "-20")],
            never=[one_of("refundOrder.refundStatus", "100")],
            old=[one_of("refundOrder.refundStatus", "10", "20", "30", "-10")],
        ),
        unchanged="not done",
        why=REFUND_EXISTS,
    ),
    "taobao.after_sale.submit_message": Effect(
        by_id("refundId"),
        [Row("taobao.after_sale.messages", ask=[("refundId", ID)], done=[("", "says", "refundMessage")])],
        why="the list of messages is not published",
    ),
    "taobao.after_sale.submit": Effect(
        by_id("subOrderId"),
        [
            Row(
                "taobao.after_sale.render",
                ask=[
                    ("subOrderId", ID),
                    ("goodsStatus", Field("goodsStatus")),
                    ("refundType", Field("refundType")),
                ],
                at=["refundOrderTemplate.refundOrder"],
                done=[changed("refundId")],
            ),
            Row(
                "taobao.order.purchase_page",
                at=["data[].subOrders[]"],
                key="subPurchaseOrderId",
                lasting=True,
                done=[changed("refundId")],
            ),
            Row(
                "taobao.after_sale.list",
                at=["data[]"],
                key="purchaseOrderLine.purchaseOrderLineId",
                done=[changed("refundOrder.refundId")],
            ),
        ],
        why="a line may have had an after-sale order before, and how late a new one shows is not published",
    ),
    "taobao.after_sale.modify": Effect(
        by_id("refundId"),
        each(
            [TAOBAO_REFUND],
            done=[
                same(
                    "refundOrder",
                    [(name, name) for name in ("refundFee", "reasonId", "refundDesc", "goodsStatus", "refundType")],
                )
            ],
        ),
        why=REFUND_EXISTS,
    ),
    "taobao.cart.add": Effect(
        CONTENTS,
        each([TAOBAO_CART], equal=[("mpSkuId", "mpSkuId"), ("mpId", "mpId")], done=[changed("quantity")]),
        why=NO_CART,
    ),
    "taobao.cart.delete": Effect(by_id("ids"), each([TAOBAO_CART], key="id", done=[GONE]), absent="done", why=NO_CART),
    "taobao.cart.edit_quantity": Effect(
        by_id("id"), each([TAOBAO_CART], key="id", done=[same("", [("quantity", "quantity")])]), why=NO_CART
    ),
    "taobao.cart.create_order": Effect(
        CONTENTS,
        TAOBAO_LISTS,
        why="the call names lines of the cart, and no order shows from which it was made",
    ),
    "alibaba.order.create": ALIBABA_CREATE,
    "alibaba.order.batch_create": ALIBABA_CREATE,
    "alibaba.order.cancel": Effect(
        by_id("orderId"), each(ALIBABA, **ALIBABA_CANCELLED), unchanged="not done", why=EXISTS
    ),
    "alibaba.order.pay_url": Effect(
        by_id("orderId"), each(ALIBABA, **ALIBABA_PAID, old=ALIBABA_UNPAID), unchanged="not done", why=EXISTS
    ),
    "alibaba.order.confirm_receipt": Effect(
        by_id("orderId"), each(ALIBABA, **ALIBABA_RECEIVED), unchanged="not done", why=EXISTS
    ),
    "alibaba.order.batch_submit_payment": Effect(by_id("orderIds"), each(ALIBABA, **ALIBABA_PAID), why=EXISTS),
    "alibaba.after_sale.upload_voucher": Effect(NOTHING, why="a picture shows nowhere until a refund uses it"),
    "alibaba.after_sale.create": Effect(
        by_id("orderId"),
        each(
            [ALIBABA_ORDER],
            lasting=True,
            done=[
                changed("productItems[].refundId"),
                changed("baseInfo.refundId"),
                changed("productItems[].refundIdForAs"),
            ],
        ),
        unchanged="not done",
        why="an order may have had a refund before, and how late a new one shows is not published",
    ),
    "alibaba.after_sale.return_goods": Effect(
        by_id("refundId"),
        each(
            [ALIBABA_REFUND],
            done=[
                same("", [("freightBill", "freightBill")]),
                one_of("buyerSendGoods", "true"),
                one_of("status", "waitsellerreceive", "refundsuccess"),
            ],
            never=[one_of("status", "refundclose")],
            old=[one_of("status", "waitbuyersend")],
        ),
        unchanged="not done",
        why="the refund exists whatever became of the call",
    ),
    "alibaba.cart.add": Effect(
        CONTENTS,
        each([ALIBABA_CART], equal=[("specId", "specId")], done=[changed("quantity")]),
        why="how the cart counts a variant that is in it is not published",
    ),
    "alibaba.cart.delete": Effect(
        by_id("cartIds"),
        each([ALIBABA_CART], key="id", done=[GONE]),
        absent="done",
        why="path and fields of the deletion are not published",
    ),
    "alibaba.cart.edit_quantity": Effect(
        by_id("id"),
        each([ALIBABA_CART], key="id", done=[same("", [("quantity", "quantity")])]),
        unchanged="not done",
        why="the line may have been deleted or ordered meanwhile",
    ),
    "alibaba.cart.create_order": Effect(
        by_reference("message"), each([ALIBABA_ORDERS], **ALIBABA_MADE_FROM_CART), why=HOW_LATE
    ),
    "address.save": Effect(
        CONTENTS,
        [
            Row(
                "address.list",
                at=["[]"],
                equal=[(name, name) for name in ("name", "phone", "province", "city", "district", "address")],
                done=[present("id")],
            )
        ],
        why="the list of addresses is not published",
    ),
    "warehouse.book_freight": Effect(NOTHING, why="no call shows what was booked"),
    "warehouse.update_domestic_logistics": Effect(NOTHING, why="no call shows bookings or their parcels"),
    "international.order.create": Effect(NOTHING, why=NO_FIELDS),
    "big_major.order.create": Effect(
        by_reference("message"),
        each([BIG_MAJOR_ORDERS, ALIBABA_ORDERS], **ALIBABA_MADE),
        why="which list shows these orders, and how late, is not published",
    ),
    "big_major.order.pay": Effect(by_id("orderId"), each([BIG_MAJOR_ORDER, ALIBABA_ORDER], **ALIBABA_PAID), why=EXISTS),
    "poizon.order.pay": Effect(
        by_id("orderId"),
        [Row("poizon.order.page", at=ANYWHERE, key="orderId", done=[one_of("orderStatus", "PAID")])],
        why=EXISTS + "; upstream it is paid when it is created",
    ),
    "poizon.order.create": Effect(CONTENTS, [Row("poizon.order.page", at=ANYWHERE, key="orderId")], why=NO_FIELDS),
}
