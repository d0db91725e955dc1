import Foundation

/// Sends one request and receives the whole answer, without following redirects and without repeating the request.
public protocol XportcnTransport: Sendable {
    /// Gives the answer.
    ///
    /// - Parameters:
    ///   - request: Sent as it is.
    ///   - timeout: How long the whole answer may take.
    ///   - maxBytes: The largest body that need be received.
    /// - Throws: ``TransportFailure`` tells what happened; any other error counts as a request that may have been sent.
    func send(_ request: XportcnRequest, timeout: Duration, maxBytes: Int) async throws -> XportcnResponse
}

/// A signed request.
public struct XportcnRequest: Sendable, CustomStringConvertible, CustomReflectable {
    /// `GET` or `POST`.
    public let method: String
    /// The whole address.
    public let url: String
    /// All headers.
    public let headers: [(name: String, value: String)]
    /// The body; nil for a GET.
    public let body: Data?
    /// Whether it changes something: it must then not be sent again, also not because a connection turned out to be
    /// closed.
    public let isWrite: Bool
    /// Whether it must go through no proxy: it is for this machine, or a proxy would see its headers.
    public let isDirect: Bool

    /// The method alone: address and headers hold the signature.
    public var description: String { "\(method) request" }

    /// As ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["method": method]) }
}

/// An answer as it was received; the body is decompressed.
public struct XportcnResponse: Sendable {
    /// The HTTP status.
    public var status: Int
    /// The headers; `content-type`, `date` and `retry-after` matter.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: Data

    /// An answer.
    public init(status: Int, headers: [(name: String, value: String)], body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// There is no answer.
public struct TransportFailure: Error, Sendable {
    /// What happened to a request.
    public enum Kind: String, Sendable {
        /// The body could not be received as it was announced.
        case broken
        /// No connection.
        case connect
        /// No address.
        case dns
        /// Anything else.
        case other
        /// The connection broke.
        case reset
        /// No answer in time.
        case timeout
        /// No trust.
        case tls
        /// The body is larger than may be received.
        case tooLarge = "too-large"
    }

    /// What happened.
    public var kind: Kind
    /// False only where it is certain that no byte of the request has left.
    public var maybeSent: Bool
    /// The transport's own words.
    public var detail: String

    /// A failure.
    public init(_ kind: Kind, maybeSent: Bool, detail: String) {
        self.kind = kind
        self.maybeSent = maybeSent
        self.detail = detail
    }
}
