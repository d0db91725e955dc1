"""Requests: what goes out for a host's parameters, and what is refused."""

from rules import requests, schema
from rules.recipes import join, repeat, shortened, text_of

ACCOUNT = {
    "method": "md5",
    "access_key": "sandbox-key",
    "access_secret": "sandbox-secret",
    "user_id": "sandbox-user",
    "unit": "s",
    "now_ms": 1722484800000,
    "nonce": "0123456789abcdefghijklmnopqrstuv",
}

HEAD = {
    "about": "Requests. The parameters are canonical JSON, as text, because numbers must keep their digits. `url` "
    "stands behind the base URL, https://www.xportcn.com/api. All are signed by the same account at the same moment.",
    "account": ACCOUNT,
}

RENDER = "taobao.after_sale.render"
CANCEL = "taobao.after_sale.cancel"
SUBMIT = "taobao.after_sale.submit"
LIST = "taobao.after_sale.list"
GET = "taobao.product.get"
CHECK = "taobao.product.batch_check"
BUY = "taobao.order.purchase_create"
SEARCH = "alibaba.product.keyword_search"
DETAIL = "alibaba.product.detail"
PREVIEW = "alibaba.order.preview"
ORDER = "alibaba.order.create"
SAVE = "address.save"
FREIGHT = "warehouse.book_freight"

LINE = '{"itemId":"600126245031041190","quantity":200,"price":"1","skuId":"5016042822039"}'
RECEIVER = '{"name":"张三","address":"测试地址"}'
ADDRESS = '{"fullName":"张三","mobile":"1","cityText":"杭州市","provinceText":"浙江省","townText":"转塘","address":"1号"}'
CARGO = '{"offerId":"548818919805","specId":"eb81c61de14f4adb","quantity":"2"}'


def rendering(identifier):
    return '{"subOrderId":%s,"goodsStatus":1,"refundType":1}' % identifier


def buying(**changes):
    parts = {"orderLineList": "[" + LINE + "]", "purchaseAmount": '"400"', "receiver": RECEIVER, **changes}
    return "{" + ",".join('"%s":%s' % part for part in parts.items() if part[1]) + "}"


def ordering(cargo, address=None):
    return '{"flow":"general","addressParam":%s,"cargoParamList":%s}' % (address or ADDRESS, cargo)


ACCEPTED = [
    # The page of the reference, and how ids are written.
    ("the reference page's own request", RENDER, rendering('"1034499579120189839"')),
    ("an id of 19 digits given as a number keeps every digit", RENDER, rendering("1034499579120189839")),
    ("an id beyond 2^63 given as a number keeps every digit", RENDER, rendering("9223372036854775809")),
    ("an id beyond 2^64 given as a number keeps every digit", RENDER, rendering("123456789012345678901234567890")),
    ("an id with leading zeros stays as it is", RENDER, rendering('"000123"')),
    ("an id of opaque text stays as it is", RENDER, rendering('"2024-08/A+b=="')),
    ("a negative id given as a number becomes text", RENDER, rendering("-7")),
    ("fields stay in the order in which they were given", RENDER, '{"refundType":2,"subOrderId":"1","goodsStatus":0}'),
    ("white space between the parameters is not sent", RENDER, '{ "subOrderId" : "1" ,\n\t"goodsStatus":1,\r\n"refundType":1 }'),
    ("a whole number beyond 2^53 keeps its digits", RENDER, '{"subOrderId":"1","goodsStatus":9007199254740993,"refundType":1}'),
    ("the largest number of 64 bits is sent", RENDER, '{"subOrderId":"1","goodsStatus":9223372036854775807,"refundType":1}'),
    ("the smallest number of 64 bits is sent", RENDER, '{"subOrderId":"1","goodsStatus":-9223372036854775808,"refundType":1}'),
    # Before the parameters.
    ("a byte order mark before the parameters is no part of them", RENDER, "\ufeff" + rendering('"1"')),
    ("a byte order mark before the parameters of a GET is no part of them", GET, '\ufeff{"itemId":"672991141190"}'),
    # Optional fields.
    ("optional fields may be absent", LIST, '{"pageSize":10}'),
    ("null leaves an optional field out", LIST, '{"refundId":null,"pageNo":1,"refundStatus":null,"pageSize":10,"salesOrderId":null}'),
    ("every filter of a list is sent", LIST, '{"refundId":"111","purchaseOrderId":"112","salesOrderId":113,"refundStatus":-20,"refundStartTime":1722484800000,"refundEndTime":1722571200000,"pageNo":1,"pageSize":100}'),
    ("an empty optional id is sent as it is", LIST, '{"refundId":"","pageSize":1}'),
    ("a page of recommendations", "taobao.product.recommend", '{"pageNo":1,"pageSize":20,"language":"en"}'),
    ("a POST without any field has an empty object as its body", "taobao.product.recommend", "{}"),
    # Amounts.
    ("an amount given as text is sent as a number with its digits", SUBMIT, '{"refundFee":"12.50"}'),
    ("an amount given as a number keeps its zeros", SUBMIT, '{"refundFee":12.50}'),
    ("0.1 + 0.2 as binary floating point shows it is sent digit by digit", SUBMIT, '{"refundFee":0.30000000000000004}'),
    ("an amount of 28 digits is sent digit by digit", SUBMIT, '{"refundFee":"12345678901234567890.12345678"}'),
    ("an amount's exponent is resolved", SUBMIT, '{"refundFee":1.25e3}'),
    ("an amount's negative exponent is resolved", SUBMIT, '{"refundFee":"5e-3"}'),
    ("minus zero is zero", SUBMIT, '{"refundFee":-0.00}'),
    ("a negative amount is sent", SUBMIT, '{"refundFee":"-0.01"}'),
    # Text.
    ("Chinese text and emoji are sent as they are", SUBMIT, '{"refundDesc":"质量问题 👍🏽 é"}'),
    ("escaped text means the same as plain text", SUBMIT, '{"refundDesc":"\\u8d28\\u91cf \\ud83d\\ude00 \\/ A\\u0042"}'),
    ("quotes, backslashes and control characters stay escaped", SUBMIT, '{"refundDesc":"\\"a\\\\b\\" \\n\\r\\t\\b\\f \\u0000\\u001f\\u007f"}'),
    ("half a surrogate pair becomes U+FFFD", SUBMIT, '{"refundDesc":"a\\ud83d b\\ude00 \\ud83d\\ud83d\\ude00"}'),
    ("line separators and a byte order mark inside text are kept", SUBMIT, '{"refundDesc":"a\u2028b\u2029c\ufeffd"}'),
    ("empty text is text", SUBMIT, '{"subOrderId":"1","refundDesc":""}'),
    ("text of one megabyte is sent whole", SUBMIT, join('{"refundDesc":"', repeat("中", 349526), '"}')),
    # Rows with inferred requests.
    ("a row with an inferred request takes further fields", SUBMIT, '{"subOrderId":"1034499579120189839","voucherPicList":["https://example.com/1.jpg"],"extra":{"a":[1,2.50,true,null]}}'),
    ("an integer beyond 2^53 in a further field keeps its digits", SUBMIT, '{"supplierId":1034499579120189839,"rate":0.30000000000000004}'),
    ("null leaves a further field out", SUBMIT, '{"subOrderId":"1","extra":null}'),
    ("white space inside a further field is not sent", SUBMIT, '{"extra": { "a" : [ 1 , " b " ] } }'),
    ("an id that the wire takes as a number is sent without quotes", SUBMIT, '{"reasonId":"1034499579120189839"}'),
    # GET: the query and the path.
    ("a field of a GET goes into the query", GET, '{"itemId":"672991141190"}'),
    ("an id given as a number goes into the query with every digit", GET, '{"itemId":1034499579120189839}'),
    ("a GET without fields has no query", GET, "{}"),
    ("a null field of a GET is left out of the query", GET, '{"itemId":null}'),
    ("reserved characters are percent-encoded in the query", GET, '{"itemId":"a b&c=d+e/f?g#h%i:j@k!l$m\'n(o)p*q,r;s[t]u"}'),
    ("unreserved characters stay in the query", GET, '{"itemId":"A-Z_a.z~0"}'),
    ("Chinese text and emoji are percent-encoded as UTF-8", GET, '{"itemId":"中文😀"}'),
    ("quotes, backslashes and control characters are percent-encoded", GET, '{"itemId":"\\"\\\\\\n\\u0000<>^`{|}\\u007f"}'),
    ("half a surrogate pair is percent-encoded as U+FFFD", GET, '{"itemId":"\\ud800"}'),
    ("an after-sale order is queried by its id", "taobao.after_sale.get", '{"refundId":"110002685755"}'),
    ("parcels are queried by the sub-order", "taobao.order.logistics", '{"subPurchaseOrderId":200033789041}'),
    ("the cashier's address is queried by the order", "alibaba.order.pay_url", '{"orderId":"2542285634920880794"}'),
    ("a field that the path names goes into the path", CANCEL, '{"refundId":"110000235001"}'),
    ("a number goes into the path with every digit", CANCEL, '{"refundId":1034499579120189839}'),
    ("a path parameter may hold hyphens, underscores, dots and tildes", CANCEL, '{"refundId":"a-B_1.2~c"}'),
    ("a path parameter of three dots is no step", CANCEL, '{"refundId":"..."}'),
    # Fields that the wire holds as JSON text.
    ("an order's lines and receiver are sent as strings that hold JSON", BUY, buying()),
    ("all fields of an order, its numbers as text where the platform wants text", BUY,
     '{"orderLineList":[{"itemId":600126245031041190,"orderLineNo":"1","quantity":200,"price":1.50,"currency":"CNY","skuId":"5016042822039"},{"itemId":"600129202197070073","orderLineNo":2,"quantity":1,"price":null,"currency":"CNY","skuId":4860968496626}],"orderSource":"lazada","purchaseAmount":400,"receiver":{"zip":"11111","country":"中国","address":"测试地址","city":"杭州市","phone":"","mobilePhone":"13800000000","district":"余杭区","name":"a测试aa","state":"浙江省"},"sellerOrderNumber":"1"}'),
    ("embedded fields may be given as JSON text already", BUY,
     buying(orderLineList='"[{\\"itemId\\":\\"1\\",\\"quantity\\":2,\\"skuId\\":\\"3\\"}]"', receiver='"{\\"name\\":\\"张三\\",\\"address\\":\\"测试\\"}"')),
    ("embedded JSON text is checked and written without its white space", BUY,
     buying(receiver='" { \\"name\\" : \\"张三\\" ,\\n \\"address\\" : \\"a b\\" } "')),
    ("quotes and line breaks inside embedded text are escaped twice", BUY, buying(receiver='{"name":"\\"a\\" \\\\b","address":"1\\n2"}')),
    ("products to check are sent as one string", CHECK, '{"params":[{"itemId":"672991141190","skuIds":["3452545926724",3452545926725]},{"itemId":1}]}'),
    ("null leaves a list inside an embedded field out", CHECK, '{"params":[{"itemId":"1","skuIds":null}]}'),
    ("an empty optional list inside an embedded field is sent", CHECK, '{"params":[{"itemId":"1","skuIds":[]}]}'),
    ("an embedded field of any shape is written compactly", SEARCH, '{"keyword":"shoes","sort":{"price":"desc"}}'),
    ("white space inside an embedded field of any shape is not sent", SEARCH, '{"keyword":"shoes","sort":{ "price" : "desc" }}'),
    ("an embedded field of any shape given as JSON text", SEARCH, '{"keyword":"shoes","sort":"{\\"price\\":\\"desc\\"}"}'),
    ("an empty embedded field is left out", SEARCH, '{"keyword":"shoes","sort":""}'),
    # The other calls.
    ("a search with all its fields", SEARCH, '{"keyword":"男鞋","beginPage":1,"pageSize":20,"country":"en","filter":"shipInToday,ksCiphertext","sort":{"price":"desc"},"outMemberId":"42","priceStart":633.69,"priceEnd":"647.60","categoryId":1033054}'),
    ("a required text may be empty", SEARCH, '{"keyword":""}'),
    ("a product id that the wire takes as a number", DETAIL, '{"offerId":"706627393257","country":"en"}'),
    ("a product id of 19 digits that the wire takes as a number", DETAIL, '{"offerId":"1034499579120189839"}'),
    ("a preview of an order", PREVIEW, '{"addressParam":{"fullName":"张三","mobile":"13800000000","postCode":null},"cargoParamList":[' + CARGO + "]}"),
    ("an order of two lines, one with half a piece", ORDER, ordering('[%s,{"offerId":548818919806,"specId":7,"quantity":0.5}]' % CARGO)),
    ("an order with a message and no promotion", ORDER, '{"flow":"general","message":"请小心包装","shopPromotionId":null,"tradeType":"nzassure","addressParam":' + ADDRESS.replace("}", ',"phone":""}') + ',"cargoParamList":[' + CARGO + "]}"),
    ("an order with fields that are not listed", ORDER, ordering("[%s]" % CARGO)[:-1] + ',"outOrderId":"own-1"}'),
    ("a preview needs neither recipient nor variant", PREVIEW, '{"addressParam":{"fullName":"张三"},"cargoParamList":[{"offerId":548818919806,"specId":null,"quantity":1}]}'),
    ("a new address has no id", SAVE, '{"name":"测试","province":"浙江省","city":"杭州市","district":"余杭区","address":"测试地址","phone":"13800000000"}'),
    ("a changed address has its id as a number", SAVE, '{"id":"1034499579120189839","name":"测试"}'),
    ("a warehouse call carries timestamp and signature in its query too", FREIGHT, '{"renderId":"FF2024080200007","lineItems":[{"itemId":"2048020617114736","skuId":413185732720,"quantity":1,"freightInfo":{"serviceId":1,"companyName":""},"price":19.90}],"tmallOrderInfo":{"tmallOrderId":"123123444"}}'),
    ("a warehouse call with one field carries its signature", FREIGHT, '{"renderId":"1"}'),
    ("empty objects and lists that are optional are sent", FREIGHT, '{"renderId":"1","receiverAddress":{},"lineItems":[]}'),
    # Other paths.
    ("a path that was set otherwise is used", RENDER, rendering('"1"'), "/open/v2/refund/render"),
    ("a path and a method that were set otherwise are used", GET, '{"itemId":"1"}', "POST /open/product/query"),
    ("a path that was set otherwise may name a field", GET, '{"itemId":"672991141190"}', "/open/product/{itemId}/detail"),
    ("a POST may carry a field in its path and the others in its body", LIST, '{"refundId":"7","pageSize":1}', "/open/refunds/{refundId}/list"),
    ("a call that was set to GET carries all fields in its query", "taobao.product.recommend", '{"pageNo":1,"pageSize":20,"language":"zh CN"}', "GET /open/product/recommend"),
    ("a path without the field's name moves the field into the query", CANCEL, '{"refundId":"1 2"}', "/open/refund/cancel"),
]

REFUSED = [
    ("parameters that are a list are refused", RENDER, "[]", ""),
    ("parameters that are null are refused", RENDER, "null", ""),
    ("parameters that are text are refused", RENDER, '"subOrderId"', ""),
    ("parameters that are cut off are refused", RENDER, '{"subOrderId":"1"', ""),
    ("no parameters at all are refused", RENDER, "", ""),
    ("a byte order mark alone is refused", RENDER, "\ufeff", ""),
    ("two byte order marks are refused", RENDER, "\ufeff\ufeff" + rendering('"1"'), ""),
    ("a byte order mark behind white space is refused", RENDER, " \ufeff" + rendering('"1"'), ""),
    ("parameters with something behind them are refused", RENDER, rendering('"1"') + "x", ""),
    ("a missing required id is refused", RENDER, '{"goodsStatus":1,"refundType":1}', "subOrderId"),
    ("a write without fields is refused", FREIGHT, "{}", "renderId"),
    ("a write whose fields are all null is refused", SUBMIT, '{"subOrderId":null,"refundFee":null}', "subOrderId"),
    ("a missing required number is refused", RENDER, '{"subOrderId":"1","goodsStatus":1}', "refundType"),
    ("null for a required id is refused", RENDER, rendering("null"), "subOrderId"),
    ("an empty required id is refused", RENDER, rendering('""'), "subOrderId"),
    ("an id with a fraction is refused", RENDER, rendering("1.0"), "subOrderId"),
    ("an id with an exponent is refused", RENDER, rendering("1e18"), "subOrderId"),
    ("true is no id", RENDER, rendering("true"), "subOrderId"),
    ("a list is no id", RENDER, rendering('["1"]'), "subOrderId"),
    ("an object is no id", RENDER, rendering("{}"), "subOrderId"),
    ("a number in text is no whole number", RENDER, '{"subOrderId":"1","goodsStatus":"1","refundType":1}', "goodsStatus"),
    ("true is no whole number", RENDER, '{"subOrderId":"1","goodsStatus":true,"refundType":1}', "goodsStatus"),
    ("a fraction is no whole number", RENDER, '{"subOrderId":"1","goodsStatus":1.5,"refundType":1}', "goodsStatus"),
    ("a number beyond 64 bits is refused", RENDER, '{"subOrderId":"1","goodsStatus":18446744073709551616,"refundType":1}', "goodsStatus"),
    ("an unknown field is refused", RENDER, rendering('"1","orderId":"2"'), "orderId"),
    ("a field in another spelling is refused", RENDER, rendering('"1","sub_order_id":"2"'), "sub_order_id"),
    ("an unknown field is refused even if it is null", RENDER, rendering('"1","x":null'), "x"),
    ("a field that stands twice is refused", RENDER, rendering('"1","subOrderId":"1"'), "subOrderId"),
    ("a further field that stands twice is refused", SUBMIT, '{"extra":1,"subOrderId":"1","extra":null}', "extra"),
    ("a missing required page size is refused", LIST, '{"pageNo":1}', "pageSize"),
    ("a number is no text", SUBMIT, '{"refundDesc":5}', "refundDesc"),
    ("true is no text", SUBMIT, '{"refundDesc":true}', "refundDesc"),
    ("empty text is no amount", SUBMIT, '{"refundFee":""}', "refundFee"),
    ("an amount with a currency sign is refused", SUBMIT, '{"refundFee":"¥12"}', "refundFee"),
    ("an amount with a thousands separator is refused", SUBMIT, '{"refundFee":"1,000.00"}', "refundFee"),
    ("an amount of 30 digits is refused", SUBMIT, '{"refundFee":"123456789012345678901234567890"}', "refundFee"),
    ("an amount out of range is refused", SUBMIT, '{"refundFee":1e400}', "refundFee"),
    ("true is no amount", SUBMIT, '{"refundFee":true}', "refundFee"),
    ("opaque text is refused where the wire takes an id as a number", SUBMIT, '{"reasonId":"R-1"}', "reasonId"),
    ("a write all of whose fields are empty is refused", SUBMIT, '{"subOrderId":"","refundDesc":"","extra":{}}', "subOrderId"),
    ("a write whose only list is empty is refused", "taobao.order.pay", '{"purchaseOrderIdList":[]}', "orderId"),
    ("a missing path parameter is refused", CANCEL, "{}", "refundId"),
    ("null for a path parameter is refused", CANCEL, '{"refundId":null}', "refundId"),
    ("an empty path parameter is refused", CANCEL, '{"refundId":""}', "refundId"),
    ("a slash in a path parameter is refused", CANCEL, '{"refundId":"1/2"}', "refundId"),
    ("a step upwards in a path parameter is refused", CANCEL, '{"refundId":".."}', "refundId"),
    ("a single dot as a path parameter is refused", CANCEL, '{"refundId":"."}', "refundId"),
    ("a percent sign in a path parameter is refused", CANCEL, '{"refundId":"%2e%2e"}', "refundId"),
    ("a question mark in a path parameter is refused", CANCEL, '{"refundId":"1?x=1"}', "refundId"),
    ("a fragment in a path parameter is refused", CANCEL, '{"refundId":"1#2"}', "refundId"),
    ("a backslash in a path parameter is refused", CANCEL, '{"refundId":"1\\\\2"}', "refundId"),
    ("a line break in a path parameter is refused", CANCEL, '{"refundId":"1\\r\\n2"}', "refundId"),
    ("a space in a path parameter is refused", CANCEL, '{"refundId":" 1"}', "refundId"),
    ("Chinese text in a path parameter is refused", CANCEL, '{"refundId":"中"}', "refundId"),
    ("digits of another script in a path parameter are refused", CANCEL, '{"refundId":"１２"}', "refundId"),
    ("an unknown field of a GET is refused", GET, '{"itemid":"1"}', "itemid"),
    ("a missing required field of a GET is refused", "alibaba.order.pay_url", "{}", "orderId"),
    ("an empty embedded list is refused", BUY, buying(orderLineList="[]"), "orderLineList"),
    ("an empty embedded list given as JSON text is refused", BUY, buying(orderLineList='"[]"'), "orderLineList"),
    ("an empty string for a required embedded field is refused", BUY, buying(orderLineList='""'), "orderLineList"),
    ("a missing embedded field is refused", BUY, buying(receiver=""), "receiver"),
    ("embedded text that is not JSON is refused", BUY, buying(receiver='"张三"'), "receiver"),
    ("embedded JSON of another type is refused", BUY, buying(receiver='"[]"'), "receiver"),
    ("a wrong field inside an embedded list is named with its place", BUY, buying(orderLineList="[%s,%s]" % (LINE, LINE.replace("200", '"200"'))), "orderLineList[1].quantity"),
    ("a wrong field inside embedded JSON text is named with its place", BUY, buying(orderLineList='"[{\\"itemId\\":true}]"'), "orderLineList[0].itemId"),
    ("an unknown field inside an embedded object is refused", BUY, buying(receiver='{"name":"a","address":"b","street":"c"}'), "receiver.street"),
    ("a missing required text inside an embedded object is refused", BUY, buying(receiver='{"name":"a"}'), "receiver.address"),
    ("a missing id inside an embedded list is refused", CHECK, '{"params":[{"skuIds":["1"]}]}', "params[0].itemId"),
    ("null inside a list is refused", CHECK, '{"params":[{"itemId":"1","skuIds":["1",null]}]}', "params[0].skuIds[1]"),
    ("an object where a list belongs is refused", CHECK, '{"params":{"itemId":"1"}}', "params"),
    ("opaque text as a product id is refused where the wire takes a number", DETAIL, '{"offerId":"7066x"}', "offerId"),
    ("an empty product id is refused where the wire takes a number", DETAIL, '{"offerId":""}', "offerId"),
    ("an empty list of lines is refused", ORDER, ordering("[]"), "cargoParamList"),
    ("null for the lines is refused", ORDER, ordering("null"), "cargoParamList"),
    ("null among the lines is refused", ORDER, ordering("[%s,null]" % CARGO), "cargoParamList[1]"),
    ("a missing product id in a line is refused", ORDER, ordering('[{"quantity":1}]'), "cargoParamList[0].offerId"),
    ("a wrong product id in the third line is refused", ORDER, ordering('[%s,%s,{"offerId":"a","quantity":1}]' % (CARGO, CARGO)), "cargoParamList[2].offerId"),
    ("a missing quantity in a line is refused", ORDER, ordering('[{"offerId":1,"specId":"a"}]'), "cargoParamList[0].quantity"),
    ("an order without a variant is refused", ORDER, ordering('[{"offerId":1,"quantity":1}]'), "cargoParamList[0].specId"),
    ("an order with an empty variant is refused", ORDER, ordering('[{"offerId":1,"specId":"","quantity":1}]'), "cargoParamList[0].specId"),
    ("an order without a recipient is refused", ORDER, ordering("[%s]" % CARGO, "{}"), "addressParam.fullName"),
    ("an order without a town is refused", ORDER, ordering("[%s]" % CARGO, ADDRESS.replace('"townText":"转塘",', "")), "addressParam.townText"),
    ("a list where an address belongs is refused", ORDER, '{"flow":"general","addressParam":[],"cargoParamList":[' + CARGO + "]}", "addressParam"),
    ("a number out of range where an address belongs is refused", PREVIEW, '{"addressParam":1e400,"cargoParamList":[' + CARGO + "]}", "addressParam"),
    ("a missing address is refused", PREVIEW, '{"cargoParamList":[' + CARGO + "]}", "addressParam"),
    ("an unknown field of an address is refused", PREVIEW, '{"addressParam":{"street":"x"},"cargoParamList":[' + CARGO + "]}", "addressParam.street"),
    ("a missing keyword is refused", SEARCH, '{"beginPage":1}', "keyword"),
    ("a page number in text is refused", SEARCH, '{"keyword":"a","beginPage":"1"}', "beginPage"),
    ("a warehouse line whose quantity is a fraction is refused", FREIGHT, '{"lineItems":[{"quantity":0.5}]}', "lineItems[0].quantity"),
    ("a text where an object belongs is refused", FREIGHT, '{"tmallOrderInfo":"123"}', "tmallOrderInfo"),
]


def cases():
    endpoints = schema.load()
    for name, endpoint, params, *setting in ACCEPTED:
        built = requests.build(endpoints[endpoint], text_of(params), setting[0] if setting else None, ACCOUNT)
        expect = built["expect"]
        if expect["body"]:
            expect["body"] = shortened(expect["body"])
        paths = [("paths", {endpoint: setting[0]})] if setting else []
        yield [("name", name), ("endpoint", endpoint), *paths, ("params", params), ("expect", expect)]
    for name, endpoint, params, path in REFUSED:
        built = requests.build(endpoints[endpoint], params, None, ACCOUNT)
        assert built == {"error": {"path": path}}, (name, built)
        yield [("name", name), ("endpoint", endpoint), ("params", params), ("error", built["error"])]
