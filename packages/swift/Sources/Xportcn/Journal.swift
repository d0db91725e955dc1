import Foundation
internal import XportcnCore

/// A write that a journal keeps.
public struct JournaledWrite: Equatable, Sendable, CustomStringConvertible {
    /// What the journal knows it by.
    public let key: String
    /// What was called.
    public let endpoint: String
    /// `open`, `answered`, `failed`, or what was found out: `done`, `not done`, `partly` or `unknown`.
    public let state: String
    /// All that is known of it, as JSON that only this package reads. It holds no secret, but addresses.
    public let entry: String

    public init(key: String, endpoint: String, state: String, entry: String) {
        self.key = key
        self.endpoint = endpoint
        self.state = state
        self.entry = entry
    }

    /// Whether it is still to be found out what became of it.
    public var isOpen: Bool { state == "open" || state == "unknown" }

    /// Without its entry, which holds addresses.
    public var description: String { "JournaledWrite(key: \(key), endpoint: \(endpoint), state: \(state))" }
}

/// Where a ``Journal`` keeps writes: to be implemented over the program's own database, GRDB for example, as one table with the
/// fields of ``JournaledWrite`` and the key as its primary key. One process has a store at a time.
public protocol JournalStore: Sendable {
    /// The write of this key; nil if there is none.
    func find(_ key: String) async throws -> JournaledWrite?
    /// Puts a write in the place of the one of its key. When it returns, the write outlasts a crash of the machine.
    func keep(_ write: JournaledWrite) async throws
    /// All writes that are open, as ``JournaledWrite/isOpen`` tells, the oldest first.
    func open() async throws -> [JournaledWrite]
}

/// Keeps writes as long as the process lives: for tests, and for programs that only give up and call again.
public actor MemoryJournalStore: JournalStore {
    private var writes: [JournaledWrite] = []

    public init() {}

    public func find(_ key: String) -> JournaledWrite? {
        writes.first { $0.key == key }
    }

    public func keep(_ write: JournaledWrite) {
        if let at = writes.firstIndex(where: { $0.key == write.key }) {
            writes[at] = write
        } else {
            writes.append(write)
        }
    }

    public func open() -> [JournaledWrite] {
        writes.filter(\.isOpen)
    }
}

/// Another task is at work on the write of this key. Nothing was sent.
public struct WriteInUse: Error, Equatable, CustomStringConvertible {
    /// The key.
    public let key: String

    public init(key: String) {
        self.key = key
    }

    public var description: String {
        "the write `\(key)` is being settled elsewhere; wait until that is over, and ask again"
    }
}

/// What was found out about a write that an earlier run had left open.
public struct RecoveredWrite: Sendable {
    /// The write, as it was left.
    public let write: JournaledWrite
    /// What became of it, or why it was not looked for.
    public let result: Result<Settled<JSONValue>, any Error>
}

/// A journal of writes: none is sent twice, also where the process dies.
///
/// What is about to be sent is in the store before it is sent, and how it ended after. Whoever calls again with the same key,
/// also after a crash, gets the answer that was kept, or what became of the write: it is looked for before anything is sent,
/// and sent again only if it certainly was not carried out.
public actor Journal {
    private let store: any JournalStore
    private var busy: Set<String> = []

    /// A journal in a store, which no other journal has at the same time.
    public init(_ store: any JournalStore) {
        self.store = store
    }

    /// Sends a write, or goes on with the write of this key, until it is known what became of it.
    ///
    /// - A key that the store does not have is kept, then sent.
    /// - What was answered, or found done, is told again; a reply that was kept has no raw body. Nothing is sent.
    /// - What may have been sent is looked for. If it certainly was not carried out, it is sent again, once, with
    ///   ``CallOptions/retryAfterRecovery``.
    /// - What was refused, or found not done, has its key free again, also for other parameters.
    ///
    /// - Parameters:
    ///   - call: The write, as `Taobao.Order.Pay(orderId: "1")`.
    ///   - client: Who sends it.
    ///   - key: What the journal knows the write by. A creation that names none has its own reference, as
    ///     `sellerOrderNumber`, for one.
    /// - Throws: ``XportcnError`` if it was certainly not carried out, or the key belongs to another write; ``WriteInUse`` while
    ///   another task is at work on the key; what the store throws before a sending: then nothing was sent.
    public func settle<Call: XportcnCall>(
        _ call: Call, with client: XportcnClient, key: String? = nil
    ) async throws -> Settled<Call.Response> {
        try await settled(Call.id, try encoded(call), client, key).typed(none: Call.none, client.connection)
    }

    /// As ``settle(_:with:key:)``, by the write's id, with parameters by their canonical names.
    public func settle(
        _ id: String, _ parameters: JSONValue = [:], with client: XportcnClient, key: String? = nil
    ) async throws -> Settled<JSONValue> {
        try await settled(id, try encoded(parameters), client, key).typed(none: .null, client.connection)
    }

    /// Finds out about all writes that are open, one after the other. Nothing is sent.
    public func recoverOpen(with client: XportcnClient) async throws -> [RecoveredWrite] {
        var found: [RecoveredWrite] = []
        for write in try await store.open() {
            do {
                let settled = try await recovered(write, client).typed(none: JSONValue.null, client.connection)
                found.append(.init(write: write, result: .success(settled)))
            } catch let error where error is XportcnError || error is WriteInUse {
                if Task.isCancelled { throw error }
                found.append(.init(write: write, result: .failure(error)))
            }
        }
        return found
    }

    private func settled(
        _ id: String, _ parameters: [UInt8], _ client: XportcnClient, _ given: String?
    ) async throws -> SearchEnd {
        let key = try given ?? told { try journalKey(id: id, params: text(parameters)) }
        return try await claimed(key) { found in
            let entry = found?.entry ?? ""
            let recovery = try client.connection.kept(key, id, parameters, client.terms.options, entry)
            var search = Search(client.connection, client.terms, recovery, keeper(key, id, client))
            return try await search.ended()
        }
    }

    private func recovered(_ write: JournaledWrite, _ client: XportcnClient) async throws -> SearchEnd {
        try await claimed(write.key) { found in
            let recovery = try client.connection.resumed(found?.entry ?? write.entry, client.terms.options)
            var search = Search(client.connection, client.terms, recovery, keeper(write.key, write.endpoint, client))
            return try await search.ended()
        }
    }

    private func claimed(
        _ key: String, _ work: (JournaledWrite?) async throws -> SearchEnd
    ) async throws -> SearchEnd {
        guard busy.insert(key).inserted else { throw WriteInUse(key: key) }
        defer { busy.remove(key) }
        return try await work(try await store.find(key))
    }

    private func keeper(_ key: String, _ endpoint: String, _ client: XportcnClient) -> Keeper {
        let (store, log) = (store, client.connection.log)
        return { entry, state in
            let write = JournaledWrite(key: key, endpoint: endpoint, state: state, entry: entry)
            if state == "open" {
                try await store.keep(write)
                return
            }
            // What was answered is told all the same, and looked for next time. A cancelled task keeps it, too.
            await Task.detached {
                do {
                    try await store.keep(write)
                } catch {
                    log.tell(.warning, "\(endpoint): the journal does not have how it ended: \(type(of: error))")
                }
            }.value
        }
    }
}

/// Keeps an entry, with its state.
typealias Keeper = @Sendable (_ entry: String, _ state: String) async throws -> Void
