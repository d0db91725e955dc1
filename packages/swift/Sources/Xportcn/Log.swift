import Foundation

#if canImport(os)
    import os

    private let logger = Logger(subsystem: "xportcn", category: "calls")

    /// The system's log, and the standard error where `XPORTCN_LOG` is set.
    @Sendable func systemLog(_ level: LogLevel, _ line: String) {
        switch level {
        case .debug: logger.debug("\(line, privacy: .public)")
        case .info: logger.info("\(line, privacy: .public)")
        case .warning: logger.warning("\(line, privacy: .public)")
        case .error: logger.error("\(line, privacy: .public)")
        }
        if LogLevel.asked != nil { printLog(level, line) }
    }
#else
    /// The standard error.
    @Sendable func systemLog(_ level: LogLevel, _ line: String) {
        printLog(level, line)
    }
#endif

private func printLog(_ level: LogLevel, _ line: String) {
    FileHandle.standardError.write(Data("xportcn \(level.rawValue): \(line)\n".utf8))
}

/// Takes the lines of the log: what a program logs with stands behind it.
public protocol XportcnLogHandler: Sendable {
    /// Takes a line. It holds no secret, no signature and no body.
    func log(level: LogLevel, line: String)
}

extension XportcnClient.Configuration {
    /// Has this take the lines in the place of the system's log, from ``logLevel`` on.
    public mutating func sendLog(to handler: some XportcnLogHandler) {
        self.log = { level, line in handler.log(level: level, line: line) }
    }
}

/// How much a line of the log matters. The names are those of swift-log, too.
public enum LogLevel: String, Sendable, CaseIterable, Comparable {
    /// What each attempt does.
    case debug
    /// What a program may want to know: waits, attempts that follow, a clock that is off.
    case info
    /// What is not as it should be: values that do not fit, writes in doubt.
    case warning
    /// What is wrong in the program itself.
    case error

    /// Whether it matters less.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.place < right.place }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// What the variable `XPORTCN_LOG` asks for.
    static let asked = ProcessInfo.processInfo.environment["XPORTCN_LOG"].flatMap {
        LogLevel(rawValue: $0.lowercased())
    }

    /// That of the variable `XPORTCN_LOG`, else warnings.
    public static var usual: LogLevel { asked ?? .warning }
}

/// What the log has of an event. Warnings and writes in doubt are told where they are known whole.
func logged(_ event: CallEvent) -> (LogLevel, String)? {
    switch event {
    case .started: (.debug, "called")
    case .limited(let limited): (.info, "waits \(limited.wait) for its place within the limit")
    case .sent(let sent): (.debug, "attempt \(sent.attempt): \(sent.method) \(sent.url)")
    case .answered(let answered): (.debug, answer(answered))
    case .failed(let failed):
        (
            .debug,
            "attempt \(failed.attempt): no answer, \(failed.failure), after \(failed.duration): \(failed.detail)"
        )
    case .warned: nil
    case .clockCorrected(let corrected):
        (.info, "this clock is \(corrected.behind) behind; the call is signed with the platform's time")
    case .retrying(let retrying):
        (.info, "attempt \(retrying.attempt) follows in \(retrying.wait), over \(retrying.error)")
    case .ended(let ended):
        (.debug, "ended after \(ended.attempts) attempts and \(ended.duration): \(ended.error ?? "answered")")
    }
}

private func answer(_ answered: CallEvent.Answered) -> String {
    let named = [answered.code.map { "code \($0)" }, answered.requestId.map { "request \($0)" }].compactMap { $0 }
    let parts = ["HTTP \(answered.status)", "\(answered.bytes) bytes"] + named
    return "attempt \(answered.attempt): \(parts.joined(separator: ", ")), after \(answered.duration)"
}
