import Foundation
import Testing
import Xportcn
import XportcnCore

@Suite struct ErrorTests {
    @Test func anInvalidRequestNamesItsField() async throws {
        let transport = Scripted(body: envelope("{}"))
        let client = try client(transport)
        let error = try await thrown {
            _ = try await client.taobao.afterSale.render(subOrderId: "", goodsStatus: 1, refundType: 1)
        }
        guard case .invalidRequest(let details) = error else { throw error }
        #expect(details.endpoint == "taobao.after_sale.render" && details.path == "subOrderId")
        #expect(!details.reason.isEmpty && !error.isRetryable)
        #expect(await transport.sent.isEmpty)
    }

    @Test func parametersThatAreNoneAreRefused() async throws {
        let client = try client(Scripted(body: envelope("{}")))
        for (parameters, path) in [
            (["subOrder": "1"], "subOrder"), (["subOrderId": ["x": 1]], "subOrderId"), ([1], ""), ("text", ""),
        ] as [(JSONValue, String)] {
            let error = try await thrown { _ = try await client.request("taobao.after_sale.render", parameters) }
            guard case .invalidRequest(let details) = error else { throw error }
            #expect(details.path == path)
        }
        let unknown = try await thrown { _ = try await client.request("taobao.nothing") }
        #expect(unknown.kind == "InvalidRequest")
    }

    @Test func thePlatformsRefusalHasItsCode() async throws {
        let client = try client(Scripted(body: #"{"code":40108,"msg":"wrong signature","requestId":"r-9"}"#))
        let error = try await thrown { _ = try await render(client) }
        guard case .api(let details) = error else { throw error }
        #expect(details.code == "40108" && details.message == "wrong signature")
        #expect(error.requestId == "r-9" && error.localizedDescription.contains("40108"))
    }

    @Test func aPageOfAGatewayHasItsStatus() async throws {
        let client = try client(Scripted(body: "<html>not found</html>", status: 404))
        let error = try await thrown { try await pay(client) }
        guard case .http(let details) = error else { throw error }
        #expect(details.status == 404 && details.bodyHead.contains("not found"))
        #expect(details.hint?.contains("paths") == true, "the path of this row is not certain")
    }

    @Test func aBodyThatIsNoReplyCannotBeRead() async throws {
        let transport = Scripted(body: "[1,2")
        let error = try await thrown { _ = try await render(client(transport)) }
        guard case .decode(let details) = error else { throw error }
        #expect(details.bodyHead == "[1,2" && details.path.isEmpty && error.isRetryable)
        #expect(await transport.sent.count == 3, "a read is tried again twice")
    }

    @Test func readsThatAreLostAreTriedAgain() async throws {
        let transport = Scripted { _, number in
            if number < 3 { throw TransportFailure(.reset, maybeSent: true, detail: "gone") }
            return XportcnResponse(status: 200, headers: [], body: Data(envelope("{}").utf8))
        }
        _ = try await render(client(transport))
        let sent = await transport.sent
        #expect(sent.count == 3 && sent.allSatisfy { !$0.isWrite })
        let nonces = Set(sent.flatMap { $0.headers.filter { $0.name == "nonce-str" }.map(\.value) })
        #expect(nonces.count == 3, "every attempt has a nonce of its own")
    }

    @Test func aWriteThatMayHaveArrivedIsNotSentAgain() async throws {
        let transport = Scripted { _, _ in throw TransportFailure(.reset, maybeSent: true, detail: "gone") }
        let error = try await thrown { try await pay(client(transport)) }
        guard case .ambiguousWrite(let details) = error else { throw error }
        guard case .transport(let cause) = details.cause else { throw details.cause }
        #expect(cause.transportKind == "reset" && cause.detail == "gone" && !details.recovery.isEmpty)
        #expect(!error.isRetryable)
        let sent = await transport.sent
        #expect(sent.count == 1 && sent[0].isWrite)
    }

    @Test func aWriteThatCertainlyDidNotArriveIsSentAgain() async throws {
        let transport = Scripted { _, _ in throw TransportFailure(.dns, maybeSent: false, detail: "no address") }
        let error = try await thrown { try await pay(client(transport)) }
        guard case .transport(let details) = error else { throw error }
        #expect(details.transportKind == "dns")
        #expect(await transport.sent.count == 3)
    }

    @Test func noAnswerInTimeIsATimeout() async throws {
        let transport = Scripted { _, _ in throw TransportFailure(.timeout, maybeSent: true, detail: "late") }
        let client = try client(transport).with(CallOptions(maxRetries: 0))
        #expect(try await thrown { _ = try await render(client) }.kind == "Timeout")
        #expect(await transport.sent.count == 1)
    }

    @Test func errorsThatATransportInventsCountAsSent() async throws {
        let transport = Scripted { _, _ in throw CocoaError(.fileNoSuchFile) }
        #expect(try await thrown { try await pay(client(transport)) }.kind == "AmbiguousWrite")
    }

    @Test func aTypeOfTheCallersOwnThatDoesNotFitIsMisuse() async throws {
        let client = try client(Scripted(body: envelope(#"{"currency":"CNY"}"#)))
        let error = try await thrown { _ = try await client.send(Renderings(subOrderId: "1")) }
        guard case .misuse(let details) = error else { throw error }
        #expect(details.reason == "the data does not fit its type" && details.text.contains(Renderings.id))
        #expect(!error.isRetryable && error.requestId == nil)
    }

    @Test func theCoresWordOfMisuseIsTheError() async throws {
        let settings = #"{"accessKey":"key","accessSecret":"\#(secret)","userId":"user"}"#
        let exchange = try Core(settings: settings).call(id: "address.list", params: "{}", options: "")
        guard case .failed(let told) = exchange.step(nowMs: 0, random: Data()) else {
            Issue.record("a step without random bytes goes on")
            return
        }
        guard case .misuse(let details) = try JSONDecoder().decode(XportcnError.self, from: Data(told.utf8)) else {
            Issue.record("another error: \(told)")
            return
        }
        #expect(details.reason == "a step takes 32 random bytes" && !details.isRetryable)
    }

    @Test(arguments: ["accessKey", "baseUrl", "initialBackoff", "limit.perSecond", "maxRetries", "paths"])
    func aWrongSettingIsNamed(_ name: String) async throws {
        var wrong = configuration()
        switch name {
        case "accessKey": wrong.accessKey = "line\nbreak"
        case "baseUrl": wrong.baseUrl = "http://www.example.com"
        case "initialBackoff": wrong.options.initialBackoff = .seconds(-1)
        case "limit.perSecond": wrong.limit = .init(perSecond: .nan)
        case "paths": wrong.paths = ["taobao.nothing": "/x"]
        default: wrong.options.maxRetries = -1
        }
        let error = try await thrown { [wrong] in
            _ = try XportcnClient(configuration: wrong, transport: Scripted(body: ""))
        }
        guard case .config(let details) = error else { throw error }
        #expect(details.field == name && !details.reason.isEmpty && details.text.contains(name))
    }

    @Test func nothingThatIsShownHoldsTheSecretOrASignature() async throws {
        let configuration = configuration()
        let lines = Lines()
        let client = try client(
            Scripted { request, _ in
                var text = "\(request) \(String(reflecting: request))"
                dump(request, to: &text)
                lines.add(text)
                throw CocoaError(.fileNoSuchFile)
            })
        var shown = "\(configuration) \(String(reflecting: configuration)) \(client) \(String(reflecting: client))"
        dump(configuration, to: &shown)
        dump(client, to: &shown)
        let error = try await thrown { _ = try await render(client) }
        dump(error, to: &shown)
        shown += "\(error) \(String(reflecting: error)) \(error.localizedDescription)"
        #expect(!shown.contains(secret))
        let requests = lines.lines.joined()
        #expect(!requests.isEmpty && !requests.contains("signature"))
    }

    @Test func anErrorIsTheSameAfterItWasWritten() async throws {
        let transport = Scripted { _, _ in throw TransportFailure(.reset, maybeSent: true, detail: "gone") }
        let error = try await thrown { try await pay(client(transport)) }
        #expect(try JSONDecoder().decode(XportcnError.self, from: try JSONEncoder().encode(error)) == error)
    }
}

/// A call with another type for the answer than the platform's.
private struct Renderings: XportcnCall {
    static let id = "taobao.after_sale.render"
    static var none: [Int] { [] }

    var subOrderId: String
    var goodsStatus = 1
    var refundType = 1
}
