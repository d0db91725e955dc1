import Foundation
import Testing
import Xportcn

@Suite struct MiddlewareTests {
    private func client(_ transport: any XportcnTransport, _ middleware: XportcnMiddleware...) throws -> XportcnClient {
        var configuration = configuration()
        configuration.middleware = middleware
        return try XportcnClient(configuration: configuration, transport: transport)
    }

    @Test func middlewareStandsAroundEachAttemptTheOutermostFirstAndAddsHeaders() async throws {
        let order = Lines()
        func marking(_ name: String) -> XportcnMiddleware {
            { request, next in
                order.add(name)
                let answer = try await next(try request.with(header: "X-Mark", name))
                order.add("\(name) \(answer.status)")
                return answer
            }
        }
        let transport = Scripted { _, number in
            XportcnResponse(status: number == 1 ? 503 : 200, headers: [], body: Data(envelope("{}").utf8))
        }
        _ = try await render(client(transport, marking("a"), marking("b")))
        #expect(order.lines == ["a", "b", "b 503", "a 503", "a", "b", "b 200", "a 200"])
        let marks = await transport.sent.map { request in
            request.headers.filter { $0.name == "X-Mark" }.map(\.value)
        }
        #expect(marks == [["b"], ["b"]])
    }

    @Test func middlewareMayAnswerItself() async throws {
        let transport = Scripted(body: "")
        let client = try client(
            transport, { _, _ in XportcnResponse(status: 200, headers: [], body: Data(envelope("{}").utf8)) })
        #expect(try await render(client).requestId == "r-1")
        #expect(await transport.sent.isEmpty)
    }

    @Test func middlewareChangesNoneOfTheHeadersThatSignARequest() async throws {
        let refused = Lines()
        let client = try client(
            Scripted(body: envelope("{}")),
            { request, next in
                for name in ["Signature", "access-key", "user-agent"] {
                    do { _ = try request.with(header: name, "x") } catch { refused.add(name) }
                }
                return try await next(request)
            })
        _ = try await render(client)
        #expect(refused.lines == ["Signature", "access-key", "user-agent"])
    }

    @Test func middlewareThatThrowsOrSendsAgainLeavesAWriteInDoubt() async throws {
        struct Mine: Error {}
        let transport = Scripted(body: envelope("null"))
        let throwing = try await thrown { try await pay(client(transport, { _, _ in throw Mine() })) }
        #expect(throwing.kind == "AmbiguousWrite")
        #expect(await transport.sent.isEmpty)
        let again = try await thrown {
            try await pay(
                client(
                    transport,
                    { request, next in
                        _ = try await next(request)
                        return try await next(request)
                    }))
        }
        #expect(again.kind == "AmbiguousWrite")
        #expect(await transport.sent.count == 1)
        let held = try await thrown {
            try await pay(
                client(transport, { _, _ in throw TransportFailure(.other, maybeSent: false, detail: "held back") }))
        }
        #expect(held.kind == "Transport")
    }
}
