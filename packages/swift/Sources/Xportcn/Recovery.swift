import Foundation
internal import XportcnCore

/// What became of a write whose answer is lost.
public enum Outcome: Equatable, Sendable {
    /// It was carried out. The objects that were found show it; there are none where it was a deletion. What they hold
    /// must not be repeated.
    case done(found: [JSONValue])
    /// It was not carried out: it can be called again.
    case notDone
    /// A part of it was carried out. What the found objects hold must not be repeated; `missing` does not show, and the
    /// reason is what is known of it.
    case partly(found: [JSONValue], missing: [String], reason: String)
    /// Whether it was carried out cannot be told, and why.
    case unknown(reason: String)
}

/// How a write ended.
public enum Settled<Value: Sendable>: Sendable {
    /// It was answered.
    case answered(Reply<Value>)
    /// Its answer was lost, and it was looked for.
    case recovered(Outcome)
}

extension Settled: Equatable where Value: Equatable {}

extension XportcnClient {
    /// Finds out what became of a write whose answer is lost, by calls that only read.
    ///
    /// It takes as long as ``CallOptions/recoveryWindow`` from the sending of the write, unless the write shows earlier.
    /// A cancelled task ends it at once.
    ///
    /// - Throws: ``XportcnError``
    public func recover(_ lost: XportcnError.AmbiguousWrite) async throws -> Outcome {
        try await recover(ticket: lost.ticket)
    }

    /// As ``recover(_:)``, from the ticket that was kept.
    ///
    /// - Throws: ``XportcnError/invalidRequest(_:)`` if it is no ticket, or one of another account or platform.
    public func recover(ticket: String) async throws -> Outcome {
        var search = Search(connection, terms, try connection.recovery(ticket, terms.options))
        guard case .told(let outcome) = try await search.ended() else { throw unanswered }
        return try Outcome(core: outcome)
    }

    /// Sends a write, and finds out what became of it if its answer is lost.
    ///
    /// What only a comparison shows is looked at before. With ``CallOptions/retryAfterRecovery`` it is sent again, once,
    /// if it was not carried out. A cancelled task ends it at once, with ``XportcnError/ambiguousWrite(_:)`` where it may
    /// have been carried out.
    ///
    /// - Parameter call: The write, as `Taobao.Order.Pay(orderId: "1")`.
    /// - Throws: ``XportcnError`` if it was certainly not carried out, or is a call that only reads.
    public func settle<Call: XportcnCall>(_ call: Call) async throws -> Settled<Call.Response> {
        try await settled(Call.id, try encoded(call)).typed(none: Call.none, connection)
    }

    /// As ``settle(_:)``, by the write's id, with parameters by their canonical names.
    public func settle(_ id: String, _ parameters: JSONValue = [:]) async throws -> Settled<JSONValue> {
        try await settled(id, try encoded(parameters)).typed(none: .null, connection)
    }

    private func settled(_ id: String, _ parameters: [UInt8]) async throws -> SearchEnd {
        var search = Search(connection, terms, try connection.settlement(id, parameters, terms.options))
        return try await search.ended()
    }
}

/// How a write ended whose answer is not yet in its type.
enum SearchEnd: Sendable {
    case answered(Unread)
    /// What the core tells, as JSON.
    case told(String)

    func typed<Value: Decodable & Sendable>(none: Value, _ connection: Connection) throws -> Settled<Value> {
        switch self {
        case .answered(let answer): .answered(try answer.typed(none: none, connection))
        case .told(let outcome): .recovered(try Outcome(core: outcome))
        }
    }
}

let unanswered = XportcnError.misuse(
    .init(
        reason: "a search told of an answer to no write", text: "a search told of an answer to no write",
        isRetryable: false))

/// A search for a write: makes the calls that the core asks for.
struct Search {
    private let connection: Connection
    private let terms: Terms
    private let recovery: Recovery
    private let keep: Keeper
    private var last = Result<Unread, any Error>.failure(unanswered)
    private var lost: XportcnError?

    init(
        _ connection: Connection, _ terms: Terms, _ recovery: Recovery, _ keep: @escaping Keeper = { _, _ in }
    ) {
        self.connection = connection
        self.terms = terms
        self.recovery = recovery
        self.keep = keep
    }

    /// Does what the search says until it is over.
    mutating func ended() async throws -> SearchEnd {
        let pause = connection.pauses.add(recovery)
        defer { connection.pauses.remove(pause) }
        var asked = (id: "", params: "")
        while true {
            switch recovery.step(nowMs: now()) {
            case .call(let id, let params):
                asked = (id, params)
                try await call(id, params)
            case .wait(let millis):
                await pause.wait(millis)
                // The call of a cancelled task is not sent: it tells that it was cancelled.
                if Task.isCancelled { try await call(asked.id, asked.params) }
            case .done(let outcome):
                return .told(outcome)
            case .last:
                return .answered(try last.get())
            case .keep(let entry, let state):
                try await keep(entry, state)
                recovery.onKept()
            case .kept(let answer):
                return .answered(try Unread("the journal", answer, raw: Data(), Known()))
            }
        }
    }

    private mutating func call(_ id: String, _ params: String) async throws {
        do {
            let answer = try await connection.call(id, Array(params.utf8), terms)
            recovery.onReply(data: String(decoding: answer.data, as: UTF8.self), about: text(answer.facts.json))
            last = .success(answer)
        } catch let error as XportcnError {
            var ticket = ""
            if case .ambiguousWrite(let write) = error { ticket = write.ticket }
            recovery.onFailure(error: error.description, isRetryable: error.isRetryable, ticket: ticket)
            if case .ambiguousWrite(var write) = error {
                // What was seen before the write belongs to its ticket.
                write.ticket = recovery.ticket() ?? ticket
                lost = .ambiguousWrite(write)
            }
            // Who does not want to wait any longer keeps what is needed to look later.
            if Task.isCancelled { throw lost ?? error }
            last = .failure(error)
        }
    }
}

/// The core's account of an outcome.
private struct Told: Decodable {
    let outcome: String
    let found: [JSONValue]?
    let missing: [String]?
    let reason: String?
}

extension Outcome {
    init(core json: String) throws {
        let told = try read(Told.self, core: json)
        let (found, reason) = (told.found ?? [], told.reason ?? "")
        switch told.outcome {
        case "done": self = .done(found: found)
        case "not done": self = .notDone
        case "partly": self = .partly(found: found, missing: told.missing ?? [], reason: reason)
        default: self = .unknown(reason: reason)
        }
    }
}
