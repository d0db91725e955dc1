"""What pushed messages say, and bodies that are signed and say nothing."""

from rules.recipes import encoded, join, repeat

ORDER = '{"orderId":"3305075341149134260","orderNo":"PO202605200001","orderStatus":"WAITING_FOR_PAYMENT","payStatus":1,"totalAmount":10000,"shippingFee":500,"productAmount":9500,"refundAmount":0,"refundStatus":null,"closeReason":null,"tbCreateTime":"2026-05-20 15:40:00","payTime":null}'
REFUND = '{"refundId":"TQ0000000000000001","orderId":3296711100591134260}'
PRICE = '{"salesOrderId":3682557363260579405,"subOrders":[{"purchase_order_outer_id":"3682557363260579405","product_amount":"95.10","logistic_company_name":"圆通速递","logistic_number":"YT1","quantity":"1"}],"purchaseOrderPriceDTO":{"total":0.30000000000000004}}'
PARCEL = '{"out_order_id":"205569999001","alibaba_order_id":2887421737338134260,"logistics_tracking_number":"YT7565691026776","quality_inspection_info":{"status":"质检通过","weight":0.4,"length":23,"width":"34","height":56,"failed_remark":"白色领口有污点","images":["https://example.com/1.jpg"]}}'


def as_text(json):
    return '"' + json.replace("\\", "\\\\").replace('"', '\\"') + '"'


def pushed(message_type, body, platform="1", timestamp='"1779263269913"'):
    """A message; null leaves a part out."""
    parts = {"messageType": message_type and f'"{message_type}"', "messageBody": body}
    parts.update(messagePlatform=platform, timestamp=timestamp)
    return "{" + ",".join(f'"{name}":{value}' for name, value in parts.items() if value is not None) + "}"


def created(body):
    return pushed("ORDER_CREATE", body)


def unknown(body):
    return pushed("LOGISTICS_BUYER_VIEW_TRACE", body)


def at(timestamp):
    return pushed("ORDER_CREATE", '{"orderId":"1"}', timestamp=timestamp)


CASES = [
    # Every published type, in both forms of the content.
    ("an order that was created, its content as text", created(as_text(ORDER))),
    ("an order that was created, its content as an object", created(ORDER)),
    ("an order that was cancelled", pushed("ORDER_CANCEL", as_text(ORDER.replace("WAITING_FOR_PAYMENT", "CANCEL").replace('"closeReason":null', '"closeReason":"buyer_cancel"')))),
    ("an order that was paid", pushed("ORDER_PAY_SUCCESS", as_text(ORDER.replace('"payTime":null', '"payTime":"2026-05-20 15:41:00"').replace('"payStatus":1', '"payStatus":2')))),
    ("an order of 1688 whose price was changed, by the manual's name", pushed("ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", as_text(ORDER))),
    ("an order of 1688 whose price was changed, by the sister brand's name", pushed("1688_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", ORDER)),
    ("a refund on 1688", pushed("ORDER_BUYER_VIEW_ORDER_BUYER_REFUND", as_text(REFUND))),
    ("an order of Taobao whose price was changed", pushed("TAOBAO_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", PRICE, platform="0")),
    ("an order of Taobao whose price was changed, its content as text", pushed("TAOBAO_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", as_text(PRICE), platform="0")),
    ("a parcel that came in, which has no envelope", PARCEL),
    ("a parcel of which only the inspection is told", '{"quality_inspection_info":{"status":"异常","weight":"heavy"}}'),
    # Types that are not published.
    ("a type of 1688 that speaks of a price is inferred", pushed("1688_ORDER_STEP_PRICE_MODIFY", ORDER)),
    ("a type of 1688 that speaks of a refund of an order is of a refund", pushed("ORDER_BUYER_VIEW_ORDER_REFUND_AFTER_SALES", as_text(REFUND))),
    ("a type of 1688 that speaks of an order is of its state", pushed("ORDER_BUYER_VIEW_ANNOUNCE_SENDGOODS", '{"orderId":"1","currentStatus":"waitbuyerreceive","msgSendTime":"2026-05-20 15:40:00","buyerMemberId":"b2b-1","sellerMemberId":2}')),
    ("a type of Taobao that speaks of an order is of its state, whose content is kept whole", pushed("TAOBAO_ORDER_STATUS", '{"salesOrderId":3682557363260579405,"state":{"to":2}}', platform="0")),
    ("a type of Taobao that speaks of a refund", pushed("TAOBAO_ORDER_REFUND", as_text('{"refundId":110002685755,"fee":9007199254740993}'), platform="0")),
    ("a type of Taobao that speaks of a price", pushed("ITEM_PRICE_MODIFY", '{"salesOrderId":"1"}', platform="0")),
    ("a published type of 1688 on Taobao is inferred there", pushed("ORDER_CREATE", '{"orderId":3682557363260579405}', platform="0")),
    ("a type in lower case is none that is known", pushed("order_create", ORDER)),
    ("a type with a space behind it is inferred", pushed("ORDER_CREATE ", '{"orderId":"1"}')),
    ("a type of another platform is kept whole", pushed("POIZON_ORDER_CREATE", '{"orderId":110134567890123456789}', platform="4")),
    # The platform.
    ("a platform as text", pushed("ORDER_CREATE", ORDER, platform='"1"')),
    ("no platform, but the prefix of 1688", pushed("1688_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", ORDER, platform=None)),
    ("no platform, but the prefix of Taobao", pushed("TAOBAO_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", PRICE, platform=None)),
    ("a platform of null and a prefix", pushed("TAOBAO_ORDER_STATUS", "{}", platform="null")),
    ("a platform that is none, and a prefix, with a warning", pushed("1688_ORDER_X", '{"orderId":"1"}', platform='"ALIBABA"')),
    ("no platform and no prefix: the content is kept whole", pushed("ORDER_CREATE", '{"orderId":3305075341149134260}', platform=None)),
    ("a platform that contradicts the prefix wins", pushed("1688_ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY", '{"salesOrderId":1}', platform="0")),
    # Times.
    ("a time of 13 digits as text", at('"1779263269913"')),
    ("a time of 13 digits as a number", at("1779263269913")),
    ("a time of 10 digits as a number", at("1779263269")),
    ("a time of 10 digits as text", at('"1779263269"')),
    ("a time by the calendar, in Beijing", at('"2026-05-20 15:47:49"')),
    ("a time of digits with its offset", at('"20260520154749913+0800"')),
    ("a time in RFC 3339", at('"2026-05-20T15:47:49.913+08:00"')),
    ("a time with another offset keeps it", at('"2026-05-20T07:47:49Z"')),
    ("a time of null", at("null")),
    ("a time of empty text", at('""')),
    ("no time", at(None)),
    ("a time that is none is left out with a warning", at('"yesterday"')),
    ("a time that is an object is left out with a warning", at('{"at":1}')),
    # The content.
    ("a content of null", created("null")),
    ("a content of empty text", created('""')),
    ("a content of spaces", created('"  "')),
    ("no content: the message itself is one", '{"messageType":"ORDER_CREATE","messagePlatform":1,"orderId":3305075341149134260}'),
    ("text that is no JSON where an object belongs", created('"created"')),
    ("a list where an object belongs", created('[{"orderId":"1"}]')),
    ("text with a list where an object belongs", created('"[1]"')),
    ("a number where an object belongs", created("3305075341149134260")),
    ("text with JSON that is cut off where an object belongs", created('"{\\"orderId\\":\\"1"')),
    ("a content with spaces around it inside its text", created('" {\\"orderId\\" : 1 }\\n"')),
    ("a field of the wrong kind costs itself only", created('{"orderId":{"a":1},"payStatus":"paid","totalAmount":"10,000","orderNo":"7"}')),
    ("a field of the wrong kind inside text", created(as_text('{"orderId":true,"payTime":"soon","orderNo":"7"}'))),
    ("a field twice: the first one counts", created('{"orderId":"1","orderId":"2"}')),
    ("unknown fields are kept", created('{"orderId":"1","later":{"id":9007199254740993,"list":[1,null]},"b":true}')),
    ("a number out of range costs nothing but itself", created('{"orderId":"1","payStatus":1e400,"orderNo":"7"}')),
    ("a number out of range in a field of any shape", created('{"orderId":"1","refundStatus":1e400}')),
    ("ids beyond 2^63 and 2^64", created('{"orderId":9223372036854775809,"orderNo":123456789012345678901234567890}')),
    ("amounts keep every digit", created('{"totalAmount":12345678901234567890.12,"shippingFee":"0.10","productAmount":1e2,"refundAmount":-0.5}')),
    ("Chinese, emoji and escapes", created(as_text('{"closeReason":"买家取消 🧧 \\u4e2d\\n\\"x\\""}'))),
    ("a half of a surrogate pair becomes U+FFFD", created('{"closeReason":"a\\ud83db"}')),
    ("a half of a surrogate pair inside text becomes U+FFFD", created(as_text('{"closeReason":"a\\ud83db"}'))),
    ("a pair of surrogates that is escaped inside text", created(as_text('{"closeReason":"\\ud83e\\udde7"}'))),
    # A wrong byte costs the value in which it stands.
    ("a content that is no value of JSON", '{"messageType":"ORDER_CREATE","messagePlatform":1,"messageBody":NaN}'),
    ("a line end inside the type", '{"messageType":"ORDER\nCREATE"}'),
    ("a tab in the content", created('{"orderId":"1","closeReason":"a\tb","orderNo":"7"}')),
    ("a tab in the content inside text", created('"{\\"orderId\\":\\"1\\",\\"closeReason\\":\\"a\\tb\\"}"')),
    ("a word that is no value in a content inside text", created(as_text('{"orderId":"1","totalAmount":NaN}'))),
    ("an apostrophe that is escaped in a parcel", '{"out_order_id":"1","quality_inspection_info":{"failed_remark":"Men\\\'s"}}'),
    ("a zero byte behind the message", created('{"orderId":"1"}') + "\0"),
    ("bytes that are no UTF-8 become U+FFFD", encoded(b'{"messageType":"ORDER_CREATE","messagePlatform":1,"messageBody":{"closeReason":"\xff","orderId":"1"}}')),
    ("a time that is not set", at("0")),
    ("a time as a double", at("1.7224848E12")),
    ("a platform as a double", pushed("ORDER_CREATE", ORDER, platform="1.0")),
    # Unknown types are kept whole.
    ("an unknown type is kept whole", unknown('{"OrderLogisticsTracingModel":{"orderLogsItems":[{"orderId":3305075341149134260,"orderEntryId":3305075341150134260}],"logisticsId":"LP1","weight":0.5}}')),
    ("an unknown type whose content is text with an object", unknown(as_text('{"id":3305075341149134260,"x":[1.50,null]}'))),
    ("an unknown type whose content is text with a list", unknown('"[3305075341149134260, {}]"')),
    ("an unknown type whose content is plain text", unknown('"已签收"')),
    ("an unknown type whose content is digits as text stays text", unknown('"1779263269913"')),
    ("an unknown type whose content is text that begins like an object", unknown('"{not json"')),
    ("an unknown type whose content is a number beyond 2^53", unknown("3305075341149134260")),
    ("an unknown type whose content is false", unknown("false")),
    ("an unknown type without content", unknown("null")),
    ("an unknown type nested 90 levels deep", join(unknown("#").split("#")[0], repeat("[", 90), repeat("]", 90), unknown("#").split("#")[1])),
    ("an unknown type nested 200 levels deep", join(unknown("#").split("#")[0], '{"a":', repeat("[", 200), repeat("]", 200), ',"b":1}', unknown("#").split("#")[1])),
    ("a known type with a field nested 200 levels deep", join('{"messageType":"ORDER_CREATE","messagePlatform":1,"messageBody":{"orderId":"1","later":', repeat("[", 200), repeat("]", 200), "}}")),
    ("a text of 100,000 characters", join('{"messageType":"X","messagePlatform":1,"messageBody":{"a":"', repeat("字", 100_000), '"}}')),
    # The envelope.
    ("a part twice: the first one counts", '{"messageType":"ORDER_CREATE","messageBody":{"orderId":"1"},"messagePlatform":1,"messageType":"ORDER_CANCEL","messageBody":{"orderId":"2"},"timestamp":"1779263269913"}'),
    ("a platform twice, and a time twice", '{"messagePlatform":1,"messagePlatform":0,"timestamp":1779263269,"timestamp":0,"messageType":"ORDER_CREATE","messageBody":{}}'),
    ("a type that is a number is text", '{"messageType":42,"messageBody":{"a":1},"messagePlatform":1}'),
    ("a type that is an object is left out with a warning", '{"messageType":{"a":1},"messageBody":{"a":1},"messagePlatform":1}'),
    ("an empty type is none", '{"messageType":"","messageBody":{"a":1},"messagePlatform":1}'),
    ("no type, but a content: nothing says what it is", '{"messageBody":{"out_order_id":"1"},"messagePlatform":1}'),
    ("a field of a parcel beside a content of another kind", '{"out_order_id":"1","messageBody":{"a":1}}'),
    ("an escaped name of a part", '{"message\\u0054ype":"ORDER_CREATE","messageBody":{"orderId":"1"},"messagePlatform":1}'),
    ("further parts are left out", '{"traceId":"t-1","messageType":"ORDER_CREATE","messageBody":{"orderId":"1"},"messagePlatform":1,"retry":2}'),
    ("white space around everything", ' \r\n\t{ "messageType" : "ORDER_CREATE" , "messageBody" : { "orderId" : 1 } , "messagePlatform" : 1 } \n'),
    ("an object that is no message is kept whole", '{"hello":3305075341149134260}'),
    ("an empty object", "{}"),
]

MALFORMED = [
    ("an empty body that is signed", ""),
    ("a body of spaces", " \n"),
    ("a body that is no JSON", "ORDER_CREATE"),
    ("a form in place of JSON", "messageType=ORDER_CREATE&messagePlatform=1"),
    ("HTML in place of JSON", "<html></html>"),
    ("a body that is cut off", created(ORDER)[:-1]),
    ("two messages in one body", created(ORDER) * 2),
    ("a list of messages", "[" + created(ORDER) + "]"),
    ("text in place of a message", as_text(created(ORDER))),
    ("a number in place of a message", "1779263269913"),
    ("null in place of a message", "null"),
    ("a comma behind the last part", '{"messageType":"ORDER_CREATE",}'),
    ("single quotes", "{'messageType':'ORDER_CREATE'}"),
    ("a body in UTF-16", encoded(created(ORDER).encode("utf-16"))),
    ("a body in gzip", encoded(b"\x1f\x8b\x08\x00\x00\x00\x00\x00")),
]
