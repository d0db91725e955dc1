import Foundation
import Testing
import Xportcn

private func decoded<Value: Decodable>(_: Value.Type, _ json: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(json.utf8))
}

private func written(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

@Suite struct ValueTests {
    @Test(arguments: [
        ("0.1", "0.1"), ("0.30000000000000004", "0.30000000000000004"), ("-12.5", "-12.5"), ("0", "0"),
        ("9007199254740993", "9007199254740993"), ("79228162514264337593543950335", "79228162514264337593543950335"),
        ("1234567890123456789.25", "1234567890123456789.25"), ("12.50", "12.5"),
    ])
    func amountsAreExact(_ text: String, _ expected: String) throws {
        let limits = try decoded(Taobao.AfterSaleRefundFeeLimits.self, #"{"maxRefundFee":"\#(text)"}"#)
        #expect("\(try #require(limits.maxRefundFee))" == expected)
        #expect(limits.maxRefundFee == Decimal(string: text))
        #expect(try written(limits) == #"{"maxRefundFee":"\#(expected)"}"#)
    }

    @Test(arguments: [
        "123456789012345678901234567890123456789", "0.1234567890123456789012345678901234567890", "",
        "1,5", "1e3", "abc", "5.", ".5", "--1", "1-",
    ])
    func whatIsNoAmountIsNone(_ text: String) throws {
        #expect(try decoded(Taobao.AfterSaleRefundFeeLimits.self, #"{"maxRefundFee":"\#(text)"}"#).maxRefundFee == nil)
    }

    @Test(arguments: [
        // The seconds were computed by another program.
        ("2024-08-01T12:00:00+08:00", 1_722_484_800.0, "2024-08-01T04:00:00Z"),
        ("2024-08-01T12:00:00.250+08:00", 1_722_484_800.25, "2024-08-01T04:00:00.250Z"),
        ("1970-01-01T00:00:00Z", 0.0, "1970-01-01T00:00:00Z"),
        ("1969-12-31T23:59:59Z", -1.0, "1969-12-31T23:59:59Z"),
        ("2000-02-29T23:59:59-05:30", 951_888_599.0, "2000-03-01T05:29:59Z"),
        ("9999-12-31T23:59:59Z", 253_402_300_799.0, "9999-12-31T23:59:59Z"),
        ("0001-01-02T00:00:00Z", -62_135_510_400.0, "0001-01-02T00:00:00Z"),
    ])
    func timesAreMoments(_ text: String, _ seconds: Double, _ expected: String) throws {
        let order = try decoded(Alibaba.OrderBase.self, #"{"createTime":"\#(text)"}"#)
        #expect(order.createTime?.timeIntervalSince1970 == seconds)
        #expect(try written(order) == #"{"createTime":"\#(expected)"}"#)
    }

    @Test(arguments: [
        "", "2024-08-01", "2024-13-01T00:00:00Z", "2024-08-01T12:00:00", "yesterday", "2024-08-01T12:00:00+8",
    ])
    func whatIsNoTimeIsNone(_ text: String) throws {
        #expect(try decoded(Alibaba.OrderBase.self, #"{"createTime":"\#(text)"}"#).createTime == nil)
    }

    @Test func numbersOfCodesStayWhatTheyAre() throws {
        let paid = Taobao.OrderStatus.waitSellerSendGoods
        #expect(paid == 10 && paid.rawValue == "10" && paid.number == 10)
        #expect(try decoded([Taobao.OrderStatus].self, #"[10,77,"NEW"]"#) == [paid, 77, "NEW"])
        #expect(try written([paid, 77, "NEW", "007"] as [Taobao.OrderStatus]) == #"[10,77,"NEW","007"]"#)
    }

    @Test func largeIntegersOfTextAreRead() throws {
        let page = try decoded(Taobao.AfterSaleListReply.self, #"{"pageNo":"9007199254740993","pageSize":2}"#)
        #expect(page.pageNo == 9_007_199_254_740_993)
        #expect(page.pageSize == 2)
    }

    @Test func anyValueKeepsItsDigits() throws {
        let text = #"{"a":[1,true,null,"x",0.30000000000000004,1.5],"b":{"c":12345678901234567890123}}"#
        let value = try decoded(JSONValue.self, text)
        #expect(value["a"]?[0]?.integer == 1)
        #expect(value["a"]?[1] == true)
        #expect(value["a"]?[2] == .null)
        #expect(value["a"]?[3]?.string == "x")
        #expect(value["a"]?[9] == nil && value["z"] == nil && value[0] == nil)
        #expect(try written(value) == text)
    }

    @Test func extraFieldsAreSentBesideTheKnownOnes() throws {
        let call = Taobao.Order.Pay(orderId: "1", extra: ["payMode": ["x": 2]])
        #expect(try written(call) == #"{"orderId":"1","payMode":{"x":2}}"#)
        #expect(try decoded(Taobao.Order.Pay.self, written(call)) == call)
    }

    @Test func aCallWithoutARequiredFieldCannotBeRead() throws {
        #expect(throws: DecodingError.self) {
            try decoded(Taobao.AfterSale.Render.self, #"{"goodsStatus":1,"refundType":1}"#)
        }
    }
}
