import Foundation
import Testing
import Xportcn

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `URLSession` against a server that answers badly: `Tests/peer.py`.
@Suite(.serialized) struct URLSessionTests {
    private func client(_ way: String, _ options: CallOptions = CallOptions(maxRetries: 0)) throws -> XportcnClient {
        var configuration = configuration()
        configuration.baseUrl = "\(peer)/\(way)"
        configuration.options = options
        return try XportcnClient(configuration: configuration)
    }

    @Test func aRedirectIsNotFollowed() async throws {
        let error = try await thrown { _ = try await render(client("redirect")) }
        guard case .http(let details) = error else { throw error }
        #expect(details.status == 302)
        #expect(try await counted("redirect") == 1)
        #expect(try await counted("elsewhere") == 0)
    }

    @Test func aCompressedReplyIsUnpacked() async throws {
        #expect(try await render(client("gzip")).currency == "CNY")
    }

    /// `URLSession` sends a GET once more if a connection that was kept turns out to be closed, and this call is one.
    @Test func aWriteIsSentOnceAlsoIfItsConnectionDies() async throws {
        let client = try client("dies", CallOptions(maxRetries: 3, initialBackoff: .milliseconds(1)))
        #expect(try await render(client).currency == "CNY", "its connection is kept")
        let error = try await thrown { _ = try await client.taobao.afterSale.cancel(refundId: "110002685755") }
        #expect(error.kind == "AmbiguousWrite")
        #expect(try await counted("dies") == 2, "one read and one write")
    }

    @Test func aCertificateThatIsNotTrustedIsNotSentTo() async throws {
        var configuration = configuration()
        let address = try #require(ProcessInfo.processInfo.environment["XPORTCN_SELF_SIGNED"])
        configuration.baseUrl = "\(address)/untrusted"
        configuration.options = CallOptions(maxRetries: 0)
        let client = try XportcnClient(configuration: configuration)
        let error = try await thrown { try await pay(client) }
        guard case .transport(let details) = error else { throw error }
        #expect(details.transportKind == "tls", "nothing was sent: the write is not ambiguous")
        #expect(try await counted("untrusted") == 0)
    }

    private func kind(of address: String) async throws -> XportcnError {
        var configuration = configuration()
        configuration.baseUrl = address
        configuration.options = CallOptions(maxRetries: 0)
        let client = try XportcnClient(configuration: configuration)
        return try await thrown { try await pay(client) }
    }

    @Test func whereTLSFailsAWriteHasNotLeft() async throws {
        let addresses = try #require(ProcessInfo.processInfo.environment["XPORTCN_NO_TLS"]).split(separator: " ")
        #expect(addresses.count == 4)
        for address in addresses {
            let error = try await kind(of: String(address))
            guard case .transport(let details) = error else { throw error }
            #expect(details.transportKind == "tls")
        }
    }

    @Test func whereAProxyRefusesAWriteHasNotLeft() async throws {
        let error = try await kind(of: "https://shop.example")
        guard case .transport(let details) = error else { throw error }
        #expect(details.transportKind == "connect")
    }

    /// The environment names a proxy, and not this address as one to go to without it.
    @Test func whatIsForThisMachineGoesThroughNoProxy() async throws {
        let error = try await kind(of: peer.replacingOccurrences(of: "127.0.0.1", with: "127.0.0.2") + "/proxied")
        guard case .transport(let details) = error else { throw error }
        #expect(details.detail.contains("add 127.0.0.2 to no_proxy"))
        #expect(try await counted("proxied") == 0)
    }

    /// Of `localhost` the address of IPv6 refuses, which Linux's `URLSession` remembers as the reason of what fails later.
    @Test func anAnswerThatIsLostIsAmbiguousAlsoWhereAnotherAddressRefused() async throws {
        let error = try await kind(of: peer.replacingOccurrences(of: "127.0.0.1", with: "localhost") + "/lost")
        #expect(error.kind == "AmbiguousWrite")
        #expect(try await counted("lost") == 1)
    }

    @Test func anotherNameOfGzipIsUnpacked() async throws {
        #expect(try await render(client("xgzip")).currency == "CNY")
    }

    /// The first of two calls is given a cookie; a transport of the caller's own settings is no other.
    @Test func noCookieIsKept() async throws {
        let storing = URLSessionConfiguration.default
        storing.httpShouldSetCookies = true
        storing.httpCookieAcceptPolicy = .always
        storing.httpCookieStorage = .shared
        for transport in [URLSessionTransport(), URLSessionTransport(configuration: storing)] {
            var configuration = configuration()
            configuration.baseUrl = "\(peer)/cookies"
            let client = try XportcnClient(configuration: configuration, transport: transport)
            for _ in 0..<3 {
                #expect(try await render(client).currency == "CNY")
                _ = try await client.taobao.afterSale.cancel(refundId: "110002685755")
            }
        }
        #expect(try await counted("cookies") == 12)
        #expect(try await counted("with cookies") == 0)
        let kept = HTTPCookieStorage.shared.cookies(for: try #require(URL(string: peer))) ?? []
        #expect(kept.isEmpty)
    }
}
