import Foundation
import Testing
import Xportcn

@Suite struct WholeAnswerTests {
    @Test func aReplyHasStatusHeadersAttemptsAndDuration() async throws {
        let transport = Scripted { _, number in
            XportcnResponse(
                status: number == 1 ? 503 : 200, headers: [("X-Own", "a"), ("x-own", "b"), ("Server", "gw")],
                body: Data(envelope("{}").utf8))
        }
        let reply = try await render(client(transport))
        #expect(reply.response?.status == 200)
        #expect(reply.response?.headers == ["x-own": "a, b", "server": "gw"])
        #expect(reply.attempts == 2 && reply.duration < .seconds(30))
    }

    @Test func anErrorHasTheLastAnswersStatusAndHeadersAttemptsAndDuration() async throws {
        let busy = Scripted { _, _ in
            try await Task.sleep(for: .milliseconds(30))
            return XportcnResponse(status: 503, headers: [("X-Request-Id", "gw-7")], body: Data("busy".utf8))
        }
        let error = try await thrown { _ = try await render(client(busy)) }
        #expect(error.kind == "Http" && error.requestId == "gw-7")
        #expect(error.response?.status == 503 && error.response?.headers == ["x-request-id": "gw-7"])
        #expect(error.attempts == 3 && error.duration >= .milliseconds(80))
        let lost = try await thrown { try await pay(client(busy)) }
        #expect(lost.kind == "AmbiguousWrite" && lost.response?.status == 503 && lost.attempts == 1)

        let gone = Scripted { _, _ in throw TransportFailure(.dns, maybeSent: false, detail: "no address") }
        let unsent = try await thrown { try await pay(client(gone)) }
        #expect(unsent.response == nil && unsent.attempts == 3)
        let wrong = try await thrown { _ = try await client(gone).taobao.order.pay(orderId: "") }
        #expect(wrong.kind == "InvalidRequest" && wrong.attempts == 0)
    }

    @Test func overURLSessionAllHeadersAreThere() async throws {
        var configuration = XportcnClient.Configuration(
            accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: "sandbox-user")
        configuration.baseUrl = try #require(ProcessInfo.processInfo.environment["XPORTCN_SANDBOX"])
        let reply = try await render(XportcnClient(configuration: configuration))
        #expect(reply.response?.status == 200 && reply.attempts == 1)
        #expect(reply.response?.headers["content-type"]?.hasPrefix("application/json") == true)
        #expect(reply.response?.headers["content-length"] != nil)
    }
}
