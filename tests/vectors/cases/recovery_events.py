"""What the cases of searches are made of: a lost write, a platform that is asked for it, and objects that it shows."""

import json

#: When the write was sent, in milliseconds since 1970; 2024-08-01 16:13:20 in Beijing.
SENT = 1_722_500_000_000
MADE = "2024-08-01T16:13:21+08:00"
WINDOW = 60_000

ACCOUNT = {"access_key": "sandbox-key", "access_secret": "sandbox-secret", "user_id": "sandbox-user", "method": "md5"}
BASE_URL = "https://www.xportcn.com/api"


MISSING = object()


class Refusal:
    """A ticket that is refused: the usual one with other members, or a text of its own."""

    def __init__(self, name, path="ticket", ticket=None, **other):
        self.name = name
        self.path = path
        self.text = ticket
        self.other = other

    def ticket(self):
        return self.text or Case(self.name, "taobao.order.pay", "", None, other=self.other).ticket()


class Case:
    """A search. `platform` is asked with the milliseconds since the sending, the row and the parameters."""

    def __init__(self, name, write, ends, platform, **rest):
        self.name = name
        self.write = write
        #: How it ends, in words, written by hand.
        self.ends = ends
        self.platform = platform
        self.params = rest.pop("params", None)
        self.before = rest.pop("before", None)
        self.window = rest.pop("window", 0)
        self.paths = rest.pop("paths", ())
        #: Milliseconds after the sending at which the search begins, that a call takes, and that a wait is off.
        self.begins, self.takes, self.off = rest.pop("begins", 0), rest.pop("takes", 0), rest.pop("off", 0)
        #: How far the clock is set back during the first wait, and whether the second sets it forth again.
        self.set_back, self.returns = rest.pop("set_back", 0), rest.pop("returns", False)
        #: What stands in the ticket in place of the usual.
        self.other = rest.pop("other", {})
        #: When looks begin, where the case is about that.
        self.looks = rest.pop("looks", None)
        #: How many calls are made, where the case is about that.
        self.calls = rest.pop("calls", None)
        assert not rest, rest

    def ticket(self):
        kept = {"version": 1, "endpoint": self.write, "userId": ACCOUNT["user_id"], "baseUrl": BASE_URL}
        kept.update(sentAt=SENT - 5_000, lastSentAt=SENT, params=PARAMS[self.write] if self.params is None else self.params)
        kept.update({} if self.before is None else {"before": self.before}, **self.other)
        return text({name: value for name, value in kept.items() if value is not MISSING})


class Settled(Case):
    """A write that is seen to its end. `writes` is what becomes of each sending: a reply, or None where it is lost."""

    def __init__(self, *facts, writes, may_resend=False, **rest):
        super().__init__(*facts, **rest)
        self.writes = writes
        self.may_resend = may_resend

    def lost(self, now):
        moments = {"sentAt": now - 400, "lastSentAt": now}
        return Case(self.name, self.write, "", None, params=self.params, other=moments).ticket()


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def reply(data, *warnings):
    """An answer, with the paths of what could not be read in it."""
    told = [{"path": path, "expected": "another kind", "found": "this"} for path in warnings]
    return "reply", text(data), told


def failure(words="no connection"):
    return "failure", words


def always(answer):
    return lambda now, row, params: answer


def shown_in(row, items):
    """The data of a row with these objects."""
    place = PLACES[row]
    return put(place, items) if place else (items[0] if items else None)


def only(row, *items):
    """A platform on which one row shows these, and the others nothing."""
    return lambda now, asked, params: reply(shown_in(asked, list(items) if asked == row and is_first(params) else []))


def is_first(params):
    return params.get("pageNo", params.get("beginPage", 1)) == 1


def put(path, value):
    """Objects and lists around a value."""
    step, _, rest = path.partition(".")
    inner = put(rest, value) if rest else value
    if step == "[]":
        return inner
    name = step[:-2] if step.endswith("[]") else step
    return {name: [inner] if step.endswith("[]") and rest else inner}


def merged(*objects):
    """One object of all of them."""
    whole = {}
    for other in objects:
        for name, value in other.items():
            known = whole.get(name)
            if isinstance(known, dict) and isinstance(value, dict):
                value = merged(known, value)
            elif isinstance(known, list) and isinstance(value, list) and known and isinstance(known[0], dict):
                value = [merged(one, another) for one, another in zip(known, value)]
            whole[name] = value
    return whole


# Where objects stand in the data of a row.
PLACES = {
    "address.list": "[]",
    "alibaba.after_sale.get": "",
    "alibaba.cart.list": "enableList[].cartItemInfos",
    "alibaba.order.get": "",
    "alibaba.order.page": "result",
    "big_major.order.get": "",
    "big_major.order.page": "result",
    "poizon.order.page": "list.orders",
    "taobao.after_sale.get": "",
    "taobao.after_sale.list": "data",
    "taobao.after_sale.messages": "messages",
    "taobao.after_sale.render": "",
    "taobao.cart.list": "cart.lines",
    "taobao.order.get": "",
    "taobao.order.page": "data",
    "taobao.order.purchase_page": "data",
}

TAOBAO_LINES = [
    {"itemId": "1", "skuId": "11", "quantity": 1},
    {"itemId": "2", "skuId": "22", "quantity": 1},
]
ALIBABA_LINES = [{"offerId": 1, "specId": "a1", "quantity": 1}, {"offerId": 2, "specId": "b2", "quantity": 3}]
ADDRESS = {
    "name": "Li Lei",
    "phone": "13800000000",
    "province": "浙江省",
    "city": "杭州市",
    "district": "余杭区",
    "address": "文一西路 969 号",
}

# What was sent.
PARAMS = {
    "taobao.order.purchase_cancel": {"orderId": "77"},
    "taobao.order.purchase_pay": {"orderId": "77"},
    "taobao.order.purchase_create_v2": {"sellerOrderNumber": "shop-1"},
    "taobao.order.purchase_create": {"orderLineList": text(TAOBAO_LINES), "sellerOrderNumber": "shop-1"},
    "taobao.order.upload_voucher": {"orderId": "77"},
    "taobao.order.cancel": {"orderId": "77"},
    "taobao.order.update_warehouse": {"orderId": "77", "warehouseId": "3"},
    "taobao.order.pay": {"orderId": "77"},
    "taobao.after_sale.return_logistics_submit": {
        "refundId": "500",
        "logisticsNo": "SF1",
        "logisticsCompanyCode": "SF",
    },
    "taobao.after_sale.cancel": {"refundId": "500"},
    "taobao.after_sale.submit_message": {"refundId": "500", "refundMessage": "please hurry"},
    "taobao.after_sale.submit": {"subOrderId": "66", "goodsStatus": 1, "refundType": 1, "reasonId": "4"},
    "taobao.after_sale.modify": {"refundId": "500", "refundFee": "10.50", "reasonId": "4"},
    "taobao.cart.add": {"mpSkuId": "s1", "mpId": "m1", "quantity": 2},
    "taobao.cart.delete": {"ids": ["31"]},
    "taobao.cart.edit_quantity": {"id": "31", "quantity": 5},
    "taobao.cart.create_order": {"ids": ["31"]},
    "alibaba.order.create": {"cargoParamList": ALIBABA_LINES[:1], "message": "shop-1"},
    "alibaba.order.batch_create": {"cargoParamList": ALIBABA_LINES, "message": "shop-1"},
    "alibaba.order.cancel": {"webSite": "1688", "orderId": "77", "cancelReason": "other"},
    "alibaba.order.pay_url": {"orderId": "77"},
    "alibaba.order.confirm_receipt": {"orderId": "77", "orderEntryIds": ["78"]},
    "alibaba.order.batch_submit_payment": {"orderIds": ["77"]},
    "alibaba.after_sale.upload_voucher": {"imageData": "aGVsbG8="},
    "alibaba.after_sale.create": {"orderId": "77", "applyReasonId": "4"},
    "alibaba.after_sale.return_goods": {"refundId": "500", "freightBill": "SF1"},
    "alibaba.cart.add": {"offerId": "1", "specId": "a1", "quantity": 2},
    "alibaba.cart.delete": {"cartIds": ["31"]},
    "alibaba.cart.edit_quantity": {"id": "31", "quantity": 5},
    "alibaba.cart.create_order": {"cartIds": ["31"], "message": "shop-1"},
    "address.save": ADDRESS,
    "warehouse.book_freight": {"renderId": "1"},
    "warehouse.update_domestic_logistics": {"orderId": "77"},
    "international.order.create": {"offerId": "1"},
    "big_major.order.create": {"cargoParamList": ALIBABA_LINES[:1], "message": "shop-1"},
    "big_major.order.pay": {"orderId": "77"},
    "poizon.order.pay": {"orderId": "77"},
    "poizon.order.create": {"requestId": "shop-1"},
}
