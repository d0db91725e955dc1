import Foundation
import Testing
import Xportcn

@Suite struct CancelTests {
    private func cancelled(_ act: @escaping @Sendable () async throws -> Void) async throws -> XportcnError {
        let task = Task { try await act() }
        try await Task.sleep(for: .milliseconds(100))
        task.cancel()
        return try await thrown { try await task.value }
    }

    private let slow = Scripted { _, _ in
        try await Task.sleep(for: .seconds(600))
        return XportcnResponse(status: 200, headers: [], body: Data())
    }

    @Test func aReadEnds() async throws {
        let client = try client(slow)
        let error = try await cancelled { _ = try await render(client) }
        guard case .cancelled(let details) = error else { throw error }
        #expect(details.endpoint == "taobao.after_sale.render")
        #expect(await slow.sent.count == 1)
    }

    @Test func aWriteThatWasSentMayHaveBeenCarriedOut() async throws {
        let lines = Lines()
        var configuration = configuration()
        configuration.log = { _, line in lines.add(line) }
        let client = try XportcnClient(configuration: configuration, transport: slow)
        #expect(try await cancelled { try await pay(client) }.kind == "AmbiguousWrite")
        #expect(lines.lines.count == 1, "the log has it, too: nobody may be left to read the error")
    }

    @Test func aCallOfACancelledTaskIsNotSent() async throws {
        let client = try client(slow)
        let error = try await thrown {
            try await Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await pay(client)
            }.value
        }
        #expect(error.kind == "Cancelled")
        #expect(await slow.sent.isEmpty)
    }

    @Test func aWriteThatWasNotSentWhenItWasCancelledIsNotAmbiguous() async throws {
        let transport = Scripted { _, _ in
            try? await Task.sleep(for: .seconds(600))
            throw TransportFailure(.other, maybeSent: false, detail: "never begun")
        }
        let client = try client(transport)
        #expect(try await cancelled { try await pay(client) }.kind == "Cancelled")
    }

    @Test func aWaitEnds() async throws {
        let transport = Scripted { _, _ in
            XportcnResponse(status: 503, headers: [("retry-after", "30")], body: Data())
        }
        let client = try client(transport)
        #expect(try await cancelled { _ = try await render(client) }.kind == "Cancelled")
        #expect(await transport.sent.count == 1)
    }

    @Test func aWalkEnds() async throws {
        let client = try client(slow)
        let error = try await cancelled {
            for try await _ in client.alibaba.product.keywordSearchItems(keyword: "shoes") {}
        }
        #expect(error.kind == "Cancelled")
    }
}
