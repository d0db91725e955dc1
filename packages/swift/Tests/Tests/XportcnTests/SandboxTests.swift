import Foundation
import Testing
import Xportcn

/// Against the platform's sandbox, over `URLSession`.
@Suite struct SandboxTests {
    private func sandbox() throws -> XportcnClient {
        var configuration = XportcnClient.Configuration(
            accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: "sandbox-user")
        let address = try #require(ProcessInfo.processInfo.environment["XPORTCN_SANDBOX"])
        configuration.baseUrl = address
        return try XportcnClient(configuration: configuration)
    }

    @Test func sixtyFourCallsGoAtOnce() async throws {
        let client = try sandbox()
        let ids = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<64 {
                group.addTask { try await render(client).requestId }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(ids.compactMap { $0 }).count == 64, "each has the reply to its own request")
    }

    @Test func sixtyFourOrdersGoAtOnce() async throws {
        let client = try sandbox()
        let line = Taobao.OrderLine(itemId: "600126245031041190", quantity: 1, skuId: "5016042822039")
        let receiver = Taobao.Receiver(
            name: "张三", address: "象山路1号", mobilePhone: "13800000000", state: "浙江省", city: "杭州市", district: "余杭区",
            zip: "310024")
        let orders = try await withThrowingTaskGroup(of: String?.self) { group in
            for number in 0..<64 {
                group.addTask {
                    try await client.taobao.order.purchaseCreate(
                        orderLineList: [line], purchaseAmount: 1, receiver: receiver,
                        sellerOrderNumber: "swift-\(number)"
                    ).data.orderList?.first?.purchaseId
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(orders.compactMap { $0 }).count == 64)
    }

    @Test func aLargeReplyIsNotReceived() async throws {
        var configuration = XportcnClient.Configuration(
            accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: "sandbox-user")
        configuration.baseUrl = try #require(ProcessInfo.processInfo.environment["XPORTCN_SANDBOX"])
        configuration.maxReplyBytes = 50
        let client = try XportcnClient(configuration: configuration)
        let error = try await thrown { _ = try await render(client) }
        #expect(error.kind == "Decode" && "\(error)".contains("larger than 50 bytes") && !error.isRetryable)
    }

    @Test func aPortWithoutAListenerIsNoConnection() async throws {
        var configuration = configuration()
        configuration.baseUrl = "http://127.0.0.1:9"
        let client = try XportcnClient(configuration: configuration)
        let error = try await thrown { try await pay(client) }
        guard case .transport(let details) = error else { throw error }
        #expect(details.transportKind == "connect")
    }
}
