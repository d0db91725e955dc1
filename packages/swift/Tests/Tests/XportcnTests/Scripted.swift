import Foundation
import Testing
import Xportcn

/// A transport that answers as it is told, and keeps what was sent.
final class Scripted: XportcnTransport {
    private let state: State
    private let script: @Sendable (XportcnRequest, Int) async throws -> XportcnResponse

    actor State {
        private(set) var sent: [XportcnRequest] = []

        func add(_ request: XportcnRequest) -> Int {
            sent.append(request)
            return sent.count
        }
    }

    /// The script gets each request and its number, counted from 1.
    init(_ script: @escaping @Sendable (XportcnRequest, Int) async throws -> XportcnResponse) {
        state = State()
        self.script = script
    }

    /// Every request is answered with this body.
    convenience init(body: String, status: Int = 200) {
        self.init { _, _ in XportcnResponse(status: status, headers: [], body: Data(body.utf8)) }
    }

    var sent: [XportcnRequest] {
        get async { await state.sent }
    }

    func send(_ request: XportcnRequest, timeout: Duration, maxBytes: Int) async throws -> XportcnResponse {
        try await script(request, await state.add(request))
    }
}

let secret = "hidden-secret"

func configuration() -> XportcnClient.Configuration {
    var configuration = XportcnClient.Configuration(accessKey: "key", accessSecret: secret, userId: "user")
    configuration.options.initialBackoff = .milliseconds(1)
    configuration.options.maxBackoff = .milliseconds(2)
    configuration.log = { _, _ in }
    return configuration
}

func client(_ transport: any XportcnTransport) throws -> XportcnClient {
    try XportcnClient(configuration: configuration(), transport: transport)
}

/// The envelope that the platform puts round its data.
func envelope(_ data: String) -> String {
    #"{"requestId":"r-1","code":200,"developId":"1014533973088404335","msg":"success","data":\#(data)}"#
}

/// The error that something throws.
func thrown(_ act: () async throws -> Void) async throws -> XportcnError {
    do {
        try await act()
    } catch let error as XportcnError {
        return error
    }
    throw NothingThrown()
}

struct NothingThrown: Error {}

func render(_ client: XportcnClient) async throws -> Reply<Taobao.AfterSaleRenderReply> {
    try await client.taobao.afterSale.render(subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1)
}

func pay(_ client: XportcnClient) async throws {
    _ = try await client.taobao.order.pay(orderId: "1034499579120189839")
}
