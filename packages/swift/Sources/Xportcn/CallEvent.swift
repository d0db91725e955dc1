import Foundation

/// Something that happened to a call, for logs, metrics and traces. No secret, no signature and no body is in it.
public enum CallEvent: Sendable, Equatable {
    /// The call began.
    case started(Started)
    /// The call waits for its place within the client's own limit.
    case limited(Limited)
    /// An attempt is being sent.
    case sent(Sent)
    /// An attempt was answered.
    case answered(Answered)
    /// An attempt has no answer.
    case failed(Failed)
    /// A value in the reply did not fit its field and became nil.
    case warned(Warned)
    /// This machine's clock is off. The next attempt is signed with the platform's time.
    case clockCorrected(ClockCorrected)
    /// Another attempt will follow.
    case retrying(Retrying)
    /// The call is over.
    case ended(Ended)

    /// A call that began.
    public struct Started: Sendable, Equatable {
        /// When, by this machine's clock.
        public let at: Date
        /// The id of the endpoint that is called.
        public let endpoint: String
        /// Whether it changes something.
        public let isWrite: Bool
    }

    /// A wait for the client's own limit.
    public struct Limited: Sendable, Equatable {
        /// When, by this machine's clock.
        public let at: Date
        /// How long it will be.
        public let wait: Duration
    }

    /// An attempt that is being sent.
    public struct Sent: Sendable, Equatable {
        /// When, by this machine's clock.
        public let at: Date
        /// Its number, from 1.
        public let attempt: Int
        /// The HTTP method.
        public let method: String
        /// The URL, without a signature.
        public let url: String
        /// How long its answer is waited for.
        public let timeout: Duration
    }

    /// An attempt that was answered.
    public struct Answered: Sendable, Equatable {
        /// When, by this machine's clock.
        public let at: Date
        /// Its number, from 1.
        public let attempt: Int
        /// How long it took.
        public let duration: Duration
        /// The HTTP status.
        public let status: Int
        /// The headers that matter, by name in lower case.
        public let headers: [String: String]
        /// Bytes of the body.
        public let bytes: Int
        /// The platform's code, if it refused the call.
        public let code: String?
        /// The platform's name for the call, where it gave one.
        public let requestId: String?
    }

    /// An attempt that has no answer.
    public struct Failed: Sendable, Equatable {
        /// When, by this machine's clock.
        public let at: Date
        /// Its number, from 1.
        public let attempt: Int
        /// How long it took.
        public let duration: Duration
        /// The kind, as in ``TransportFailure/Kind``, or `cancelled`.
        public let failure: String
        /// Whether any of it may have left.
        public let maybeSent: Bool
        /// The beginning of the transport's own words.
        public let detail: String
    }

    /// A value that did not fit.
    public struct Warned: Sendable, Equatable {
        /// When, by this machine's clock.
        public let at: Date
        /// Which value.
        public let warning: ReplyWarning
    }

    /// A clock that is off.
    public struct ClockCorrected: Sendable, Equatable {
        /// When, by this machine's clock.
        public let at: Date
        /// How far this machine's clock is behind; negative if it is ahead.
        public let behind: Duration
    }

    /// An attempt that will follow.
    public struct Retrying: Sendable, Equatable {
        /// When, by this machine's clock.
        public let at: Date
        /// Its number, from 1.
        public let attempt: Int
        /// How long to wait for it.
        public let wait: Duration
        /// The kind of the error of the attempt before, as ``XportcnError/kind``.
        public let error: String
        /// Whether the wait is as long as the platform asked for.
        public let isAsked: Bool
    }

    /// A call that is over.
    public struct Ended: Sendable, Equatable {
        /// When, by this machine's clock.
        public let at: Date
        /// How many attempts were sent.
        public let attempts: Int
        /// How long it took, with all waits.
        public let duration: Duration
        /// The kind of its error, as ``XportcnError/kind``; nil if it succeeded.
        public let error: String?
        /// The platform's code, if it refused the call.
        public let code: String?
        /// The platform's name for the call, where it gave one.
        public let requestId: String?
    }
}

/// What the core tells of a call, of which each kind of event has its own members.
private struct Happened: Decodable {
    let event: String
    let atMs: Int64
    let endpoint: String?
    let isWrite: Bool?
    let waitMs: Int64?
    let attempt: Int?
    let attempts: Int?
    let method: String?
    let url: String?
    let timeoutMs: Int64?
    let durationMs: Int64?
    let status: Int?
    let headers: [String: String]?
    let bytes: Int?
    let code: String?
    let requestId: String?
    let failure: String?
    let maybeSent: Bool?
    let detail: String?
    let path: String?
    let expected: String?
    let found: String?
    let behindMs: Int64?
    let error: String?
    let isAsked: Bool?

    var at: Date { Date(timeIntervalSince1970: Double(atMs) / 1000) }
    var duration: Duration { .milliseconds(durationMs ?? 0) }
    var wait: Duration { .milliseconds(waitMs ?? 0) }

    /// The event; nil for one that this package does not know.
    var known: CallEvent? {
        switch event {
        case "started": .started(.init(at: at, endpoint: endpoint ?? "", isWrite: isWrite ?? false))
        case "limited": .limited(.init(at: at, wait: wait))
        case "sent":
            .sent(
                .init(
                    at: at, attempt: attempt ?? 0, method: method ?? "", url: url ?? "",
                    timeout: .milliseconds(timeoutMs ?? 0)))
        case "answered":
            .answered(
                .init(
                    at: at, attempt: attempt ?? 0, duration: duration, status: status ?? 0, headers: headers ?? [:],
                    bytes: bytes ?? 0, code: code, requestId: requestId))
        case "failed":
            .failed(
                .init(
                    at: at, attempt: attempt ?? 0, duration: duration, failure: failure ?? "",
                    maybeSent: maybeSent ?? true, detail: detail ?? ""))
        case "warned":
            .warned(.init(at: at, warning: .init(path: path ?? "", expected: expected ?? "", found: found ?? "")))
        case "clock-corrected": .clockCorrected(.init(at: at, behind: .milliseconds(behindMs ?? 0)))
        case "retrying":
            .retrying(
                .init(at: at, attempt: attempt ?? 0, wait: wait, error: error ?? "", isAsked: isAsked ?? false))
        case "ended":
            .ended(
                .init(
                    at: at, attempts: attempts ?? 0, duration: duration, error: error, code: code, requestId: requestId)
            )
        default: nil
        }
    }
}

/// The core's list of events.
func callEvents(_ json: String) throws -> [CallEvent] {
    try read([Happened].self, core: json).compactMap(\.known)
}
