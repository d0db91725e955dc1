"""Replies by their envelope, and bodies that are no reply."""

from rules.recipes import encoded, join, repeat

RENDER = "taobao.after_sale.render"
SUBMIT = "taobao.after_sale.submit"
SAVE = "address.save"
ORDERS = "taobao.order.page"
PAY = "taobao.order.pay"

BODY = '{"requestId":"4cfda0b7","code":200,"developId":"1014533973088404335","msg":"成功","data":{"currency":"CNY"}}'

SUCCESSES = [
    ("code 200 as a number", RENDER, '{"code":200,"data":{"currency":"CNY"},"requestId":"r-1"}'),
    ("code 200 as text", RENDER, '{"code":"200","data":{"currency":"CNY"},"requestId":"r-1"}'),
    ("code 0 as a number", RENDER, '{"code":0,"data":{"currency":"CNY"},"requestId":"r-1"}'),
    ("code 0 as text", RENDER, '{"code":"0","data":{"currency":"CNY"},"requestId":"r-1"}'),
    ("the data before the code", RENDER, '{"data":{"currency":"CNY","distributorId":[]},"msg":"ok","code":200}'),
    ("the data in the middle", RENDER, BODY),
    ("no data", RENDER, '{"code":200,"msg":"success"}'),
    ("null as data", RENDER, '{"code":200,"data":null}'),
    ("empty text as data is null without a warning", RENDER, '{"code":200,"data":""}'),
    ("text as data where an object belongs", RENDER, '{"code":200,"data":"none"}'),
    ("a list as data where an object belongs", RENDER, '{"code":200,"data":[{"currency":"CNY"}]}'),
    ("true as data where an object belongs", RENDER, '{"code":200,"data":true}'),
    ("a number as data where an object belongs", RENDER, '{"code":200,"data":1034499579120189839}'),
    ("a number out of range as data where an object belongs", RENDER, '{"code":200,"data":1e400,"requestId":"r-1"}'),
    ("data that stands twice", RENDER, '{"code":200,"data":{"currency":"CNY"},"data":{"currency":"USD"}}'),
    ("data that stands twice, the first of them null", RENDER, '{"data":null,"code":200,"data":{"currency":"USD"}}'),
    ("text as data of unknown shape", SUBMIT, '{"code":200,"data":"110002685755"}'),
    ("a number beyond 2^53 as data of unknown shape", SUBMIT, '{"code":200,"data":1034499579120189839}'),
    ("true as data of unknown shape", SUBMIT, '{"code":200,"data":true}'),
    ("a list as data of unknown shape", SUBMIT, '{"code":200,"data":[1,null,{"a":2}]}'),
    ("null as data of unknown shape", SUBMIT, '{"code":200,"data":null}'),
    ("no data of unknown shape", SAVE, '{"code":200}'),
    ("a request id of null", RENDER, '{"code":200,"requestId":null,"developId":null,"data":{}}'),
    ("a request id as a number", RENDER, '{"code":200,"requestId":1034499579120189839,"data":{}}'),
    ("a request id of the wrong type does not cost the data", RENDER, '{"code":200,"requestId":{"a":1},"developId":[],"msg":[1],"data":{"currency":"CNY"}}'),
    ("an empty request id is none", RENDER, '{"code":200,"requestId":"","data":{}}'),
    ("a request id in Chinese", RENDER, '{"code":200,"requestId":"请求-\\u0031","data":{}}'),
    ("unknown fields of the envelope are left out", RENDER, '{"success":true,"code":200,"data":{},"traceId":{"deep":[[[]]]},"timestamp":1034499579120189839}'),
    ("white space around everything", RENDER, ' \r\n\t{ "code" : 200 , "data" : { "currency" : "CNY" } } \n'),
    ("a byte order mark before the body", RENDER, "\ufeff" + BODY),
    ("bytes that are no UTF-8 become U+FFFD, with a warning of the body as a whole", RENDER, encoded(b'{"code":200,"data":{"currency":"C\xffN\xc3Y"}}')),
    ("text in GBK becomes U+FFFD and does not cost the rest", RENDER, encoded('{"code":200,"data":{"currency":"中文","distributorId":"1"}}'.encode("gbk"))),
    ("a UTF-8 sequence that is cut off becomes one U+FFFD", RENDER, encoded(b'{"code":200,"data":{"currency":"\xe4\xb8","distributorId":"\xf0\x9f\x98"}}')),
    ("bytes that are no UTF-8 and a misfit give two warnings", RENDER, encoded(b'{"code":200,"data":{"currency":"\xfe","distributorId":true}}')),
    ("a byte order mark before bytes that are no UTF-8", RENDER, encoded(b'\xef\xbb\xbf{"code":200,"data":{"currency":"\x80"}}')),
    ("an unknown envelope field nested 200 levels deep", RENDER, join('{"code":200,"trace":', repeat("[", 200), repeat("]", 200), ',"data":{"currency":"CNY"}}')),
]


def api(code, **words):
    return {"kind": "api", "code": code, **words}


def decode(path=""):
    return {"kind": "decode", "path": path}


ERRORS = [
    ("a code that is not success, with its message", RENDER, '{"code":500,"msg":"订单不存在","requestId":"r-1","data":null}', api("500", message="订单不存在")),
    ("a code of the platform's own, as text", RENDER, '{"code":"ISV_NO_PERMISSION","msg":"no permission"}', api("ISV_NO_PERMISSION")),
    ("a code that begins like success", RENDER, '{"code":2001,"msg":"x"}', api("2001")),
    ("code 1", RENDER, '{"code":1,"msg":"x","data":{"currency":"CNY"}}', api("1")),
    ("code -1", RENDER, '{"code":-1,"msg":"x"}', api("-1")),
    ("code 00 as text", RENDER, '{"code":"00","msg":"x"}', api("00")),
    ("an empty code", RENDER, '{"code":"","msg":"x"}', api("")),
    ("a code of 20 digits keeps them", RENDER, '{"code":18446744073709551616,"msg":"x"}', api("18446744073709551616")),
    ("a refusal whose message is escaped", RENDER, '{"code":401,"msg":"\\u7b7e\\u540d \\ud83d\\ude00 \\ud800"}', api("401", message="签名 😀 \ufffd")),
    ("a refusal whose message is a number", RENDER, '{"code":401,"msg":7}', api("401", message="7")),
    ("a refusal whose data is of another type", RENDER, '{"data":"refused","code":403,"msg":"x","requestId":"r-1"}', api("403", request_id="r-1")),
    ("a refusal before its data", RENDER, '{"code":403,"msg":"x","data":{"currency":[]},"requestId":7}', api("403", request_id="7")),
    ("a refusal of a call whose data has no published shape", SUBMIT, '{"code":404,"msg":"x","data":{"a":1}}', api("404")),
    ("no such path, on a row of the vendor's own page, needs no hint", RENDER, '{"code":404,"msg":"x"}', api("404", hint=None)),
    ("no such path, on a row that a sister brand has", SAVE, '{"code":404,"msg":"x"}', api("404", hint="this path is published by a sister brand of the platform only (sister); set the right one in `paths`")),
    ("no such method, on a row whose path is inferred", ORDERS, '{"code":"405","msg":"x"}', api("405", hint="this path is not published, it is named after its neighbours (inferred); try in `paths`: `taobao.order.page` as `POST /open/order/page` (sister-v2)")),
    ("no such path, on a row with two candidates", PAY, '{"code":404,"msg":"x","requestId":"r-1"}', api("404", hint="this path is not published, it is named after its neighbours (inferred); try in `paths`: `taobao.order.pay` as `POST /open/order/batch/pay` (upstream) or `POST /open/purchase/order/batch/pay` (upstream)", request_id="r-1")),
    ("no such path, on a row that the upstream has", SUBMIT, '{"code":404,"msg":"x"}', api("404", hint="this path is named as the platform behind this one publishes it (upstream); set the right one in `paths`")),
    ("no such path, in the words of a server under a code of its own", ORDERS, '{"code":500,"msg":"No static resource open/order/page."}', api("500", hint="this path is not published, it is named after its neighbours (inferred); try in `paths`: `taobao.order.page` as `POST /open/order/page` (sister-v2)")),
    ("no handler, in the words of a server", PAY, '{"code":500,"msg":"No handler found for POST /open/order/pay"}', api("500")),
    ("no such method, in the words of a server", ORDERS, '{"code":500,"msg":"Request method \'GET\' is not supported"}', api("500")),
    ("a request that is not supported, but for another reason", ORDERS, '{"code":500,"msg":"Request is not supported"}', api("500", hint=None)),
    ("a code that holds 404", ORDERS, '{"code":40404,"msg":"no such order"}', api("40404", hint=None)),
    ("no code", RENDER, '{"msg":"success","data":{"currency":"CNY"}}', decode("code")),
    ("an empty object", RENDER, "{}", decode("code")),
    ("null as code", RENDER, '{"code":null,"data":{}}', decode("code")),
    ("true as code", RENDER, '{"code":true,"data":{}}', decode("code")),
    ("an object as code", RENDER, '{"code":{"code":200},"data":{}}', decode("code")),
    ("a code in another case", RENDER, '{"Code":200,"data":{}}', decode("code")),
    ("an empty body", RENDER, "", decode()),
    ("a body of white space", RENDER, " \r\n\t ", decode()),
    ("a body that is a byte order mark alone", RENDER, "\ufeff", decode()),
    ("an HTML page", RENDER, "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", decode()),
    ("an HTML page after white space", RENDER, "\r\n  <html></html>", decode()),
    ("an XML document", RENDER, '<?xml version="1.0"?><error code="200"/>', decode()),
    ("plain words", RENDER, "Service Unavailable", decode()),
    ("a list", RENDER, '[{"code":200,"data":{}}]', decode()),
    ("text that holds a reply", RENDER, '"{\\"code\\":200}"', decode()),
    ("a number", RENDER, "200", decode()),
    ("null", RENDER, "null", decode()),
    ("true", RENDER, "true", decode()),
    ("cut off after the first brace", RENDER, BODY[:1], decode()),
    ("cut off within a name", RENDER, BODY[:8], decode()),
    ("cut off after a colon", RENDER, BODY[: BODY.index(":") + 1], decode()),
    ("cut off within a number", RENDER, '{"code":20', decode()),
    ("cut off within text", RENDER, BODY[: BODY.index("成") + 1], decode()),
    ("cut off within an escape", RENDER, '{"code":200,"data":{"currency":"\\u4e', decode()),
    ("cut off within the data", RENDER, BODY[: BODY.index("CNY") + 4], decode()),
    ("cut off before the last brace", RENDER, BODY[:-1], decode()),
    ("cut off within a list", RENDER, '{"code":200,"data":{"refundOrderTemplate":{"refundTypeList":["1",', decode()),
    ("cut off within a deep unknown field", RENDER, join('{"code":200,"data":{"deep":', repeat("[", 200)), decode()),
    ("cut off within a character", RENDER, encoded('{"code":200,"msg":"成'.encode()[:-1]), decode()),
    ("something behind the reply", RENDER, BODY + "x", decode()),
    ("two replies one after the other", RENDER, BODY + "\n" + BODY, decode()),
    ("a comma behind the last field", RENDER, '{"code":200,"data":{"currency":"CNY",}}', decode()),
    ("single quotes", RENDER, "{'code':200}", decode()),
    ("a comment", RENDER, '{"code":200/*ok*/}', decode()),
    ("a word that is no value", RENDER, '{"code":200,"data":{"refundOrderTemplate":NaN}}', decode()),
    ("a number with a leading zero", RENDER, '{"code":0200}', decode()),
    ("a line break inside text", RENDER, '{"code":200,"msg":"a\nb"}', decode()),
    ("a body that is still compressed with gzip", RENDER, encoded(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xabV\xcaOIU\xb220\xa8\x05\x00"), decode()),
    ("a body in UTF-16", RENDER, encoded(b"\xff\xfe" + '{"code":200}'.encode("utf-16-le")), decode()),
    ("bytes without any meaning", RENDER, encoded(bytes(range(128, 160))), decode()),
    ("zero bytes", RENDER, encoded(b"\x00" * 16), decode()),
]
