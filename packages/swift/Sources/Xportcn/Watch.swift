import Foundation

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

    /// To which of a call's events, as frames have it.
    enum Listen: Int {
        case toNothing, toAll
        /// To those that lead to a wait or to another attempt: the log at a usual level has lines on no others.
        case toWhatGoesWrong
    }

    /// Nil if nobody would be told: to keep events takes time.
    init?(_ endpoint: String, _ terms: Terms, _ log: Log) {
        guard !terms.listeners.isEmpty || log.level < .warning else { return nil }
        self.endpoint = endpoint
        listeners = terms.listeners
        self.log = log
    }

    var listen: Listen {
        listeners.isEmpty && log.level > .debug ? .toWhatGoesWrong : .toAll
    }

    /// Tells everybody what has happened, a list as JSON.
    func tell(_ json: String) {
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
