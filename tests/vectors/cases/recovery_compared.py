"""Writes that only a comparison shows with what was there before."""

from .recovery_events import WINDOW, Case, always, failure, is_first, reply

ADD, DELETE, EDIT = "alibaba.cart.add", "alibaba.cart.delete", "alibaba.cart.edit_quantity"
CART = "alibaba.cart.list"
REFUND, SUBMIT, MESSAGE = "alibaba.after_sale.create", "taobao.after_sale.submit", "taobao.after_sale.submit_message"
SET = {CART: "/alibaba/cart/list"}
UNLOOKED = "unknown: nobody looked before the call"
LOOK_FAILED = "unknown: the look before the call failed"


def line(number, spec, quantity):
    return {"id": number, "specId": spec, "quantity": quantity}


def cart(*lines, disabled=()):
    return reply({"enableList": [{"cartItemInfos": list(lines)}], "disableList": [{"cartItemInfos": list(disabled)}]})


def seen(*lines):
    return {CART: list(lines)}


def refunds(*numbers, **base):
    return {"baseInfo": {"id": "77", **base}, "productItems": [{"refundId": number} for number in numbers]}


def order(*numbers, **base):
    return always(reply(refunds(*numbers, **base)))


def submitted(render=None, lines=(), listed=()):
    """What the three rows show of the line of an order."""

    def platform(now, row, params):
        if row == "taobao.after_sale.render":
            return reply({"refundOrderTemplate": {"refundOrder": render}})
        if row == "taobao.order.purchase_page":
            return reply({"data": [{"orderId": "7", "subOrders": list(lines)}] if is_first(params) else []})
        return reply({"data": list(listed) if is_first(params) else []})

    return platform


def sub(**fields):
    return {"subPurchaseOrderId": "66", **fields}


def listed(refund):
    return {"purchaseOrderLine": {"purchaseOrderLineId": "66"}, "refundOrder": {"refundId": refund}}


RENDERED, PURCHASES, LIST = "taobao.after_sale.render", "taobao.order.purchase_page", "taobao.after_sale.list"

CASES = [
    Case("a line that came into the cart is done", ADD, "done: 1", always(cart(line("31", "a1", 2))), before=seen()),
    Case("a line of which there are more is done", ADD, "done: 1", always(cart(line("31", "a1", 3))), before=seen(line("31", "a1", 1))),
    Case("a line as before is old", ADD, "unknown: in its old state", always(cart(line("31", "a1", 1))), before=seen(line("31", "a1", 1)), window=WINDOW),
    Case("a line that is disabled is in the cart", ADD, "done: 1", always(cart(disabled=[line("31", "a1", 2)])), before=seen()),
    Case("a second line of the same is done", ADD, "done: 1", always(cart(line("31", "a1", 1), line("32", "a1", 2))), before=seen(line("31", "a1", 1))),
    Case("two lines of the same that were there before are old", ADD, "unknown: in its old state", always(cart(line("31", "a1", 1), line("32", "a1", 2))), before=seen(line("31", "a1", 1), line("32", "a1", 2))),
    Case("lines in another order are old", ADD, "unknown: in its old state", always(cart(line("32", "a1", 2), line("31", "a1", 1))), before=seen(line("31", "a1", 1), line("32", "a1", 2))),
    Case("another line is another", ADD, "unknown: does not show", always(cart(line("33", "c3", 1))), before=seen()),
    Case("a cart that nobody looked at is not looked at", ADD, UNLOOKED, None, calls=0),
    Case("a cart of which the look before failed is not looked at", ADD, LOOK_FAILED, None, before={}, calls=0),
    Case("a look before at something else is none", ADD, LOOK_FAILED, None, before={"address.list": []}, calls=0),
    Case("a line that is gone is done at once", DELETE, "done: 0", always(cart(line("32", "b2", 1))), before=seen(line("31", "a1", 1), line("32", "b2", 1)), paths=SET, window=WINDOW, looks=[0]),
    Case(
        "a line that goes late is done when it is gone",
        DELETE,
        "done: 0",
        lambda now, row, params: cart(line("31", "a1", 1)) if now < 2_000 else cart(),
        before=seen(line("31", "a1", 1)),
        paths=SET,
        window=WINDOW,
        looks=[0, 1_000, 3_000],
    ),
    Case("a line that is still there is old", DELETE, "unknown: in its old state", always(cart(line("31", "a1", 1))), before=seen(line("31", "a1", 1)), paths=SET),
    Case("a line that is not there where the path is a guess", DELETE, f"unknown: `{CART}`", always(cart()), before=seen(line("31", "a1", 1))),
    Case("a line that nobody saw before is not certainly gone", DELETE, "unknown: nobody saw it there before the call", always(cart()), before=seen(line("32", "b2", 1)), paths=SET),
    Case("a cart that cannot be asked shows no deletion", DELETE, "unknown: a look failed", always(failure()), before=seen(line("31", "a1", 1)), paths=SET),
    Case("a cart that cannot be read shows no deletion", DELETE, "unknown: a look failed", always(reply({"enableList": None}, "data.enableList")), before=seen(line("31", "a1", 1)), paths=SET),
    Case("of two lines one is gone", DELETE, "partly: 0, missing 32", always(cart(line("32", "b2", 1))), params={"cartIds": ["31", "32"]}, before=seen(line("31", "a1", 1), line("32", "b2", 1)), paths=SET),
    Case("of two lines both are gone, one after the other", DELETE, "done: 0", lambda now, row, params: cart(line("32", "b2", 1)) if now < 500 else cart(), params={"cartIds": ["31", "32"]}, before=seen(line("31", "a1", 1), line("32", "b2", 1)), paths=SET, window=WINDOW),
    Case("a line of the other cart is gone", "taobao.cart.delete", "done: 0", always(reply({"cart": {"lines": [{"id": "32"}]}})), before={"taobao.cart.list": [{"id": "31"}]}, paths={"taobao.cart.list": "/open/cart/list"}),
    Case("a line that came into the other cart is done", "taobao.cart.add", "done: 1", always(reply({"list": [{"shop": {"items": [{"mpSkuId": "s1", "mpId": "m1", "quantity": 2}]}}]})), before={"taobao.cart.list": []}),
    Case("a line of the other cart with another variant is another", "taobao.cart.add", "unknown: does not show", always(reply({"list": [{"mpSkuId": "s1", "mpId": "m2", "quantity": 2}]})), before={"taobao.cart.list": []}),
    Case("a quantity that was set needs no look before", EDIT, "done: 1", always(cart(line("31", "a1", 5)))),
    Case("a refund that is new is done", REFUND, "done: 1", order("R1"), before={"alibaba.order.get": [refunds(None)]}),
    Case("a refund beside an older one is done", REFUND, "done: 1", order("R0", "R1"), before={"alibaba.order.get": [refunds("R0", None)]}),
    Case("a refund that the order shows as a whole is done", REFUND, "done: 1", order(None, refundId="R1"), before={"alibaba.order.get": [refunds(None)]}),
    Case("an order without a refund has none", REFUND, "not done", order(None), before={"alibaba.order.get": [refunds(None)]}, window=WINDOW),
    Case("an order with its older refund has no new one", REFUND, "not done", order("R0"), before={"alibaba.order.get": [refunds("R0")]}),
    Case("an order with its older refunds in another order has no new one", REFUND, "not done", order("R1", "R0"), before={"alibaba.order.get": [refunds("R0", "R1")]}),
    Case("an order that lost an older refund has no new one", REFUND, "not done", order("R1"), before={"alibaba.order.get": [refunds("R0", "R1")]}),
    Case("an order at which nobody looked is not asked", REFUND, UNLOOKED, None, calls=0),
    Case("an after-sale order that the rendering shows is done", SUBMIT, "done: 1", submitted(render={"refundId": "R1"}), before={RENDERED: []}, calls=1),
    Case("an after-sale order of before is old", SUBMIT, "unknown: in its old state", submitted(render={"refundId": "R0"}), before={RENDERED: [{"refundId": "R0"}]}),
    Case("an after-sale order that the line shows is done", SUBMIT, "done: 1", submitted(lines=[sub(refundId="R1")]), before={RENDERED: [], PURCHASES: [sub(refundId=None)]}, calls=2),
    Case("a line that did not show before cannot be compared", SUBMIT, "unknown: does not tell its state", submitted(lines=[sub(refundId="R1", refundStatus=0)]), before={RENDERED: [], PURCHASES: []}),
    Case("an order that did not show before cannot be compared", REFUND, "unknown: does not tell its state", order("R1"), before={"alibaba.order.get": []}),
    Case("an after-sale order that only the list shows is done", SUBMIT, "done: 1", submitted(listed=[listed("R1")]), before={RENDERED: [], PURCHASES: [], LIST: []}, calls=4),
    Case("two after-sale orders of before are old", SUBMIT, "unknown: in its old state", submitted(listed=[listed("R0"), listed("R1")]), before={RENDERED: [], PURCHASES: [], LIST: [listed("R0"), listed("R1")]}),
    Case("a third after-sale order is done", SUBMIT, "done: 1", submitted(listed=[listed("R2"), listed("R0"), listed("R1")]), before={RENDERED: [], PURCHASES: [], LIST: [listed("R0"), listed("R1")]}),
    Case("an after-sale order of before that went on is no new one", SUBMIT, "unknown: in its old state", submitted(lines=[sub(refundId="R0", refundStatus=20)]), before={RENDERED: [], PURCHASES: [sub(refundId="R0", refundStatus=10)]}),
    Case("a row that nobody looked at before tells nothing", SUBMIT, "unknown: does not tell its state", submitted(lines=[sub(refundId="R1")]), before={RENDERED: []}),
    Case("a line that cannot be rendered is looked for in the lists", SUBMIT, "done: 1", submitted(lines=[sub(refundId="R1")]), params={"subOrderId": "66"}, before={PURCHASES: [sub()]}, calls=1),
    Case("a message that is new is done", MESSAGE, "done: 1", always(reply({"messages": [{"content": "please hurry"}]})), before={"taobao.after_sale.messages": [{"messages": []}]}),
    Case("a message that was there before is old", MESSAGE, "unknown: in its old state", always(reply({"messages": [{"content": "please hurry"}]})), before={"taobao.after_sale.messages": [{"messages": [{"content": "please hurry"}]}]}),
    Case("other words are another message", MESSAGE, "unknown: in its old state", always(reply({"messages": [{"content": "please hurry up"}]})), before={"taobao.after_sale.messages": [{"messages": []}]}),
]
