import Foundation
internal import XportcnCore

/// How a client's calls are made: with which options, as the core's JSON, and who listens.
struct Terms: Sendable {
    var options: String
    var listeners: [@Sendable (CallEvent) -> Void]
}

/// Whoever is told of one call.
struct Watch {
    private let endpoint: String
    private let listeners: [@Sendable (CallEvent) -> Void]
    private let log: Log

    /// Nil if nobody would be told: to keep events takes time.
    init?(_ endpoint: String, _ terms: Terms, _ log: Log) {
        guard !terms.listeners.isEmpty || log.level < .warning else { return nil }
        self.endpoint = endpoint
        listeners = terms.listeners
        self.log = log
    }

    /// Tells everybody what has happened since.
    func tell(_ exchange: Exchange) {
        let json = exchange.events()
        guard !json.isEmpty, let events = try? callEvents(json) else { return }
        for event in events {
            if let (level, line) = logged(event) { log.tell(level, "\(endpoint): \(line)") }
            for listener in listeners { listener(event) }
        }
    }
}

/// A client's log, and what it takes.
struct Log: Sendable {
    let level: LogLevel
    let take: @Sendable (LogLevel, String) -> Void

    func tell(_ level: LogLevel, _ line: @autoclosure () -> String) {
        if level >= self.level { take(level, line()) }
    }
}
