import Foundation
import Testing
import Xportcn

/// Replies as no platform should write them: whatever comes, there is a reply or an error, and no crash.
@Suite struct BadInputTests {
    private static let bodies: [String] = [
        "", " ", "null", "true", "0", "\"\"", "[]", "{}", "{", "}", "\u{0}", "\u{FEFF}{}", #"{"code":"#,
        String(repeating: "[", count: 100_000), envelope(String(repeating: "[", count: 5000)),
        envelope(String(repeating: #"{"a":"#, count: 5000)), envelope("1e999999"), envelope("-"), envelope("NaN"),
        envelope(#""\ud800""#), envelope("[null]"), envelope("[{}]"), envelope("0"), envelope("false"),
        envelope(#"{"refundOrderTemplate":{"maxRefundFee":{"maxRefundFee":1e400}}}"#),
        envelope(#"{"refundOrderTemplate":{"refundTypeList":{"0":1}}}"#),
        envelope(#"{"refundOrderTemplate":"\#(String(repeating: "x", count: 1_000_000))"}"#),
        envelope(#"{"refundOrderTemplate":{"refundReasons":[\#(String(repeating: "null,", count: 10_000))null]}}"#),
        envelope(#"{"currency":1,"currency":["2"]}"#),
    ]

    @Test(arguments: bodies.indices)
    func aReplyOrAnErrorComesOfIt(_ index: Int) async throws {
        for status in [200, 404, 503, 999, -1] {
            let client = try client(Scripted(body: Self.bodies[index], status: status)).with(CallOptions(maxRetries: 0))
            do {
                let reply = try await render(client)
                #expect(try JSONDecoder().decode(JSONValue.self, from: reply.json) != "x")
            } catch let error as XportcnError {
                #expect(["Api", "Decode", "Http"].contains(error.kind), "\(error)")
                #expect("\(error)".utf8.count < 4000, "errors stay short")
            }
        }
    }

    @Test func bytesThatAreNoTextAreRefused() async throws {
        let bytes = Data([0xff, 0xfe, 0x00, 0x80])
        let client = try client(Scripted { _, _ in XportcnResponse(status: 200, headers: [], body: bytes) })
        #expect(try await thrown { _ = try await render(client) }.kind == "Decode")
    }

    @Test func damagedRepliesAreRepliesOrErrors() async throws {
        let fees = #"{"maxRefundFee":"12.5","canEditRefundFee":true}"#
        let data = #"{"refundOrderTemplate":{"maxRefundFee":\#(fees),"refundTypeList":["1"]},"currency":"CNY"}"#
        let whole = Array(envelope(data).utf8)
        var seed: UInt64 = 7
        var replies = 0
        for _ in 0..<500 {
            var bytes = whole
            for _ in 0..<3 {
                seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(seed >> 33) % bytes.count] = UInt8(truncatingIfNeeded: seed >> 24)
            }
            let body = Data(bytes)
            let client = try client(Scripted { _, _ in XportcnResponse(status: 200, headers: [], body: body) })
            do {
                _ = try await render(client.with(CallOptions(maxRetries: 0)))
                replies += 1
            } catch let error as XportcnError {
                #expect(["Api", "Decode"].contains(error.kind), "\(error)")
            }
        }
        #expect(replies > 0, "some damage leaves a reply")
    }
}
