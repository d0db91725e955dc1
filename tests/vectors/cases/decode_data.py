"""Replies with success, by what stands in their data."""

from rules.recipes import join, repeat

RENDER = "taobao.after_sale.render"
CANCEL = "taobao.after_sale.cancel"
SUBMIT = "taobao.after_sale.submit"
GET = "taobao.product.get"
CREATE = "taobao.order.purchase_create"
ORDERS = "taobao.order.page"
PAY = "taobao.order.pay"
CHECK = "taobao.product.batch_check"
PARCELS = "taobao.order.logistics"
PARCEL_LINE = "taobao.after_sale.get"
SEARCH = "alibaba.product.keyword_search"
DETAIL = "alibaba.product.detail"
PREVIEW = "alibaba.order.preview"


def ok(data):
    return '{"code":200,"data":%s,"requestId":"r-1"}' % data


def order(field, value):
    """A rendered after-sale order with one field."""
    return ok('{"refundOrderTemplate":{"refundOrder":{"%s":%s}}}' % (field, value))


def skus(field, *values):
    """A product with one SKU for each value of a field."""
    return ok('{"skuList":[%s]}' % ",".join('{"%s":%s}' % (field, value) for value in values))


def tags(*values):
    return ok('{"tagInfoList":[%s]}' % ",".join('{"value":%s}' % value for value in values))


def weights(*values):
    shipping = ",".join('{"weight":%s}' % value for value in values)
    return ok('{"productShippingInfo":{"skuShippingInfoList":[%s]}}' % shipping)


def times(*values):
    traces = ",".join('{"time":%s}' % value for value in values)
    return ok('{"pnmLogisticsDetails":[{"logisticsTraces":[%s]}]}' % traces)


def deep(levels, inner=""):
    return join('{"code":200,"data":{"deep":', repeat("[", levels), inner, repeat("]", levels), ',"currency":"CNY"}}')


# The field set of the reference page.
PAGE = (
    '{"currency":"CNY","distributorId":"20001","refundOrderTemplate":{"goodsStatusList":["1","2"],"maxRefundFee":'
    '{"canEditRefundFee":true,"feeTips":"最多可退","maxRefundFee":100.50,"minRefundFee":0,"refundFee":"99.90"},'
    '"refundOrder":{"canEditFee":false,"feeTips":"","goodsStatus":1,"payOrderId":"1034499579120189838","reasonDesc":'
    '"质量问题","reasonId":301,"refundDesc":"","refundFee":9990,"refundId":"110002685755","refundStatus":"10",'
    '"refundType":1,"remainingTime":"86400","sellerRefuseReason":null,"sellerRefuseReasonDescribe":null,'
    '"timeoutDate":"2024-08-15 09:15:56","timeoutType":"agree"},"refundReasons":[{"reasonDesc":"质量问题","reasonId":301,'
    '"tips":"请上传凭证"},{"reasonDesc":"少件","reasonId":"302","tips":null}],"refundTypeList":["1","2"]}}'
)

CASES = [
    # Whole replies of every endpoint.
    ("a rendered after-sale order with all fields of the reference page", RENDER, ok(PAGE)),
    ("a cancelled after-sale order", CANCEL, ok('{"cancelSuccess":true,"currency":"CNY","distributorId":20001,"refundOrderAggregate":{"logistics":{"buyerPhone":"13800000000","logisticsCompany":{"logisticCompanyCode":"SF","logisticsCompanyName":"顺丰"},"logisticsNo":"SF12181323546","receiverAddress":{"detailAddress":"象山路1号","phone":"1","receiver":"张三"},"returnGoodsDesc":"","sellerAgreeReturnDescribe":null},"purchaseOrderLine":{"createTime":1667193198819,"currency":"CNY","itemImageUrl":"https://example.com/1.jpg","itemTitle":"裙子","postFee":0}}}')),
    ("a queried after-sale order, whose address is text and whose state is a number", "taobao.after_sale.get", ok('{"distributorId":"20001","currency":"CNY","refundOrderAggregate":{"logistics":{"receiverAddress":"象山路1号","logisticsCompany":{"logisticsCompanyCode":"SF"}},"refundOrder":{"refundId":110002685755,"refundType":"1","refundStatus":20,"refundFee":"9990","canEditFee":0,"reasonId":301},"purchaseOrderLine":{"salesOrderId":"1034499579120189839","supplierId":1034499579120189839,"quantity":2,"totalPrice":400,"postFee":0,"productFee":400.00,"purchaseOrderLineId":200033789041,"createTime":1667193198,"purchaseOrderId":200033789040,"price":200}}}')),
    ("a page of after-sale orders", "taobao.after_sale.list", ok('{"pageNo":1,"pageSize":"10","data":[{"refundOrder":{"refundId":1,"refundFee":0.10}},{"refundOrder":null,"purchaseOrderLine":{"quantity":"3","price":"1.20","createTime":"2023-12-14 21:39:11"}}]}')),
    ("a reply whose shape is not published is kept whole", SUBMIT, ok('{"refundId":110002685755,"orderId":1034499579120189839,"list":[null,true,"x",{"a":{}}]}')),
    ("a product with its SKUs", GET, ok('{"quantity":400,"categoryPath":"童装/婴儿装/亲子装->裙子(新)->连衣裙","shopName":"u[2206891060210]","description":"测试","productUnit":null,"picUrls":["https://img.example.com/1.jpg"],"title":"测试请不要拍","mpId":"2048057995392326","categoryName":"连衣裙","itemId":672991141190,"userNick":"测试账号","price":1,"beginAmount":0,"status":"active","promotionPrice":1,"shopId":268763467,"categoryId":"121452038","itemType":"HAVE_MATERIAL","skuList":[{"picUrl":null,"quantity":200,"price":1,"skuId":"3452545926724","status":"active","promotionPrice":"1","postFee":0,"mpSkuld":1034499579120189839,"properties":[{"valueId":28326,"valueName":"红色","propId":1627207,"propName":"颜色分类"}]}]}')),
    ("recommended products with fields of unknown shape", "taobao.product.recommend", ok('{"pageNo":1,"pageSize":2,"data":[{"mainImageUrl":"//img.example.com/1.jpg","itemId":672991141190,"multiLanguageInfo":{"title":"Dress","id":1034499579120189839},"price":"12.50","couponPrice":12,"quantity":7,"shopName":"店","title":"裙子","tags":["hot"],"promotionDisplays":[{"rate":0.1}]},{"itemId":"1","multiLanguageInfo":null,"promotionDisplays":"none","tags":[]}]}')),
    ("checked products, whose parts have no published shape", CHECK, ok('{"mpProducts":[{"mpId":1034499579120189839,"a":"b"},"text",7],"noMpProductItemIds":[672991141190,"1"],"noMpReasonList":[]}')),
    ("a created purchase order, whose reply is not published", "taobao.order.purchase_create", ok('{"orderNo":1034499579120189839,"total":400}')),
    ("parcels with the platform's misspelt field renamed", PARCELS, ok('{"purchaseOrderOuterId":"3682557363260579405","pnmLogisticsDetails":[{"mailNo":"78753196186473","logisticsTraces":[{"statusDesc":"运输中","province":null,"city":"北京市","district":"朝阳区","action":"TMS_STATION_OUT","facilityName":"北京","time":"2023-12-14 21:39:11","standerdDesc":"快件已发往","status":"TRANSPORT","nextCity":"杭州市","nextNodeName":""}],"logisticsPartner":[{"companyImageUrl":"","company":"中通快递","companyContact":"95311"}],"receiver":{"zipCode":"310024","address":"象山路1号","name":"张三"},"logisticsGoods":[{"title":"裙子","property":"红色","imageUrl":"","quantity":"2"}]}]}')),
    ("a page of a search", SEARCH, ok('{"totalRecords":2000,"totalPage":100,"pageSize":20,"currentPage":1,"data":[{"imageUrl":"https://example.com/1.jpg","subject":"男鞋","subjectTrans":"Shoes","offerId":548818919805,"isJxhy":false,"priceInfo":{"price":"12.00","consignPrice":null,"promotionPrice":""},"monthSold":18,"isOnePsale":true,"offerIdentities":["tp_member"],"createDate":"2024-01-02","promotionURL":"https://example.com/p","promotionModel":{"hasPromotion":true,"promotionType":"plus"},"topCategoryId":1038378,"minOrderQuantity":1,"sellerDataInfo":{"compositeServiceScore":"4.0","tpYear":7}}]}')),
    ("the details of a product", DETAIL, ok('{"offerId":706627393257,"categoryId":1033054,"categoryName":null,"subject":"鞋","description":"<p class=\\"a\\">1 &lt; 2<\\/p>","productImage":{"images":["https://example.com/1.jpg",""],"whiteImage":null},"productAttribute":[{"attributeId":"2176","attributeName":"品牌","value":"其他"}],"productSkuInfos":[{"amountOnSale":11,"price":"19.90","skuId":5016042822039,"specId":"eb81c61de14f4adb405ffcc2c8a4a3fb","skuAttributes":[{"attributeId":3216,"attributeName":"颜色","value":"黑"}],"foreignCurrencyPrice":2.7500}],"productSaleInfo":{"amountOnSale":99,"priceRangeList":[{"startQuantity":2,"price":"9.5"}],"quoteType":1,"unitInfo":{"unit":"双","transUnit":"pair"}},"productShippingInfo":{"sendGoodsAddressText":"浙江","weight":0.35,"skuShippingInfoList":[{"specId":"a","skuId":1,"width":10,"weight":350}]},"isJxhy":true,"minOrderQuantity":2,"status":"published","tagInfoList":[{"key":"select","value":true}],"topCategoryId":1038378,"sellingPoint":["轻便"]}')),
    ("a previewed order with the platform's misspelt field renamed", PREVIEW, ok('{"orderPreviewResuslt":[{"discountFee":0,"tradeModeNameList":["nzassure","alipay"],"status":true,"sumPayment":6561,"sumCarriage":600,"flowFlag":"general","cargoList":[{"amount":58.00,"finalUnitPrice":29,"specId":"eb81c61d","skuId":5016042822039,"offerId":548818919805}]}],"success":true,"errorCode":null,"errorMsg":null,"postFeeByDescOfferList":null,"consignOfferList":null,"unsupportedCrossBorderPayOfferList":["548818919805",7]}')),
    ("a created order that was split, with a misspelt field inside a list renamed", "alibaba.order.create", ok('{"totalSuccessAmount":null,"orderId":"","success":true,"postFee":600,"failedOfferList":[{"offerId":548818919805,"specId":"a","errorCode":500,"errorMessage":"库存不足"}],"orderList":[{"postFee":600,"orderAmmount":6561,"resultCode":"200","success":"true","orderId":2542285634920880794}]}')),
    ("the address of the cashier", "alibaba.order.pay_url", ok('{"orderId":"2542285634920880794","protocolPaySuccess":null,"payUrl":"https://example.com/pay?id=1&x=%20","cantPayOrderList":[2542285634920880795,"7"]}')),
    ("a saved address, whose documented reply is code and msg alone", "address.save", '{"code":0,"msg":"string"}'),
    ("a booked freight, whose reply is not published", "warehouse.book_freight", ok('"FF2024080200007"')),
    # Ids.
    ("an id of 19 digits as text", RENDER, ok('{"distributorId":"1034499579120189839"}')),
    ("an id of 19 digits as a number keeps every digit", RENDER, ok('{"distributorId":1034499579120189839}')),
    ("an id just beyond 2^53 keeps its last digit", RENDER, ok('{"distributorId":9007199254740993}')),
    ("an id beyond 2^63 as a number", RENDER, ok('{"distributorId":9223372036854775808}')),
    ("an id beyond 2^64 as a number", RENDER, ok('{"distributorId":18446744073709551616}')),
    ("an id of 60 digits as a number", RENDER, ok('{"distributorId":' + "1234567890" * 6 + "}")),
    ("a negative id and zero", GET, skus("skuId", "-9007199254740993", "0")),
    ("an id keeps its leading zeros and its spaces", GET, skus("skuId", '"007"', '" 7 "')),
    ("an empty id stays empty text", RENDER, ok('{"distributorId":""}')),
    ("fractions, exponents beyond 2^53, booleans, lists and objects are no ids", GET, skus("skuId", "1e18", "12.5", "1.0344995791201898E18", "9.007199254740992E15", "1034499579120189839.0", "1e400", "true", "false", "[]", '["1"]', "{}", "null")),
    ("ids as doubles write them keep every digit", GET, skus("skuId", "1.0", "1.0389321E7", "9.007199254740991E15", "-5.0", "12e3", "0.0", "120e-1")),
    ("an id within text stays as it is", GET, skus("skuId", '"1.0"', '"1.0389321E7"')),
    ("ids in a list as numbers and as text", CHECK, ok('{"noMpProductItemIds":[1034499579120189839,"1034499579120189839",18446744073709551616,""]}')),
    # Amounts.
    ("amounts as numbers keep their digits and zeros", GET, skus("price", "0.1", "12.50", "100", "0", "0.00", "-3.40", "1034499579120189839")),
    ("amounts as text keep their digits and zeros", GET, skus("price", '"0.1"', '"12.50"', '"100"', '"0.00"', '"-3.40"')),
    ("0.1 + 0.2 as binary floating point shows it is not rounded", GET, skus("price", "0.30000000000000004", '"0.30000000000000004"', "0.1000000000000000055511151231")),
    ("an amount's exponent is resolved", GET, skus("price", "1.25e3", "1E2", "5e-3", "-2.50e1", '"1e+2"', "0e0")),
    ("minus zero is zero", GET, skus("price", "-0", "-0.00", '"-0.0"')),
    ("an amount of 28 digits fits, one of 30 does not", GET, skus("price", "1234567890123456789012345678", '"12345678901234567890.12345678"', "123456789012345678901234567890", "1e400", "1e-400")),
    ("empty text is no amount, and no cause for a warning", GET, skus("price", '""', "null")),
    ("spaces around amounts", GET, skus("price", '" 12.50 "', '"12.50\\t"', '"\\u300012.50\\u00a0"', '"  "', '"1 2"')),
    ("amounts of more digits than fit", GET, skus("price", "12.3499999999999996447286321199499070644378662109375", '"0.1000000000000000055511151231257827021181583404541015625"')),
    ("currency signs, separators and words are no amounts", GET, skus("price", '"¥12"', '"1,000"', '"+1"', '".5"', '"5."', '"NaN"', '"Infinity"', '"0x10"', '"１２"', "true", "[1]", "{}")),
    # Whole numbers.
    ("whole numbers as numbers and as text", GET, skus("quantity", "7", '"7"', "-7", '"-7"', "0", '"0"', "1.0", '"3.00"', '"007"')),
    ("true and false as whole numbers", GET, skus("quantity", "true", "false")),
    ("the largest whole numbers that every host holds", GET, skus("quantity", "9007199254740991", "-9007199254740991", '"9007199254740991"')),
    ("larger whole numbers become text, with a warning", GET, skus("quantity", "9007199254740992", "-9007199254740993", '"1034499579120189839"', "9223372036854775807", "-9223372036854775808")),
    ("whole numbers beyond 64 bits do not fit", GET, skus("quantity", "9223372036854775808", "18446744073709551616", '"-9223372036854775809"', "1e400")),
    ("whole numbers as doubles write them", GET, skus("quantity", "1.0E7", '"1.0E7"', "2e3", "-3.0", "1.25e2", "120e-1", "9.007199254740991E15", "0.0")),
    ("doubles beyond 2^53 and with fractions are no whole numbers", GET, skus("quantity", "9.007199254740992E15", "1e18", "1.5e0", "125e-1", "1e-400")),
    ("spaces around whole numbers", GET, skus("quantity", '" 12 "', '"12\\n"', '"  "', '"1 2"')),
    ("fractions, words, lists and objects are no whole numbers", GET, skus("quantity", "1.5", '"1.5"', '"many"', '"+1"', '"１"', "[]", "{}")),
    ("empty text is no whole number, and no cause for a warning", GET, skus("quantity", '""', "null")),
    # True and false.
    ("every way to write true", DETAIL, tags("true", "1", '"1"', '"true"', '"TRUE"', '"True"')),
    ("every way to write false", DETAIL, tags("false", "0", '"0"', '"false"', '"FALSE"', '"False"')),
    ("true and false as doubles", DETAIL, tags("1.0", "0.0", "1E0", "1.5", "2.0")),
    ("other numbers and words are neither true nor false", DETAIL, tags("2", "-1", '"yes"', '"N"', '" true"', '"null"', "[]", "{}")),
    ("empty text is neither true nor false, and no cause for a warning", DETAIL, tags('""', "null")),
    # Text.
    ("numbers in a text field keep the digits that were written", GET, skus("status", "1", "1.50", "1e3", "1034499579120189839", "-0.0")),
    ("true and false in a text field become words", GET, skus("status", "true", "false")),
    ("lists and objects are no text", GET, skus("status", "[]", "{}", '["a"]', '{"a":"b"}')),
    ("empty text and white space stay as they are", GET, skus("status", '""', '"  "', '" a "')),
    ("JSON text in a text field stays text", GET, skus("status", '"{\\"a\\":[1,\\"2\\"]}"', '"null"', '"[]"')),
    ("Chinese text, emoji and combining characters", GET, ok('{"title":"中文 ｆｕｌｌ 😀👨\u200d👩\u200d👧 e\u0301 \u202eabc"}')),
    ("escaped characters mean the same as plain ones", GET, ok('{"title":"\\u4e2d\\u6587 \\ud83d\\ude00 \\/ \\u0041\\u00e9"}')),
    ("quotes, backslashes and control characters", GET, ok('{"title":"\\"a\\\\b\\" \\n\\r\\t\\b\\f \\u0000 \\u001f \u007f \\u2028"}')),
    ("halves of surrogate pairs become U+FFFD", GET, ok('{"title":"\\ud83d|a\\ude00|\\ud83d\\ud83d\\ude00|\\ude00\\ud83d|\\uD800\\u0041"}')),
    ("halves of surrogate pairs in an unknown field and its name become U+FFFD", GET, ok('{"\\udfffx":["\\ud800"],"title":"\\\\ud800"}')),
    ("halves of surrogate pairs in an id become U+FFFD", GET, ok('{"mpId":"\\ud800-1"}')),
    ("text of one megabyte", GET, join('{"code":200,"data":{"title":"', repeat("x", 1 << 20), '","quantity":1}}')),
    ("text of one megabyte in an unknown field", GET, join('{"code":200,"data":{"later":["', repeat("中", 349526), '"],"quantity":1}}')),
    # Floating-point numbers.
    ("measures as numbers and as text", DETAIL, weights("0.35", "350", '"12.5"', "-1.50", '"1.5e3"', "1e-3", "0")),
    ("spaces around measures", DETAIL, weights('" 12.5 "', '"1e3\\n"', '" "')),
    ("words, empty text and numbers out of range are no measures", DETAIL, weights('"heavy"', '"1kg"', '"NaN"', '"inf"', '""', "null", "1e400", '"-1e999"', "true", "[]")),
    # Times.
    ("a time as civil time is Beijing's", PARCELS, times('"2023-12-14 21:39:11"', '"2024-02-29 00:00:00"', '"1999-12-31 23:59:59"', '"9999-12-31 23:59:59"')),
    ("a time as milliseconds since 1970", PARCELS, times("1667193198819", '"1667193198819"', "1722484800000", "9999999999999", '"1722484800500"')),
    ("a time as seconds since 1970", PARCELS, times("1667193198", '"1667193198"', "9999999999")),
    ("a time as a date in digits", PARCELS, times("20240801", '"20240801"', "202408011234", '"202408011234"', "20240801123456", '"20240801123456"', "20240801123456789", '"20240801123456789"', '"20240801123456+0900"')),
    ("a time as doubles write it", PARCELS, times("1.7224848E12", "1.667193198819E12", "1722484800.0", '"1.7224848E9"', "2.0240801E7", "2.0240801123456E13")),
    ("spaces around times", PARCELS, times('" 2024-08-01 12:00:00"', '"1722484800000 "', '"\\t20240801\\n"', '"  "')),
    ("a time that is not set is null, and no cause for a warning", PARCELS, times("0")),
    ("a time of zero that is not set", PARCEL_LINE, ok('{"refundOrderAggregate":{"purchaseOrderLine":{"createTime":0}}}')),
    ("a time of zeros that is not set", PARCEL_LINE, ok('{"refundOrderAggregate":{"purchaseOrderLine":{"createTime":"0000-00-00 00:00:00"}}}')),
    ("a date of zeros that is not set", PARCEL_LINE, ok('{"refundOrderAggregate":{"purchaseOrderLine":{"createTime":"0000-00-00"}}}')),
    ("a time of zero as a double", PARCEL_LINE, ok('{"refundOrderAggregate":{"purchaseOrderLine":{"createTime":0.0}}}')),
    ("a time of zero within text", RENDER, order("timeoutDate", '"0"')),
    ("digits of any other number are no times", PARCELS, times("1", "99999", "172248480", "17224848000", "99999999999", "100000000000", "0000000001", "20240832", "202408012460", "172248480050012", '"1722484800500123"', "1722484800.5", "-1", "1e400", "2.0240801123456789E16")),
    ("a time as compact digits with its offset", PARCELS, times('"20240801120000000+0800"', '"20240801120000123+0800"', '"20240801120000000-0700"', '"20240801120000000+0000"')),
    ("a time in RFC 3339 keeps its offset", PARCELS, times('"2024-08-01T12:00:00+08:00"', '"2024-08-01T04:00:00Z"', '"2024-08-01T12:00:00-07:00"', '"2024-08-01T12:00:00+05:30"', '"2024-08-01T12:00:00.500+08:00"', '"2024-08-01T12:00:00.000Z"')),
    ("days and hours that do not exist are no times", PARCELS, times('"2023-02-29 00:00:00"', '"2024-13-01 00:00:00"', '"2024-08-01 24:00:00"', '"20240832120000000+0800"', '"2024-08-01T12:60:00Z"')),
    ("words, bare dates and other types are no times", PARCELS, times('"yesterday"', '"2024-08-01"', '"2024/08/01 12:00:00"', '"12:00:00"', "true", "[]", "{}", "1.5")),
    ("empty text is no time, and no cause for a warning", PARCELS, times('""', "null")),
    # Codes.
    ("a code of numbers, as a number and as text", DETAIL, ok('{"productSaleInfo":{"quoteType":1}}')),
    ("a code of numbers written as text is a number for hosts", DETAIL, ok('{"productSaleInfo":{"quoteType":"2"}}')),
    ("an unknown code of numbers is kept", DETAIL, ok('{"productSaleInfo":{"quoteType":99}}')),
    ("a word in place of a code of numbers is kept as text", DETAIL, ok('{"productSaleInfo":{"quoteType":"by-weight"}}')),
    ("a code of numbers beyond 2^53 is text", DETAIL, ok('{"productSaleInfo":{"quoteType":9007199254740993}}')),
    ("a code of numbers as doubles write it", DETAIL, ok('{"productSaleInfo":{"quoteType":1.0}}')),
    ("a code of numbers with an exponent within text", DETAIL, ok('{"productSaleInfo":{"quoteType":" 2.0E0 "}}')),
    ("a whole number as doubles write it in place of a code of text", DETAIL, ok('{"status":7.0}')),
    ("a fraction is no code", DETAIL, ok('{"productSaleInfo":{"quoteType":1.5},"status":1e3}')),
    ("an unknown code of text is kept", DETAIL, ok('{"status":"frozen by the platform"}')),
    ("a number in place of a code of text is text", DETAIL, ok('{"status":7}')),
    ("empty text is no code, and no cause for a warning", DETAIL, ok('{"status":"","productSaleInfo":{"quoteType":""}}')),
    # Objects and lists.
    ("null everywhere", RENDER, ok('{"currency":null,"distributorId":null,"refundOrderTemplate":{"goodsStatusList":null,"maxRefundFee":null,"refundOrder":{"canEditFee":null,"goodsStatus":null,"refundFee":null,"refundId":null,"refundStatus":null},"refundReasons":null,"refundTypeList":null}}')),
    ("null for an object", RENDER, ok('{"refundOrderTemplate":null}')),
    ("an object without fields", RENDER, ok("{}")),
    ("every field of the wrong type", RENDER, ok('{"currency":{},"distributorId":[1],"refundOrderTemplate":{"goodsStatusList":{"0":"1"},"maxRefundFee":[100],"refundOrder":{"canEditFee":"perhaps","feeTips":[],"goodsStatus":"received","payOrderId":1.5,"reasonDesc":{},"reasonId":true,"refundFee":{},"refundId":[],"refundStatus":{},"refundType":[1],"timeoutDate":[]},"refundReasons":"none","refundTypeList":7}}')),
    ("a fee of the wrong type is named with its whole path", RENDER, order("refundFee", '"free"')),
    ("empty text in place of objects and lists is null without a warning", RENDER, ok('{"refundOrderTemplate":{"maxRefundFee":"","refundReasons":"","goodsStatusList":""}}')),
    ("nulls in a list are left out, each with a warning", RENDER, ok('{"refundOrderTemplate":{"goodsStatusList":[null,"1",null],"refundReasons":[null,{"reasonId":1}]}}')),
    ("elements that do not fit are left out, each with a warning", RENDER, ok('{"refundOrderTemplate":{"goodsStatusList":["1",[],2,{},true],"refundReasons":[7,{"reasonId":1},"text",[],{"reasonId":2},""]}}')),
    ("a list that consists of misfits is empty", CHECK, ok('{"noMpProductItemIds":[null,1.5,true]}')),
    ("objects of a list are named with their place", GET, ok('{"skuList":[{"price":1},{"price":"much"},{"price":2,"properties":[{"valueId":1},{"valueId":[]}]}]}')),
    # Other wrappings.
    ("a list of one written as its element", RENDER, ok('{"refundOrderTemplate":{"refundReasons":{"reasonId":1,"later":true}}}')),
    ("a list of one written as its element, in the upstream's spelling", RENDER, ok('{"refundOrderTemplate":{"refundReasons":{"reason_id":1}}}')),
    ("a list with keys", RENDER, ok('{"refundOrderTemplate":{"refundReasons":{"0":{"reasonId":1},"1":{"reasonId":2}},"goodsStatusList":{"0":"1","2":"2"}}}')),
    ("a list with keys that are words, in the order of the body", RENDER, ok('{"refundOrderTemplate":{"refundReasons":{"b":{"reasonId":2},"a":{"reasonId":1},"c":null}}}')),
    ("objects that are no list", RENDER, ok('{"refundOrderTemplate":{"refundReasons":{},"goodsStatusList":{}}}')),
    ("an object of which nobody knows the fields is no list", RENDER, ok('{"refundOrderTemplate":{"refundReasons":{"a":1}}}')),
    ("lists and objects as JSON within text", RENDER, ok('{"refundOrderTemplate":{"refundReasons":"[{\\"reasonId\\":1},7]","maxRefundFee":"{\\"refundFee\\":1}","goodsStatusList":" [1,\\"2\\"] ","refundTypeList":"{\\"0\\":\\"1\\"}"}}')),
    ("a list of one as JSON within text", RENDER, ok('{"refundOrderTemplate":{"refundReasons":"{\\"reasonId\\":1}"}}')),
    ("text that holds no JSON in place of lists and objects", RENDER, ok('{"refundOrderTemplate":{"refundReasons":"[1,","maxRefundFee":"{}x","goodsStatusList":"1,2","refundTypeList":"7"}}')),
    ("JSON within text that had to be mended", RENDER, ok('{"refundOrderTemplate":{"refundReasons":"[{\\"reasonDesc\\":\\"a\\tb\\"}]"}}')),
    ("elements of unknown shape with keys, and one by itself", CHECK, ok('{"mpProducts":{"0":{"a":1},"1":2},"noMpReasonList":{"reason":"x"}}')),
    ("a list of unknown numbers beyond 2^53 with keys", CHECK, ok('{"noMpProductItemIds":{"a":1034499579120189839,"b":7}}')),
    ("numbers in place of objects and lists", RENDER, ok('{"refundOrderTemplate":{"maxRefundFee":7,"refundOrder":1034499579120189839,"refundReasons":-1.5}}')),
    ("a number out of range in place of an object does not cost the reply", RENDER, ok('{"currency":"CNY","refundOrderTemplate":1e400}')),
    ("a number out of range in place of a list does not cost the reply", RENDER, ok('{"refundOrderTemplate":{"refundReasons":1e999,"goodsStatusList":["1"]}}')),
    ("lists nested 200 levels deep where text and an object belong", RENDER, join('{"code":200,"data":{"currency":', repeat("[", 200), repeat("]", 200), ',"refundOrderTemplate":', repeat("[", 200), repeat("]", 200), ',"distributorId":"1"}}')),
    # The names of the upstream.
    ("a page of orders under the upstream's names", ORDERS, ok('{"results_total":"1","page_no":1,"purchase_orders":[{"purchase_id":1034499579120189839,"outer_purchase_id":"own-1","seller_order_number":"7","status":"WAIT_BUYER_P","purchase_amount":"9500","created_time":"1722484800000","sub_purchase_orders":[{"sub_purchase_order_id":200033789041,"purchase_order_outer_id":"3682557363260579405","item_id":"600126245031041190","quantity":"2","logistic_orders":[{"rts_time":1722484800500}],"can_confirm_receipt":"false"}]}]}')),
    ("the same page under the names of the vendor's style", ORDERS, ok('{"resultsTotal":1,"pageNo":1,"data":[{"orderId":"1034499579120189839","outerPurchaseId":"own-1","status":"WAIT_BUYER_P","purchaseAmount":9500,"createdTime":1722484800000,"subOrders":[{"subPurchaseOrderId":"200033789041","purchaseOrderOuterId":"3682557363260579405"}]}]}')),
    ("a field under both spellings stands twice", ORDERS, ok('{"page_no":1,"pageNo":2}')),
    ("an unknown state of an order is kept", ORDERS, ok('{"data":[{"status":"FROZEN"}]}')),
    ("underscores that make no name are of an unknown field", ORDERS, ok('{"_page_no":1,"page__no":2,"pageno":3}')),
    ("payments of which one was accepted and one refused", PAY, ok('{"will_pay_purchase_order_ids":[1034499579120189839],"pay_failure_purchase_order_ids":["1034499579120189840"],"pay_failed_results":[{"gspOrderId":1034499579120189840,"errorCode":"BALANCE","errorMessage":"余额不足","class":"x.y.Z"}]}')),
    ("the orders that a creation made", CREATE, ok('{"success":"true","payment_url":"https://example.com/pay","order_list":[{"purchase_id":1034499579120189839,"estimate_amount":9500,"order_line_list":[{"sub_purchase_order_id":"200033789041","order_line_no":1,"quantity":"2"}]}]}')),
    ("the time left and the moment of a timeout", RENDER, ok('{"refundOrderTemplate":{"refundOrder":{"remaining_time":"86400000","timeout_date":1722484800000}}}')),
    ("the state of a parcel", PARCELS, ok('{"pnm_logistics_details":[{"mail_no":"YT1","logistics_status":"SIGNED","goods_number":"2","logistics_traces":[{"standerd_desc":"到了","status":"SIGNED","next_city":"杭州市"}]}]}')),
    # Unknown fields.
    ("unknown fields are kept at every level", RENDER, ok('{"saleFlag":true,"refundOrderTemplate":{"later":{"a":null},"refundOrder":{"x":[1,"2",false]},"refundReasons":[{"reasonId":1,"icon":"🧾"}]},"last":"text"}')),
    ("unknown fields keep their place among the known ones", RENDER, ok('{"b":1,"currency":"CNY","a":2,"distributorId":"3","":4}')),
    ("unsafe numbers in unknown fields are text", GET, ok('{"later":[9007199254740991,9007199254740992,-9007199254740992,1034499579120189839,18446744073709551616,{"deep":[99999999999999999999999]}]}')),
    ("decimals of more than 15 digits in unknown fields are text", GET, ok('{"later":[0.1,0.30000000000000004,123456789.123456,123456789.1234567,0.000000000000001,1.50,-0.12345678901234567]}')),
    ("numbers out of range in unknown fields are text", GET, ok('{"later":[1e308,1e400,-1e400,1e-400,2.5e3,0.0]}')),
    ("an unknown field nested 100 levels deep is kept", RENDER, deep(100)),
    ("an unknown field nested 101 levels deep is null from there on", RENDER, deep(101)),
    ("an unknown field nested 200 levels deep is null from level 100 on", RENDER, deep(200, "1")),
    ("an unknown field with objects nested 200 levels deep", RENDER, join('{"code":200,"data":{"deep":', repeat('{"a":', 200), "1", repeat("}", 200), ',"currency":"CNY"}}')),
    ("brackets inside text do not count as levels", RENDER, ok('{"later":"%s","currency":"CNY"}' % ("[" * 200))),
    ("white space between unknown values is not kept", RENDER, ok('{ "later" : [ 1 , { "a b" : " c " } ] }')),
    # Names.
    ("the other spelling of a carrier's code is read too", CANCEL, ok('{"refundOrderAggregate":{"logistics":{"logisticsCompany":{"logisticsCompanyCode":"SF"}}}}')),
    ("a misfit under a misspelt name is named by our name", PREVIEW, ok('{"orderPreviewResuslt":[{"status":"maybe"},7]}')),
    ("the right spelling of a misspelt name is read too", PREVIEW, ok('{"orderPreviewResult":[{"status":true}]}')),
    ("a known name in another case is an unknown field", RENDER, ok('{"Currency":"CNY","CURRENCY":"USD"}')),
    ("an escaped name is the same name", RENDER, ok('{"\\u0063urrency":"CNY"}')),
    # Fields that stand twice.
    ("of a field that stands twice the first counts", RENDER, ok('{"currency":"CNY","distributorId":"1","currency":"USD"}')),
    ("of a field that stands twice the first counts even if it is null", RENDER, ok('{"currency":null,"currency":"USD"}')),
    ("of a field that stands three times the first counts", RENDER, ok('{"currency":"CNY","currency":[],"currency":"USD"}')),
    ("of an object that stands twice the first counts whole", RENDER, ok('{"refundOrderTemplate":{"refundOrder":{"refundId":"1"},"refundOrder":{"refundFee":1}}}')),
    ("of two spellings of a field the first counts", PREVIEW, ok('{"orderPreviewResult":[],"orderPreviewResuslt":[{"status":true}]}')),
]
