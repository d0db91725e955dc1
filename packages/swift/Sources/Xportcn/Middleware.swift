/// Stands between the client and its transport, for each attempt: it may add headers, look at what comes back, or answer itself.
///
/// It gets the signed request and what sends it, which may be called once: it is the client's rule when another attempt follows.
/// What it throws is a failure of the attempt; of a write, that is one that may have been carried out, unless it is a
/// ``TransportFailure`` that says otherwise.
public typealias XportcnMiddleware =
    @Sendable (_ request: XportcnRequest, _ next: @Sendable (XportcnRequest) async throws -> XportcnResponse)
    async throws
    -> XportcnResponse

/// Sends a request through middleware, the outermost first.
func send(
    _ request: XportcnRequest, through middleware: ArraySlice<XportcnMiddleware>,
    _ transport: @escaping @Sendable (XportcnRequest) async throws -> XportcnResponse
) async throws -> XportcnResponse {
    guard let first = middleware.first else { return try await transport(request) }
    let once = Once()
    return try await first(request) { request in
        guard await once.begin() else { throw SentTwice() }
        return try await send(request, through: middleware.dropFirst(), transport)
    }
}

/// Middleware that sends an attempt again: retries are the client's.
private struct SentTwice: Error {}

private actor Once {
    private var hasBegun = false

    func begin() -> Bool {
        defer { hasBegun = true }
        return !hasBegun
    }
}
