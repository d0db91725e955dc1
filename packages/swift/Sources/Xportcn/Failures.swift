import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What an error of `URLSession` says about the request. Its own words are left out: they may hold the address.
func failed(_ error: any Error) -> TransportFailure {
    guard let error = error as? URLError else {
        return TransportFailure(.other, maybeSent: true, detail: "\(type(of: error))")
    }
    let (kind, maybeSent) = meaning(error)
    return TransportFailure(kind, maybeSent: maybeSent, detail: "URLError \(error.code.rawValue)")
}

private func meaning(_ error: URLError) -> (TransportFailure.Kind, maybeSent: Bool) {
    switch error.code {
    case .timedOut: (.timeout, true)
    case .cannotFindHost, .dnsLookupFailed: (.dns, false)
    case .cannotConnectToHost, .unknown: connecting(error)
    case .networkConnectionLost: (.reset, true)
    case .notConnectedToInternet, .dataNotAllowed, .internationalRoamingOff: (.connect, true)
    case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
        .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid:
        (.tls, false)
    // TLS 1.3 judges a client when its first request has left.
    case .clientCertificateRejected, .clientCertificateRequired: (.tls, true)
    case .badServerResponse, .cannotParseResponse, .cannotDecodeContentData, .cannotDecodeRawData, .zeroByteResource:
        (.broken, true)
    case .badURL: (.other, false)
    // `unsupportedURL` as well: Linux says it of an answer that is no HTTP, and the core has checked the address.
    default: (.other, true)
    }
}

#if canImport(FoundationNetworking)
    /// Linux says `cannotConnectToHost` of whatever fails after one of a host's addresses refused, an answer that is lost
    /// included, and has no codes for TLS and proxies: only curl's words tell.
    private func connecting(_ error: URLError) -> (TransportFailure.Kind, maybeSent: Bool) {
        let known = curl.first { error.localizedDescription.hasPrefix($0.words) }
        return known.map { ($0.kind, false) } ?? (.reset, true)
    }

    /// How curl's words begin where nothing was sent.
    private let curl: [(words: String, kind: TransportFailure.Kind)] = [
        ("SSL certificate problem", .tls),
        ("SSL: no alternative certificate subject name", .tls),
        ("SSL: certificate subject name", .tls),
        ("SSL peer certificate or SSH remote key was not OK", .tls),
        ("SSL connect error", .tls),
        ("TLS connect error", .tls),
        ("OpenSSL SSL_connect", .tls),
        ("gnutls_handshake() failed", .tls),
        ("server certificate verification failed", .tls),
        ("Failed to connect to", .connect),
        ("Could not connect to server", .connect),
        ("Couldn't connect to server", .connect),
        ("CONNECT tunnel failed", .connect),
        ("Proxy CONNECT aborted", .connect),
        ("Could not resolve proxy", .connect),
    ]
#else
    private func connecting(_ error: URLError) -> (TransportFailure.Kind, maybeSent: Bool) {
        error.code == .cannotConnectToHost ? (.connect, false) : (.other, true)
    }
#endif
