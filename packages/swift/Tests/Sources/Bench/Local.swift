import Foundation
import Xportcn

/// Answers without a network, and keeps when it was asked, and for what.
final class Local: XportcnTransport, @unchecked Sendable {
    private let answer: XportcnResponse
    /// Read by the only caller after its call.
    private(set) var asked = ContinuousClock.now
    private(set) var body: Data?

    init(_ body: Data) {
        answer = XportcnResponse(status: 200, headers: [], body: body)
    }

    func send(_ request: XportcnRequest, timeout: Duration, maxBytes: Int) async throws -> XportcnResponse {
        asked = .now
        body = request.body
        return answer
    }
}

func client(_ transport: any XportcnTransport) throws -> XportcnClient {
    var configuration = XportcnClient.Configuration(
        accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: "sandbox-user")
    configuration.log = { _, _ in }
    return try XportcnClient(configuration: configuration, transport: transport)
}
