import Foundation

/// What went wrong: who is to do something about it, and what. None of it holds the secret or a signature.
public enum XportcnError: Error, Equatable, Sendable {
    /// A call that writes was sent, and its answer is lost: it may have been carried out.
    indirect case ambiguousWrite(AmbiguousWrite)
    /// The platform refused the call.
    case api(Api)
    /// The caller's task was cancelled; nothing was changed by the call.
    case cancelled(Cancelled)
    /// A setting is wrong.
    case config(Config)
    /// The platform answered, but not with a reply that can be read.
    case decode(Decode)
    /// The answer has another HTTP status than success, and is none of the platform's replies.
    case http(Http)
    /// The request is wrong. Nothing was sent.
    case invalidRequest(InvalidRequest)
    /// The core was driven wrongly.
    case misuse(Misuse)
    /// A pushed message does not come from the platform, or was changed on its way.
    case pushSignature(PushSignature)
    /// No answer came in time.
    case timeout(Timeout)
    /// The request or its answer was lost on the way.
    case transport(Transport)

    /// A write that may have been carried out.
    public struct AmbiguousWrite: XportcnErrorDetails {
        /// The endpoint that was called.
        public let endpoint: String
        /// What happened to the answer.
        public let cause: XportcnError
        /// How to find out whether it was carried out.
        public let recovery: String
        /// What ``XportcnClient/recover(ticket:)`` takes, as JSON: to keep, and to find out later, from another process too.
        /// It holds no secret, but the parameters as they were sent, addresses too.
        public internal(set) var ticket: String
        /// The platform's name for the call, where it gave one.
        public let requestId: String?
        public let text: String
        public let isRetryable: Bool
        var known = Known()
    }

    /// The platform's refusal.
    public struct Api: XportcnErrorDetails {
        /// The endpoint that was called.
        public let endpoint: String
        /// The platform's code.
        public let code: String
        /// The platform's words.
        public let message: String
        /// The beginning of the body.
        public let bodyHead: String
        /// The platform's name for the call.
        public let requestId: String?
        /// What may help, where the platform knows no such path or method.
        public let hint: String?
        public let text: String
        public let isRetryable: Bool
        var known = Known()
    }

    /// A call that the caller did not want any more.
    public struct Cancelled: XportcnErrorDetails {
        /// The endpoint that was called.
        public let endpoint: String
        public let text: String
        public let isRetryable: Bool
        var known = Known()
    }

    /// A wrong setting.
    public struct Config: XportcnErrorDetails {
        /// The setting.
        public let field: String
        /// What is wrong with it.
        public let reason: String
        public let text: String
        public let isRetryable: Bool
    }

    /// An answer that cannot be read. A write may have been carried out.
    public struct Decode: XportcnErrorDetails {
        /// The endpoint that was called; empty for pushed messages.
        public let endpoint: String
        /// The field; empty for the body as a whole.
        public let path: String
        /// What is wrong with it.
        public let reason: String
        /// The beginning of the body.
        public let bodyHead: String
        /// The platform's name for the call, where it gave one.
        public let requestId: String?
        public let text: String
        public let isRetryable: Bool
        var known = Known()
    }

    /// An unexpected HTTP status.
    public struct Http: XportcnErrorDetails {
        /// The endpoint that was called.
        public let endpoint: String
        /// The HTTP status.
        public let status: Int
        /// The beginning of the body.
        public let bodyHead: String
        /// What may help, where the path is not certain.
        public let hint: String?
        /// The name for the call that a header gave, where one did.
        public let requestId: String?
        public let text: String
        public let isRetryable: Bool
        var known = Known()
    }

    /// A request that was not sent.
    public struct InvalidRequest: XportcnErrorDetails {
        /// The endpoint that was to be called.
        public let endpoint: String
        /// The field, as `orderLineList[0].itemId`; empty for the request as a whole.
        public let path: String
        /// What is wrong with it.
        public let reason: String
        public let text: String
        public let isRetryable: Bool
    }

    /// A wrong use of the core.
    public struct Misuse: XportcnErrorDetails {
        /// What was wrong.
        public let reason: String
        public let text: String
        public let isRetryable: Bool
    }

    /// A message that cannot be trusted.
    public struct PushSignature: XportcnErrorDetails {
        /// What is wrong.
        public let reason: String
        public let text: String
        public let isRetryable: Bool
    }

    /// No answer in time. A write may have been carried out.
    public struct Timeout: XportcnErrorDetails {
        /// The endpoint that was called.
        public let endpoint: String
        public let text: String
        public let isRetryable: Bool
        var known = Known()
    }

    /// A request or an answer that was lost.
    public struct Transport: XportcnErrorDetails {
        /// The endpoint that was called.
        public let endpoint: String
        /// What happened: `connect`, `dns`, `tls`, `reset` or `other`.
        public let transportKind: String
        /// The transport's own words.
        public let detail: String
        public let text: String
        public let isRetryable: Bool
        var known = Known()
    }
}

/// What all errors have.
public protocol XportcnErrorDetails: Codable, Equatable, Sendable {
    /// The whole error in words.
    var text: String { get }
    /// Whether the same call may succeed later. Says nothing about whether it is safe to repeat a write.
    var isRetryable: Bool { get }
}

extension XportcnError {
    /// What the error's case holds.
    public var details: any XportcnErrorDetails {
        switch self {
        case .ambiguousWrite(let details): details
        case .api(let details): details
        case .cancelled(let details): details
        case .config(let details): details
        case .decode(let details): details
        case .http(let details): details
        case .invalidRequest(let details): details
        case .misuse(let details): details
        case .pushSignature(let details): details
        case .timeout(let details): details
        case .transport(let details): details
        }
    }

    /// Whether the same call may succeed later. Says nothing about whether it is safe to repeat a write.
    public var isRetryable: Bool { details.isRetryable }

    /// The platform's name for the call, where it gave one.
    public var requestId: String? {
        switch self {
        case .ambiguousWrite(let details): details.requestId
        case .api(let details): details.requestId
        case .decode(let details): details.requestId
        case .http(let details): details.requestId
        default: nil
        }
    }

    /// Status and headers of the last answer; nil if there was none.
    public var response: ResponseHead? { known.response }

    /// How many attempts were sent.
    public var attempts: Int { known.attempts }

    /// How long the call took, with all its attempts and the waits between them.
    public var duration: Duration { known.duration }

    private var known: Known {
        switch self {
        case .ambiguousWrite(let details): details.known
        case .api(let details): details.known
        case .cancelled(let details): details.known
        case .decode(let details): details.known
        case .http(let details): details.known
        case .timeout(let details): details.known
        case .transport(let details): details.known
        case .config, .invalidRequest, .misuse, .pushSignature: Known()
        }
    }

    /// The same error of a call of which this is known.
    func with(_ known: Known) -> XportcnError {
        func told<Details>(_ details: Details, _ place: WritableKeyPath<Details, Known>) -> Details {
            var details = details
            details[keyPath: place] = known
            return details
        }
        return switch self {
        case .ambiguousWrite(let details): .ambiguousWrite(told(details, \.known))
        case .api(let details): .api(told(details, \.known))
        case .cancelled(let details): .cancelled(told(details, \.known))
        case .decode(let details): .decode(told(details, \.known))
        case .http(let details): .http(told(details, \.known))
        case .timeout(let details): .timeout(told(details, \.known))
        case .transport(let details): .transport(told(details, \.known))
        case .config, .invalidRequest, .misuse, .pushSignature: self
        }
    }
}

extension XportcnError: CustomStringConvertible, LocalizedError {
    /// The whole error in words.
    public var description: String { details.text }

    /// The whole error in words.
    public var errorDescription: String? { details.text }
}

extension XportcnError: Codable {
    private enum CodingKeys: String, CodingKey { case kind }

    /// Reads the core's account of an error.
    public init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .kind) {
        case "AmbiguousWrite": self = .ambiguousWrite(try AmbiguousWrite(from: decoder))
        case "Api": self = .api(try Api(from: decoder))
        case "Cancelled": self = .cancelled(try Cancelled(from: decoder))
        case "Config": self = .config(try Config(from: decoder))
        case "Decode": self = .decode(try Decode(from: decoder))
        case "Http": self = .http(try Http(from: decoder))
        case "InvalidRequest": self = .invalidRequest(try InvalidRequest(from: decoder))
        case "PushSignature": self = .pushSignature(try PushSignature(from: decoder))
        case "Timeout": self = .timeout(try Timeout(from: decoder))
        case "Transport": self = .transport(try Transport(from: decoder))
        default: self = .misuse(try Misuse(from: decoder))
        }
    }

    /// Writes the error as the core writes it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try details.encode(to: encoder)
    }

    /// The name of the error's class, the same in all languages.
    public var kind: String {
        switch self {
        case .ambiguousWrite: "AmbiguousWrite"
        case .api: "Api"
        case .cancelled: "Cancelled"
        case .config: "Config"
        case .decode: "Decode"
        case .http: "Http"
        case .invalidRequest: "InvalidRequest"
        case .misuse: "Misuse"
        case .pushSignature: "PushSignature"
        case .timeout: "Timeout"
        case .transport: "Transport"
        }
    }

    /// The error that the core tells of as JSON.
    init(core json: String) {
        do {
            self = try read(Self.self, core: json)
        } catch {
            self = .misuse(Misuse(reason: "an unknown error of the core", text: json, isRetryable: false))
        }
    }
}
