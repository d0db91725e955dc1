import Foundation
import Testing

@testable import Xportcn

/// What requests write of themselves, beside what `JSONEncoder` writes of them.
@Suite struct RequestWriterTests {
    private static let hostile: [String] = [
        "", " ", "plain", "张三 🇨🇳 👨‍👩‍👧", "\u{2028}\u{2029}\u{85}\u{FEFF}\u{FFFF}\u{10FFFF}", #"quote " \ / \u0041 \n"#,
        String(String.UnicodeScalarView((0...0x9f).compactMap(Unicode.Scalar.init))), "]}\",\"orderId\":\"2",
        "e\u{301}\u{1F600}\u{0}", String(repeating: "\"\\", count: 5000),
    ]
    private static let fitting: [String] = ["12.5", "-0.30000000000000004", "2024-08-01T12:00:00.250+08:00", "7"]

    private static let examples: [String: JSONValue] = {
        let path = ProcessInfo.processInfo.environment["XPORTCN_EXAMPLES"] ?? ""
        let file = try? JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        guard case .object(let examples)? = file?["examples"] else { return [:] }
        return examples
    }()

    @Test func aRequestWithoutAnEncoderIsTheRequestOfAnEncoder() throws {
        #expect(callTypes.count > 80 && Self.examples.count == callTypes.count)
        for type in callTypes {
            try compareExample(of: type)
        }
    }

    private func compareExample<Call: XportcnCall>(of type: Call.Type) throws {
        let example = try #require(Self.examples[Call.id], "\(Call.id)")
        let call = try JSONDecoder().decode(type, from: try JSONEncoder().encode(example))
        try compare(call)
    }

    @Test(arguments: hostile + fitting)
    func everyFieldIsWrittenWhateverItsText(_ text: String) async throws {
        var written = 0
        for type in callTypes {
            written += try compareFilled(type, with: text) ? 1 : 0
            // Other tests measure time.
            await Task.yield()
        }
        // Some have an amount or a time that they cannot be without.
        #expect(written > 60)
    }

    /// Compares a call that has a value in every field; false if this text is none for a field that must be there.
    private func compareFilled(_ type: (some XportcnCall).Type, with text: String) throws -> Bool {
        guard let call = try? type.init(from: Filled(text: text)) else { return false }
        try compare(call)
        return true
    }

    private func compare(_ call: some XportcnCall) throws {
        let writable = try #require(call as? any JSONWritable, "\(call)")
        let written = try JSONDecoder().decode(JSONValue.self, from: Data(try #require(writable.json())))
        #expect(try written == JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(call)))
    }

    @Test(arguments: hostile)
    func textIsReadBackAsItWas(_ text: String) throws {
        let written = try #require(text.json())
        #expect(try JSONDecoder().decode(String.self, from: Data(written)) == text)
        let lines = written.filter { $0 < 0x20 }
        #expect(lines.isEmpty, "control characters are escaped")
    }

    @Test func amountsAndNumbersKeepAllDigits() throws {
        let amounts = ["0", "0.1", "-12.5", "100", "1200000", "9007199254740993", "0.30000000000000004"]
        for text in amounts + ["12345678901234567890123456789012345678"] {
            let amount = try #require(Decimal(string: text))
            #expect(json(amount) == "\"\(text)\"")
            #expect(json(JSONValue.number(amount)) == text)
        }
        // Whatever the form: as Foundation writes it.
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let significand = Decimal(UInt64.random(in: 0 ... .max, using: &random) >> UInt64.random(in: 0...63))
            for exponent in [-25, -18, -17, -3, -2, -1, 0, 1, 5, 20] {
                let amount = Decimal(sign: Bool.random() ? .minus : .plus, exponent: exponent, significand: significand)
                #expect(json(amount) == "\"\(amount)\"")
            }
        }
        #expect(json(Decimal.nan) == "\"NaN\"")
        #expect(json([Int.min, 0, Int.max]) == "[-9223372036854775808,0,9223372036854775807]")
        #expect(try json([0.1, -1e300, 5, 1e-7]).map { try decoded($0) } == [0.1, -1e300, 5, 1e-7])
    }

    private func json(_ value: some JSONWritable) -> String? {
        value.json().map { String(decoding: $0, as: UTF8.self) }
    }

    private func decoded(_ json: String) throws -> [Double] {
        try JSONDecoder().decode([Double].self, from: Data(json.utf8))
    }

    @Test func codesAreNumbersOnlyWhereTheyAreWrittenAsOne() {
        let codes: [Taobao.GoodsStatus] = [1, "NEW", "007", "-3"]
        #expect(json(codes) == #"[1,"NEW","007",-3]"#)
    }

    @Test func whatIsAbsentIsLeftOut() {
        #expect(json(Taobao.Order.Pay(orderId: "1")) == #"{"orderId":"1"}"#)
        #expect(json(Address.List()) == "{}")
        #expect(json(JSONValue.array([.null, .array([]), .object([:])])) == "[null,[],{}]")
    }

    @Test func whatHasNoPlaceInJSONIsLeftToTheEncoder() throws {
        #expect([Double.nan].json() == nil && JSONValue.object(["a": .number(.nan)]).json() == nil)
        let twice = Taobao.Order.Pay(orderId: "1", extra: ["orderId": "2", "more": true])
        #expect(twice.json() == nil)
        let sent = try JSONDecoder().decode(JSONValue.self, from: Data(encoded(twice)))
        #expect(sent == ["orderId": "2", "more": true])
    }
}
