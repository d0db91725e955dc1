import Foundation

extension XportcnClient {
    /// Who calls, where to, and how. What is nil is as usual.
    public struct Configuration: Sendable {
        /// How requests are signed.
        public enum Signature: String, Sendable {
            /// HMAC-SHA256.
            case hmacSHA256 = "hmac-sha256"
            /// MD5, which is usual.
            case md5
        }

        /// The unit of the timestamps in signatures.
        public enum TimestampUnit: String, Sendable {
            /// Milliseconds.
            case milliseconds = "ms"
            /// Seconds, which are usual.
            case seconds = "s"
        }

        /// A number of calls per second that is not exceeded.
        public struct Limit: Sendable, Equatable {
            /// Calls per second.
            public var perSecond: Int
            /// Calls that may follow each other at once.
            public var burst: Int

            /// A limit.
            public init(perSecond: Int, burst: Int = 1) {
                self.perSecond = perSecond
                self.burst = burst
            }
        }

        /// The developer's access key.
        public var accessKey: String
        /// The developer's access secret; never shown.
        public var accessSecret: String
        /// The sub-account to act for.
        public var userId: String
        /// Where the platform is. https, but for this machine.
        public var baseURL: URL?
        /// How requests are signed.
        public var signature: Signature?
        /// The unit of the timestamps in signatures.
        public var timestampUnit: TimestampUnit?
        /// Calls per second.
        public var limit: Limit?
        /// Other paths for endpoints, by id.
        public var paths: [String: String]?
        /// The largest reply that is read, in bytes.
        public var maxReplyBytes: Int?
        /// Whether a value in a reply that does not fit its field is an error. For tests.
        public var strict: Bool?
        /// When and how often calls are tried again.
        public var options = CallOptions()
        /// Takes the warnings of replies and of writes that were given up. The system's log has them unless it is set; on
        /// systems without one, the standard error.
        public var log: @Sendable (String) -> Void = systemLog

        /// The configuration of an account.
        public init(accessKey: String, accessSecret: String, userId: String) {
            self.accessKey = accessKey
            self.accessSecret = accessSecret
            self.userId = userId
        }
    }
}

extension XportcnClient.Configuration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The user and the address; never the secret.
    public var description: String {
        "xportcn configuration of \(userId)" + (baseURL.map { " at \($0)" } ?? "")
    }

    /// As ``description``.
    public var debugDescription: String { description }

    /// As ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["userId": userId]) }
}

/// When and how often a call is tried again. What is nil is as the client has it, or as usual.
public struct CallOptions: Sendable, Equatable {
    /// Attempts after the first; 2 unless set.
    public var retries: Int?
    /// How long one attempt may take; 30 seconds unless set.
    public var timeout: Duration?
    /// How long a call may take with all attempts and waits; 60 seconds unless set.
    public var deadline: Duration?
    /// The bound of the first wait, which doubles; half a second unless set.
    public var backoff: Duration?
    /// The largest bound of a wait; 8 seconds unless set.
    public var backoffCap: Duration?
    /// Whether calls that write are tried again although they may have arrived. Orders may then be placed twice.
    public var retryWrites: Bool?

    /// Options, of which some differ from the usual.
    public init(
        retries: Int? = nil, timeout: Duration? = nil, deadline: Duration? = nil, backoff: Duration? = nil,
        backoffCap: Duration? = nil, retryWrites: Bool? = nil
    ) {
        self.retries = retries
        self.timeout = timeout
        self.deadline = deadline
        self.backoff = backoff
        self.backoffCap = backoffCap
        self.retryWrites = retryWrites
    }
}

/// Settings by the core's names.
struct Settings: Encodable {
    struct Limit: Encodable {
        let perSecond: Int
        let burst: Int
    }

    var accessKey: String?
    var accessSecret: String?
    var userId: String?
    var baseUrl: String?
    var signature: String?
    var timestampUnit: String?
    var limit: Limit?
    var paths: [String: String]?
    var maxReplyBytes: Int?
    var strict: Bool?
    let retries: Int?
    let timeoutMs: Int64?
    let deadlineMs: Int64?
    let baseMs: Int64?
    let capMs: Int64?
    let retryWrites: Bool?

    init(_ options: CallOptions) {
        retries = options.retries
        timeoutMs = options.timeout?.milliseconds
        deadlineMs = options.deadline?.milliseconds
        baseMs = options.backoff?.milliseconds
        capMs = options.backoffCap?.milliseconds
        retryWrites = options.retryWrites
    }

    init(_ configuration: XportcnClient.Configuration) {
        self.init(configuration.options)
        accessKey = configuration.accessKey
        accessSecret = configuration.accessSecret
        userId = configuration.userId
        baseUrl = configuration.baseURL?.absoluteString
        signature = configuration.signature?.rawValue
        timestampUnit = configuration.timestampUnit?.rawValue
        limit = configuration.limit.map { Limit(perSecond: $0.perSecond, burst: $0.burst) }
        paths = configuration.paths
        maxReplyBytes = configuration.maxReplyBytes
        strict = configuration.strict
    }

    /// As the core reads them.
    func json() throws -> String {
        String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? (seconds < 0 ? .min : .max) : whole &+ attoseconds / 1_000_000_000_000_000
    }
}
