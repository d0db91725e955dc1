import Foundation
import Testing
import Xportcn

private let cancel: JSONValue = ["webSite": "1688", "orderId": "77", "cancelReason": "other"]
private let cancelId = "alibaba.order.cancel"

/// Whoever comes after a crash has the store, and nothing else.
@Suite struct JournalTests {
    /// Writes never end; the order shows this status.
    private func silent(_ status: String) -> Scripted {
        Scripted { request, _ in
            if request.isWrite { try await Task.sleep(for: .seconds(600)) }
            let order = #"{"baseInfo":{"id":"77","status":"\#(status)"}}"#
            return XportcnResponse(status: 200, headers: [], body: Data(envelope(order).utf8))
        }
    }

    private func quick(_ transport: Scripted, again: Bool = false) throws -> XportcnClient {
        let options = CallOptions(
            maxRetries: 0, deadline: .milliseconds(500), recoveryWindow: .milliseconds(100), retryAfterRecovery: again)
        return try client(transport).with(options)
    }

    /// A store that a process left as it died: the write was on its way.
    private func left(_ transport: Scripted) async throws -> MemoryJournalStore {
        let store = MemoryJournalStore()
        let journal = Journal(store)
        // Nothing is on its way any more after that.
        let client = try client(transport).with(CallOptions(maxRetries: 0, deadline: .seconds(1)))
        let task = Task { try await journal.settle(cancelId, cancel, with: client, key: "cancel 77") }
        while await transport.sent.filter(\.isWrite).isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        await #expect(throws: WriteInUse(key: "cancel 77")) {
            try await journal.settle(cancelId, cancel, with: client, key: "cancel 77")
        }
        task.cancel()
        _ = await task.result
        return store
    }

    @Test func whatWasOnItsWayIsFoundAndNotSentAgain() async throws {
        let transport = silent("cancel")
        let store = try await left(transport)
        let open = try #require(await store.open().first)
        #expect(open.key == "cancel 77" && open.endpoint == cancelId && open.state == "open")
        #expect(!open.entry.contains(secret) && !"\(open)".contains("cancelReason"))
        let found = try await Journal(store).recoverOpen(with: quick(transport))
        #expect(found.map(\.write) == [open])
        guard case .recovered(.done(let objects)) = try found[0].result.get() else { throw Unexpected("\(found)") }
        #expect(objects.count == 1)
        let again = try await Journal(store).settle(cancelId, cancel, with: quick(transport), key: "cancel 77")
        #expect(again == .recovered(.done(found: objects)))
        #expect(await store.open().isEmpty)
        #expect(await transport.sent.count { $0.isWrite } == 1)
    }

    @Test func whatWasNotCarriedOutIsSentAgainOnlyIfThatIsAskedFor() async throws {
        let store = try await left(silent("waitbuyerpay"))
        let answering = Scripted { request, _ in
            let order = #"{"baseInfo":{"id":"77","status":"waitbuyerpay"}}"#
            let body = envelope(request.isWrite ? "true" : order)
            return XportcnResponse(status: 200, headers: [], body: Data(body.utf8))
        }
        let found = try await Journal(store).recoverOpen(with: quick(answering))
        #expect(try found.map { try $0.result.get() } == [.recovered(.notDone)])
        #expect(await answering.sent.count { $0.isWrite } == 0)
        let settled = try await Journal(store).settle(cancelId, cancel, with: quick(answering), key: "cancel 77")
        guard case .answered(let reply) = settled else { throw Unexpected("\(settled)") }
        let kept = try await Journal(store).settle(cancelId, cancel, with: quick(answering), key: "cancel 77")
        guard case .answered(let again) = kept else { throw Unexpected("\(kept)") }
        #expect(again.data == reply.data && again.requestId == "r-1" && again.raw.isEmpty && !reply.raw.isEmpty)
        #expect(await answering.sent.count { $0.isWrite } == 1)
    }

    @Test func aTypedWriteGivesItsTypeAndAKeyIsOneWrites() async throws {
        let journal = Journal(MemoryJournalStore())
        let client = try client(Scripted(body: envelope("true")))
        let pay = Taobao.Order.Pay(orderId: "1")
        let settled = try await journal.settle(pay, with: client, key: "pay 1")
        guard case .answered = settled else { throw Unexpected("\(settled)") }
        let other = Taobao.Order.Pay(orderId: "2")
        for key in ["pay 1", nil, ""] {
            let refused = try await thrown { _ = try await journal.settle(other, with: client, key: key) }
            guard case .invalidRequest(let details) = refused else { throw refused }
            #expect(details.path == "key")
        }
        let twice = try client.with(CallOptions(retryWrites: true))
        let refused = try await thrown { _ = try await journal.settle(other, with: twice, key: "pay 2") }
        guard case .config(let details) = refused else { throw refused }
        #expect(details.field == "retryWrites")
    }

    @Test func whatCannotBeKeptIsNotSentAndWhatWasAnsweredIsTold() async throws {
        let transport = Scripted(body: envelope("true"))
        let client = try client(transport)
        let pay = Taobao.Order.Pay(orderId: "1")
        await #expect(throws: Full.self) {
            try await Journal(Failing(state: "open")).settle(pay, with: client, key: "pay 1")
        }
        #expect(await transport.sent.isEmpty)
        let store = Failing(state: "answered")
        let settled = try await Journal(store).settle(pay, with: client, key: "pay 1")
        guard case .answered = settled else { throw Unexpected("\(settled)") }
        #expect(try await store.find("pay 1")?.state == "open")
    }

    @Test func aTicketOfWhatWasCancelledHoldsWhatWasSeenBeforeIt() async throws {
        let transport = Scripted { request, _ in
            if request.isWrite { try await Task.sleep(for: .seconds(600)) }
            return XportcnResponse(status: 200, headers: [], body: Data(envelope(#"{"enableList":[]}"#).utf8))
        }
        let client = try client(transport)
        let task = Task { try await client.settle("alibaba.cart.add", ["offerId": "1", "specId": "2", "quantity": 2]) }
        while await transport.sent.filter(\.isWrite).isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        task.cancel()
        let left = try await thrown { _ = try await task.value }
        guard case .ambiguousWrite(let write) = left else { throw left }
        #expect(write.ticket.contains(#""before":{"alibaba.cart.list":[]}"#))
    }
}

private struct Full: Error {}

/// What came in the place of what was expected.
private struct Unexpected: Error {
    let what: String

    init(_ what: String) {
        self.what = what
    }
}

/// A store that cannot keep one state.
private struct Failing: JournalStore {
    let memory = MemoryJournalStore()
    let state: String

    func find(_ key: String) async throws -> JournaledWrite? { await memory.find(key) }

    func keep(_ write: JournaledWrite) async throws {
        if write.state == state { throw Full() }
        await memory.keep(write)
    }

    func open() async throws -> [JournaledWrite] { await memory.open() }
}
