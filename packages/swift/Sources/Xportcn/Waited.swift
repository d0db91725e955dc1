import Foundation
internal import XportcnCore

/// How a wait for a state ended.
public enum Waited: Equatable, Sendable {
    /// The state is there; with the order or the refund.
    case reached(found: JSONValue)
    /// The state cannot come any more; with the order or the refund.
    case never(found: JSONValue)
    /// The time is over. What was found is the order or the refund as it was last seen; the reason tells why it was not
    /// seen in the last look, if a call failed.
    case timedOut(found: JSONValue?, reason: String?)
}

extension XportcnClient {
    /// Waits until an order or a refund comes into a state, by calls that only read.
    ///
    /// ``Taobao/Order/waitUntil(_:orderId:)`` and its like name the states that there are. It looks again with growing
    /// pauses, and at once where ``onPush(_:)`` brings a message on it; it ends early where the state cannot come any more,
    /// and else after ``CallOptions/waitTimeout``. A cancelled task ends it at once.
    ///
    /// - Parameters:
    ///   - of: Whose state: the group of calls, as `taobao.order`.
    ///   - state: Its name, as `paid`.
    ///   - id: The order or the refund.
    /// - Throws: ``XportcnError``, where three looks in a row failed and it does not help to try again.
    public func waitUntil(_ of: String, _ state: String, id: String) async throws -> Waited {
        let wait = try connection.wait(of, state, try encoded(id), terms.options)
        var search = Search(connection, terms, wait)
        switch try await search.ended() {
        case .answered: throw unanswered
        case .told(let json): return try Waited(core: json)
        }
    }

    /// Has what waits for the object of a pushed message look at once.
    public func onPush(_ message: PushMessage) {
        connection.pauses.onPush(String(decoding: message.json, as: UTF8.self))
    }
}

/// The searches and waits behind one client, each with what ends its pause.
final class Pauses: @unchecked Sendable {
    private let lock = NSLock()
    private var waiting: [ObjectIdentifier: Pause] = [:]

    /// The pause of a search, until it is removed.
    func add(_ recovery: Recovery) -> Pause {
        let pause = Pause(recovery)
        lock.withLock { waiting[ObjectIdentifier(pause)] = pause }
        return pause
    }

    func remove(_ pause: Pause) {
        lock.withLock { waiting[ObjectIdentifier(pause)] = nil }
    }

    func onPush(_ message: String) {
        for pause in lock.withLock({ Array(waiting.values) }) {
            pause.onPush(message)
        }
    }
}

/// The pause of one search. What wakes it before it begins ends it at once.
final class Pause: @unchecked Sendable {
    private let recovery: Recovery
    private let lock = NSLock()
    private var isWoken = false
    private var sleeper: Task<Void, Never>?

    init(_ recovery: Recovery) {
        self.recovery = recovery
    }

    /// Waits, unless it is woken or the task is cancelled.
    func wait(_ millis: UInt64) async {
        let sleeper = Task { _ = try? await Task.sleep(for: .milliseconds(Int64(clamping: millis))) }
        lock.withLock {
            self.sleeper = sleeper
            if isWoken { sleeper.cancel() }
            isWoken = false
        }
        await withTaskCancellationHandler {
            await sleeper.value
        } onCancel: {
            sleeper.cancel()
        }
        lock.withLock { self.sleeper = nil }
    }

    func onPush(_ message: String) {
        guard recovery.onPush(body: message) else { return }
        lock.withLock {
            if let sleeper { sleeper.cancel() } else { isWoken = true }
        }
    }
}

/// The core's account of how a wait ended.
private struct Ended: Decodable {
    let outcome: String
    let found: JSONValue?
    let reason: String?
}

extension Waited {
    init(core json: String) throws {
        let ended = try read(Ended.self, core: json)
        switch ended.outcome {
        case "reached": self = .reached(found: ended.found ?? .null)
        case "never": self = .never(found: ended.found ?? .null)
        default: self = .timedOut(found: ended.found, reason: ended.reason)
        }
    }
}
