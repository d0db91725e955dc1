"""Rows that take further fields: one that is nearly the name of a listed field without a value is sent, and warned of."""

from .exchange_events import Begin, Trace, at, busy, lost, ok, refused

SUBMIT = "taobao.after_sale.submit"
PAGE = "taobao.order.page"


def submits(params):
    return Begin(SUBMIT, params)


TRACES = [
    Trace("a letter too many is warned of", submits('{"subOrderIds":"1","goodsStatus":1}'), "send ok", at(0), ok(), at(5)),
    Trace("case and underscores are no letters", submits('{"Sub_Order_ID":"1"}'), "send ok", at(0), ok(), at(5)),
    Trace("two swapped letters are warned of", submits('{"usbOrderId":"1"}'), "send ok", at(0), ok(), at(5)),
    Trace(
        "each misspelt field is warned of, in the order of the request",
        submits('{"refundDec":"late","subOrderId":"1","resonId":5,"voucherPicList":["a"]}'), "send ok", at(0), ok(), at(5),
    ),
    Trace(
        "a name near that of a field with a value is a field of its own",
        submits('{"subOrderIds":["1"],"subOrderId":"1"}'), "send ok", at(0), ok(), at(5),
    ),
    Trace(
        "what is nearest to a field with a value is not meant for the next",
        submits('{"refundDesk":"a","refundDesc":"b","refundFe":1}'), "send ok", at(0), ok(), at(5),
    ),
    Trace("null is no value", submits('{"subOrderId":null,"subOrderIds":"1"}'), "send ok", at(0), ok(), at(5)),
    Trace("an empty text is a value", submits('{"refundDesc":"","refundDescs":"1"}'), "send ok", at(0), ok(), at(5)),
    Trace("a name that is near to none is not warned of", submits('{"voucherPicList":["a"]}'), "send ok", at(0), ok(), at(5)),
    Trace(
        "a misspelt name of more than 64 letters is not compared",
        submits('{"%s":1}' % ("subOrderId" * 7)), "send ok", at(0), ok(), at(5),
    ),
    Trace(
        "it is warned of once, however many attempts there are", Begin(PAGE, '{"pageNum":1}'), "send wait:250 send ok",
        at(0), busy(), at(5, 250), at(255), ok(), at(260),
    ),
    Trace(
        "a refusal does not make it forgotten", submits('{"subOrderIds":"1"}'), "send api:40001", at(0), refused(40001), at(5),
    ),
    Trace(
        "a lost write does not make it forgotten", submits('{"subOrderIds":"1"}'), "send ambiguous_write:transport:reset",
        at(0), lost("reset", True), at(5),
    ),
]
