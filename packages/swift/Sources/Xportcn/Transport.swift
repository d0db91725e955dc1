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
    /// How many of the headers, from the first on, are the client's own.
    private let own: Int

    /// A request, for tests of a transport or of middleware: the client makes its own.
    public init(
        method: String, url: String, headers: [(name: String, value: String)] = [], body: Data? = nil,
        isWrite: Bool = false, isDirect: Bool = false
    ) {
        self.init(method, url, headers, own: headers.count, body, isWrite, isDirect)
    }

    private init(
        _ method: String, _ url: String, _ headers: [(name: String, value: String)], own: Int, _ body: Data?,
        _ isWrite: Bool, _ isDirect: Bool
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.own = own
        self.body = body
        self.isWrite = isWrite
        self.isDirect = isDirect
    }

    /// The same request with a further header, in the place of one of this name that was added before.
    ///
    /// - Throws: ``TransportFailure`` if the client has set it, as those that sign the request.
    public func with(header name: String, _ value: String) throws -> XportcnRequest {
        let isNamed = { (header: (name: String, value: String)) in header.name.lowercased() == name.lowercased() }
        if headers.prefix(own).contains(where: isNamed) {
            let detail = "the header `\(name)` is the client's own: only others can be added to a request"
            throw TransportFailure(.other, maybeSent: false, detail: detail)
        }
        var kept = Array(headers.prefix(own))
        kept += headers.dropFirst(own).filter { !isNamed($0) }
        kept.append((name: name, value: value))
        return XportcnRequest(method, url, kept, own: own, body, isWrite, isDirect)
    }

    /// The method alone: address and headers hold the signature.
    public var description: String { "\(method) request" }

    /// As ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["method": method]) }
}

/// An answer as it was received; the body is decompressed.
public struct XportcnResponse: Sendable {
    /// The HTTP status.
    public var status: Int
    /// All its headers.
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
