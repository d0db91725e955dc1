import Foundation
import Testing
import Xportcn

/// What tests of a program make for themselves.
@Suite struct MadeTests {
    @Test func aReplyThatATestMakesIsAsOneOfACall() async throws {
        let body = envelope(#"{"currency":"CNY"}"#)
        let called = try await render(client(Scripted(body: body)))
        var data = Taobao.AfterSaleRenderReply()
        data.currency = "CNY"
        let made = Reply(
            data: data, requestId: "r-1", message: "success", developId: "1014533973088404335", raw: Data(body.utf8),
            json: called.json, response: ResponseHead(status: 200, headers: ["a": "b"]), attempts: 2,
            duration: .seconds(3))
        #expect(made == called)
        #expect(made.response == ResponseHead(status: 200, headers: ["a": "b"]))
        #expect(made.attempts == 2 && made.duration == .seconds(3) && made.currency == "CNY")
        let warning = ReplyWarning(path: "data.a", expected: "text", found: "a list")
        let warned = Reply(data: data, warnings: [warning])
        #expect(warned.warnings.map(\.description) == ["data.a: expected text, found a list"])
    }

    @Test func aRequestThatATestMakesIsAsTheClientsOwn() async throws {
        let request = XportcnRequest(
            method: "POST", url: "https://example.com/a", headers: [("signature", "s")], body: Data("{}".utf8),
            isWrite: true)
        let more = try request.with(header: "x-team", "purchasing")
        #expect(more.headers.map(\.name) == ["signature", "x-team"] && more.body == request.body && more.isWrite)
        #expect(throws: TransportFailure.self) { try request.with(header: "Signature", "other") }
        #expect("\(more)" == "POST request", "what signs is not shown")
        let get = XportcnRequest(method: "GET", url: "https://example.com")
        #expect(get.body == nil && get.headers.isEmpty && !get.isWrite && !get.isDirect)
    }
}
