"""Test messages: what is sent and signed, and what is refused."""

from rules import pushes, signed_pushes

from .push_messages import PARCEL
from .push_signatures import ACCOUNT

NOW = 1779263269913

HEAD = {
    "about": "Signed test messages. `message` is the platform's name for the kind of message or the id of a row, `content` "
    "JSON text, null for the documented example; `platform` and `time_ms` are given unless null, and the clock shows "
    f"{NOW}. `expect` has the header and the body that are sent, `error` what is wrong and where; `contains` is said of it.",
    "now_ms": NOW,
}

ORDER = "alibaba.push.order_status_changed"
MODIFIED = "ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY"
TAOBAO = "taobao.push.order_status_changed"
PARCELS = "big_major.push.package_inbound"

EXAMPLES = [
    ("taobao.push.order_price_modified", "the example of a Taobao price"),
    ("taobao.push.order_status_changed", "the example of a Taobao state"),
    ("taobao.push.order_refund", "the example of a Taobao refund"),
    ("alibaba.push.order_price_modified", "the example of a 1688 price"),
    (ORDER, "the example of a 1688 state"),
    ("alibaba.push.order_refund", "the example of a 1688 refund"),
    (PARCELS, "the example of a parcel, which has no envelope"),
    ("ORDER_PAY_SUCCESS", "the example of a type"),
    ("ORDER_CREATE", "the example under another type of its row"),
    ("1688_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", "the example under a type with the name of its platform"),
    ("TAOBAO_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", "the example of a Taobao type"),
    ("TAOBAO_ORDER_STATUS", "the example under a type that only the example has"),
]

WRITTEN = [
    ("an order of one field", "ORDER_CREATE", '{"orderId":"3305075341149134260"}', {}),
    ("an order by the id of its row", ORDER, '{"orderId":"3305075341149134260","payStatus":2}', {}),
    ("amounts as text become numbers", MODIFIED, '{"orderId":"1","totalAmount":"98.10","shippingFee":"500"}', {}),
    ("an amount as a whole number", MODIFIED, '{"totalAmount":9800}', {}),
    ("a null is left out", "ORDER_CANCEL", '{"orderId":"1","closeReason":null,"orderNo":"7"}', {}),
    ("an empty content", "ORDER_CANCEL", "{}", {}),
    ("a time in canonical form becomes the platform's", "ORDER_PAY_SUCCESS", '{"payTime":"2026-05-20T15:41:00+08:00"}', {}),
    ("a time in UTC becomes the platform's", "ORDER_PAY_SUCCESS", '{"payTime":"2026-05-20T07:41:00Z"}', {}),
    ("a time that the platform writes in milliseconds", TAOBAO, '{"businessTime":"2026-05-20T15:47:49.913+08:00"}', {}),
    ("Chinese, emoji, quotes and a backslash", "ORDER_CANCEL", '{"closeReason":"买家取消 🧧 \\"x\\" \\\\"}', {}),
    ("any value where the shape is not known", "ORDER_CREATE", '{"refundStatus":{"a":[1,true,null,"x"]}}', {}),
    ("fields under the platform's own names", PARCELS, PARCEL.replace('2887421737338134260', '"2887421737338134260"').replace('"34"', "34"), {}),
    ("fields under our names become the platform's", PARCELS, '{"outOrderId":"1","qualityInspection":{"weight":0.4,"failedRemark":"白"}}', {}),
    ("lines in a list", "taobao.push.order_price_modified", '{"salesOrderId":"3682557363260579405","subOrders":[{"purchaseOrderOuterId":"1","productAmount":"95.5","quantity":1},{"quantity":2}]}', {}),
    ("an object in an object", "taobao.push.order_price_modified", '{"purchaseOrderPrice":{"purchaseCurrency":"CNY","purchaseTotalFee":"9500"}}', {}),
    ("white space is not sent", "ORDER_CREATE", ' { "orderId" : "1" , "payStatus" : 1 } ', {}),
    ("a moment that is given", "ORDER_CREATE", '{"orderId":"1"}', {"time_ms": 1722484800000}),
    ("an example of a moment that is given", "ORDER_PAY_SUCCESS", None, {"time_ms": 1722484800000}),
    ("a platform that is the row's", "ORDER_CREATE", '{"orderId":"1"}', {"platform": 1}),
    ("the same type of another platform is another row", "ORDER_CREATE", '{"purchaseId":"1"}', {"platform": 0}),
    ("a type that no table lists, with its platform", "LOGISTICS_TRACE", '{"mailNo":"7","steps":[1,{"a":null}]}', {"platform": 1}),
    ("a type that no table lists, of no known platform", "LOGISTICS_TRACE", '"signed"', {"platform": 9}),
    ("a type that no table lists, which names its platform", "TAOBAO_LOGISTICS", "[]", {}),
    ("a misspelt type, with its platform", "ORDER_PAY_SUCESS", '{"orderId":"1"}', {"platform": 1}),
    ("a type that is taken for a row", "TAOBAO_TRADE_REFUND_DONE", '{"refundId":"110002685755"}', {}),
]

REFUSED = [
    ("a field that is none", "ORDER_CREATE", '{"orderld":"1"}', {}, ["orderId"]),
    ("a field of another row", "alibaba.push.order_refund", '{"refundid":"1"}', {}, ["refundId"]),
    ("a field that is none, in an object", PARCELS, '{"qualityInspection":{"wieght":1}}', {}, ["weight"]),
    ("a field that is none, in a list", "taobao.push.order_price_modified", '{"subOrders":[{},{"quantitty":1}]}', {}, ["quantity"]),
    ("a wrong type", "ORDER_CREATE", '{"payStatus":"paid"}', {}, []),
    ("a list in place of text", "ORDER_CREATE", '{"closeReason":["x"]}', {}, []),
    ("an amount that is none", "ORDER_CREATE", '{"totalAmount":"much"}', {}, []),
    ("a wrong type in a list", "taobao.push.order_price_modified", '{"subOrders":[{"quantity":true}]}', {}, []),
    ("a list in place of a content", "ORDER_CREATE", "[]", {}, []),
    ("text in place of a content", "ORDER_CREATE", '"x"', {}, []),
    ("a misspelt type", "ORDER_PAY_SUCESS", '{"orderId":"1"}', {}, ["ORDER_PAY_SUCCESS"]),
    ("a misspelt type in lower case", "order-pay-success", None, {}, ["ORDER_PAY_SUCCESS"]),
    ("a misspelt id", "alibaba.push.order_status_chnged", None, {}, [ORDER]),
    ("a misspelt type with the name of its platform", "1688_ORDER_BUYER_VIEW_ORDER_PRICE_MODFY", None, {}, ["1688_" + MODIFIED]),
    ("a type that is like one that is known", "1688_ORDER_CREATE", '{"orderId":"1"}', {}, ["ORDER_CREATE"]),
    ("no type", "", None, {}, []),
    ("the id of an endpoint", "taobao.order.get", None, {}, []),
    ("a platform that is not the row's", ORDER, None, {"platform": 0}, []),
    ("a moment where there is no envelope", PARCELS, None, {"time_ms": NOW}, []),
    ("a platform where there is no envelope", PARCELS, None, {"platform": 1}, []),
    ("no content where no example is known", "LOGISTICS_TRACE", None, {"platform": 1}, []),
]


def cases():
    rows = pushes.load()
    for message, name in EXAMPLES:
        yield case(rows, name, ACCOUNT, message, None, {}, [])
    for name, message, content, more in WRITTEN:
        yield case(rows, name, ACCOUNT, message, content, more, [])
    for name, message, content, more, contains in REFUSED:
        yield case(rows, name, ACCOUNT, message, content, more, contains, True)
    yield case(rows, "another key and secret", ("k", "s" * 65), "ORDER_CREATE", '{"orderId":"1"}', {}, [])
    yield case(rows, "an empty secret, with which nothing is accepted", ("k", ""), "ORDER_CREATE", None, {}, [], True)


def case(rows, name, account, message, content, more, contains, is_refused=False):
    result = signed_pushes.signed(rows, account, {"message": message, "content": content, **more}, NOW)
    assert ("error" in result) == is_refused, (name, result)
    if is_refused:
        result["error"]["contains"] = contains
    else:
        # What is sent is accepted by the rules for what is received.
        read = pushes.read(rows, *account, result["expect"]["authorization"], result["expect"]["body"].encode())
        assert "expect" in read, (name, read)
    given = {"access_key": account[0], "access_secret": account[1], "message": message, "content": content}
    given |= {"platform": more.get("platform"), "time_ms": more.get("time_ms")}
    return [("name", name), *given.items(), *result.items()]
