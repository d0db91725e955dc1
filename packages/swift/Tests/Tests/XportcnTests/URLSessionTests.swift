import Foundation
import Testing
import Xportcn

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `URLSession` against a server that answers badly: `Tests/peer.py`.
@Suite(.serialized) struct URLSessionTests {
    private let peer = ProcessInfo.processInfo.environment["XPORTCN_PEER"] ?? ""

    private func client(_ way: String, _ options: CallOptions = CallOptions(maxRetries: 0)) throws -> XportcnClient {
        var configuration = configuration()
        configuration.baseUrl = try #require(URL(string: "\(peer)/\(way)"))
        configuration.options = options
        return try XportcnClient(configuration: configuration)
    }

    private func count(_ way: String) async throws -> Int {
        let (data, _) = try await URLSession.shared.data(from: try #require(URL(string: "\(peer)/counts")))
        return try JSONDecoder().decode([String: Int].self, from: data)[way] ?? 0
    }

    @Test func aRedirectIsNotFollowed() async throws {
        let error = try await thrown { _ = try await render(client("redirect")) }
        guard case .http(let details) = error else { throw error }
        #expect(details.status == 302)
        #expect(try await count("redirect") == 1)
        #expect(try await count("elsewhere") == 0)
    }

    @Test func aCompressedReplyIsUnpacked() async throws {
        #expect(try await render(client("gzip")).currency == "CNY")
    }

    @Test func aSmallBodyThatUnpacksToALargeOneIsNotReceived() async throws {
        let error = try await thrown { _ = try await render(client("bomb")) }
        #expect(error.kind == "Decode" && "\(error)".contains("larger than"))
    }

    @Test func aBodyThatNeverEndsEndsAtTheTimeout() async throws {
        let started = ContinuousClock.now
        let options = CallOptions(maxRetries: 0, timeout: .milliseconds(600))
        let error = try await thrown { _ = try await render(client("drip", options)) }
        #expect(error.kind == "Timeout")
        #expect(ContinuousClock.now - started < .seconds(10))
    }

    /// `URLSession` sends a GET once more if a connection that was kept turns out to be closed, and this call is one.
    @Test func aWriteIsSentOnceAlsoIfItsConnectionDies() async throws {
        let client = try client("dies", CallOptions(maxRetries: 3, initialBackoff: .milliseconds(1)))
        #expect(try await render(client).currency == "CNY", "its connection is kept")
        let error = try await thrown { _ = try await client.taobao.afterSale.cancel(refundId: "110002685755") }
        #expect(error.kind == "AmbiguousWrite")
        #expect(try await count("dies") == 2, "one read and one write")
    }

    @Test func aCertificateThatIsNotTrustedIsNotSentTo() async throws {
        var configuration = configuration()
        let address = try #require(ProcessInfo.processInfo.environment["XPORTCN_SELF_SIGNED"])
        configuration.baseUrl = try #require(URL(string: "\(address)/untrusted"))
        configuration.options = CallOptions(maxRetries: 0)
        let client = try XportcnClient(configuration: configuration)
        let error = try await thrown { try await pay(client) }
        guard case .transport(let details) = error else { throw error }
        #expect(details.transportKind == "tls", "nothing was sent: the write is not ambiguous")
        #expect(try await count("untrusted") == 0)
    }

    private func kind(of address: String) async throws -> XportcnError {
        var configuration = configuration()
        configuration.baseUrl = try #require(URL(string: address))
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
        #expect(try await count("proxied") == 0)
    }

    /// Of `localhost` the address of IPv6 refuses, which Linux's `URLSession` remembers as the reason of what fails later.
    @Test func anAnswerThatIsLostIsAmbiguousAlsoWhereAnotherAddressRefused() async throws {
        let error = try await kind(of: peer.replacingOccurrences(of: "127.0.0.1", with: "localhost") + "/lost")
        #expect(error.kind == "AmbiguousWrite")
        #expect(try await count("lost") == 1)
    }

    @Test(arguments: ["br", "twice"]) func whatWasNotAskedForIsNotUnpacked(_ way: String) async throws {
        let error = try await thrown { _ = try await render(client(way)) }
        #expect(error.kind == "Decode" && "\(error)".contains("compressed"))
    }

    @Test func anotherNameOfGzipIsUnpacked() async throws {
        #expect(try await render(client("xgzip")).currency == "CNY")
    }

    @Test(arguments: ["head", "hints", "trailers"]) func anAnswerWithoutEndEndsAtTheTimeout(_ way: String) async throws
    {
        let started = ContinuousClock.now
        let error = try await thrown {
            _ = try await render(client(way, CallOptions(maxRetries: 0, timeout: .milliseconds(600))))
        }
        #expect(error.kind != "AmbiguousWrite")
        #expect(ContinuousClock.now - started < .seconds(5))
    }
}
