"""Every write, in every state in which every row may show its object."""

from rules.effects import EFFECTS

from .recovery_events import MADE, Case, merged, only, put

#: Found by an id or a reference, of what each write names.
KEYS = {"orderId": "77", "orderIds": "77", "refundId": "500", "subOrderId": "66", "ids": "31", "cartIds": "31", "id": "31"}
KEYS.update(sellerOrderNumber="shop-1", message="shop-1")

#: Fields of the objects that hold what the writes said, and such that hold something else.
SAID = {
    "taobao.after_sale.return_logistics_submit": (
        {"logistics": {"logisticsNo": "SF1", "logisticsCompany": {"logisticsCompanyCode": "SF"}}},
        {"logistics": {"logisticsNo": "SF0", "logisticsCompany": {"logisticsCompanyCode": "SF"}}},
    ),
    "taobao.after_sale.modify": (
        {"refundOrder": {"refundFee": "10.5", "reasonId": "4", "refundDesc": "anything"}},
        {"refundOrder": {"refundFee": "9", "reasonId": "4"}},
    ),
    "taobao.cart.edit_quantity": ({"quantity": 5}, {"quantity": 4}),
    "alibaba.cart.edit_quantity": ({"quantity": 5}, {"quantity": 4}),
    "alibaba.after_sale.return_goods": ({"freightBill": "SF1"}, {"freightBill": "SF0"}),
}

UNCHANGED = {"not done": "not done", None: "unknown: in its old state"}


def cases():
    for write, effect in EFFECTS.items():
        if not any(row.done for row in effect.shown_by):
            yield Case(f"`{write}` is not looked for", write, f"unknown: {effect.why}", None, calls=0)
            continue
        for number, row in enumerate(effect.shown_by):
            yield from shows(write, effect, row, is_best=number == 0)


def shows(write, effect, row, is_best):
    """What one row shows of a write; the rows that are asked before it show nothing."""
    at = f"`{write}` in `{row.name}`: "
    kind, fields = effect.found_by
    key = put(row.key, KEYS[fields if kind == "reference" else fields[0]]) if row.key else {}
    for field, test, wanted in row.done:
        if test == "one of":
            for value in wanted if is_best else wanted[:1]:
                item = merged(key, put(field, value))
                yield Case(f"{at}{field} {value} is done", write, "done: 1", platform(row, item))
        elif test == "present" and kind == "reference":
            yield from made(at, write, effect, row, field)
        elif test == "same":
            said, other = SAID[write]
            yield Case(f"{at}what was said is done", write, "done: 1", platform(row, merged(key, said)))
            ends = "unknown: does not tell its state" if row.old else UNCHANGED[effect.unchanged]
            yield Case(f"{at}something else is not done", write, ends, platform(row, merged(key, other)))
    if any(test == "one of" for _, test, _ in row.done):
        field = next(field for field, test, _ in row.done if test == "one of")
        other = merged(key, put(field, "1x"))
        ends = "unknown: does not tell its state" if row.old else UNCHANGED[effect.unchanged]
        yield Case(f"{at}another {field} is {'not clear' if row.old else 'old'}", write, ends, platform(row, other))
        for field, _, values in row.old:
            for value in values if is_best else values[:1]:
                old = merged(key, put(field, value), SAID[write][1] if write in SAID else {})
                yield Case(f"{at}{field} {value} is old", write, UNCHANGED[effect.unchanged], platform(row, old))
        yield Case(f"{at}an object without its state is not clear", write, "unknown: does not tell its state", platform(row, key))
    for signs, words in ((row.pending, "under way"), (row.never, "can no longer be carried out")):
        for field, _, values in signs:
            for value in values if is_best else values[:1]:
                item = merged(key, put(field, value))
                yield Case(f"{at}{field} {value} is {words}", write, f"unknown: {words}", platform(row, item))


def made(at, write, effect, row, field):
    """An order that holds the reference, and all its lines."""
    reference = put(row.key, "shop-1")
    lines = LINES.get(write, {})
    item = merged(reference, put(field, "900"), put(row.created, MADE), lines)
    yield Case(f"{at}an order with the reference is done", write, "done: 1", platform(row, item))
    nothing = merged(reference, put(row.created, MADE))
    yield Case(f"{at}an order without its id is old", write, "unknown: in its old state", platform(row, nothing))
    old = merged(item, put(row.created, "2024-08-01T16:00:00+08:00"))
    yield Case(f"{at}an order of before is another", write, "unknown: made before the call", platform(row, old))


LINES = {
    "taobao.order.purchase_create": {"subOrders": [{"itemId": "1", "skuId": "11"}, {"itemId": "2", "skuId": "22"}]},
    "alibaba.order.batch_create": {
        "productItems": [{"productId": "1", "specId": "a1"}, {"productId": "2", "specId": "b2"}]
    },
}


def platform(row, item):
    """Shows the object in this row, where it stands there."""
    place = row.at[0]
    if place not in ("", "[]") and row.ask:
        item = put(place, item)
    if place == "data[].subOrders[]":
        item = {"subOrders": [item]}
    return only(row.name, item)
