import Foundation
import Testing
import Xportcn

/// Against a sandbox that loses answers, as `faults.json` says.
@Suite struct RecoveryTests {
    private func losing(
        user: String = "sandbox-user", _ options: CallOptions = .init(recoveryWindow: .seconds(2))
    ) throws -> XportcnClient {
        var configuration = XportcnClient.Configuration(
            accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: user)
        configuration.baseUrl = try #require(ProcessInfo.processInfo.environment["XPORTCN_LOSING"])
        configuration.options = options
        configuration.log = { _, _ in }
        return try XportcnClient(configuration: configuration)
    }

    private func lostOrder(_ client: XportcnClient, _ number: String) async throws -> XportcnError.AmbiguousWrite {
        try await lost { _ = try await client.send(order(number)) }
    }

    @Test func aCreationWhoseAnswerIsLostIsFoundFromItsTicketToo() async throws {
        let client = try losing()
        let write = try await lostOrder(client, "swift-lost-1")
        let outcome = try await client.recover(write)
        guard case .done(let found) = outcome else { throw Other("\(outcome)") }
        #expect(found.map { $0["sellerOrderNumber"] } == ["swift-lost-1"], "two lists show it: it is told once")
        #expect(!write.ticket.contains("sandbox-secret"))
        let later = try losing(.init(recoveryWindow: .zero))
        #expect(try await later.recover(ticket: write.ticket) == outcome)
    }

    @Test func aTicketOfAnotherAccountAndWhatIsNoneAreRefused() async throws {
        let write = try await lostOrder(losing(), "swift-lost-2")
        let other = try losing(user: "other")
        let refused = try await thrown { _ = try await other.recover(write) }
        guard case .invalidRequest(let details) = refused else { throw refused }
        #expect(details.path == "ticket" && details.reason.contains("user_id"))
        for none in ["", "{}"] {
            let refused = try await thrown { _ = try await other.recover(ticket: none) }
            guard case .invalidRequest(let details) = refused else { throw refused }
            #expect(details.path == "ticket")
        }
    }

    @Test func whatWasNotCarriedOutIsSentAgainOnlyIfThatIsAskedFor() async throws {
        let client = try losing()
        let made = try await client.request("alibaba.order.create", alibabaOrder)
        let id = try #require(made.data["orderId"]?.string)
        let cancel: JSONValue = ["webSite": "1688", "orderId": .string(id), "cancelReason": "other"]
        #expect(try await client.settle("alibaba.order.cancel", cancel).outcome == .notDone)
        // The second one is lost too; the third arrives, and is answered.
        let again = try client.with(CallOptions(recoveryWindow: .seconds(2), retryAfterRecovery: true))
        let settled = try await again.settle("alibaba.order.cancel", cancel)
        guard case .answered(let reply) = settled else { throw Other("\(settled)") }
        #expect(reply.requestId?.count == 32)
        let order = try await client.request("alibaba.order.get", ["webSite": "1688", "orderId": .string(id)])
        #expect(order.data["baseInfo"]?["status"] == "cancel")
    }

    @Test func aPaymentThatDoesNotShowIsNotCalledUnpaid() async throws {
        let client = try losing()
        let made = try await client.recover(try await lostOrder(client, "swift-lost-3"))
        guard case .done(let found) = made, let id = found.first?["orderId"]?.string else { throw Other("\(made)") }
        let settled = try await client.settle(Taobao.Order.PurchasePay(orderId: id))
        guard case .unknown(let reason) = settled.outcome else { throw Other("\(settled)") }
        #expect(!reason.isEmpty)
    }

    @Test func whatOnlyAComparisonShowsIsLookedAtBeforeItIsSent() async throws {
        let line: JSONValue = [
            "offerId": "548818919805", "specId": "eb81c61de14f4adb405ffcc2c8a4a3fb", "quantity": 2,
            "sellerOpenId": "BBBgGWh2O6JFI6v1aQuZVgRIA",
        ]
        let settled = try await losing().settle("alibaba.cart.add", line)
        guard case .done = settled.outcome else { throw Other("\(settled)") }
    }

    @Test func aWriteThatIsAnsweredHasItsReplyAndOneThatIsRefusedItsError() async throws {
        let client = try losing()
        let settled = try await client.settle("alibaba.order.create", alibabaOrder)
        guard case .answered(let reply) = settled else { throw Other("\(settled)") }
        #expect(reply.data["orderId"]?.string?.isEmpty == false)
        let refused = try await thrown {
            _ = try await client.settle("taobao.order.purchase_cancel", ["orderId": "1"])
        }
        #expect(refused.kind == "Api")
        #expect(try await thrown { _ = try await client.settle("address.list") }.kind == "InvalidRequest")
        let field = try await thrown { _ = try await client.settle("taobao.order.pay", ["orderId": ""]) }
        guard case .invalidRequest(let details) = field else { throw field }
        #expect(details.path == "orderId")
    }

    @Test func aSearchEndsAtOnceAndAWriteThatIsLookedForLeavesItsTicket() async throws {
        let losing = Scripted { request, _ in
            if request.isWrite { throw TransportFailure(.reset, maybeSent: true, detail: "gone") }
            return XportcnResponse(status: 200, headers: [], body: Data(envelope("{}").utf8))
        }
        let client = try client(losing)
        let write = try await lost { _ = try await client.send(order("1")) }
        #expect(try await cancelled { _ = try await client.recover(write) }.kind == "Cancelled")
        let left = try await cancelled { _ = try await client.settle(Taobao.Order.Pay(orderId: "1034499579120189839")) }
        guard case .ambiguousWrite(let details) = left else { throw left }
        #expect(details.ticket.contains("taobao.order.pay"))
        #expect(await losing.sent.count { $0.isWrite } == 2)
    }

    @Test func aWriteThatIsOnItsWayLeavesItsTicket() async throws {
        let silent = Scripted { _, _ in
            try await Task.sleep(for: .seconds(600))
            return XportcnResponse(status: 200, headers: [], body: Data())
        }
        let client = try client(silent)
        let left = try await cancelled { _ = try await client.settle(Taobao.Order.Pay(orderId: "1034499579120189839")) }
        guard case .ambiguousWrite(let details) = left else { throw left }
        #expect(details.ticket.contains("taobao.order.pay"))
    }
}

extension Settled {
    fileprivate var outcome: Outcome? {
        if case .recovered(let outcome) = self { outcome } else { nil }
    }
}

/// What came in the place of what was expected.
private struct Other: Error {
    let what: String

    init(_ what: String) {
        self.what = what
    }
}

private func lost(_ act: () async throws -> Void) async throws -> XportcnError.AmbiguousWrite {
    let error = try await thrown(act)
    guard case .ambiguousWrite(let write) = error else { throw error }
    return write
}

/// What a task ends in that is cancelled while it waits; it ends soon.
private func cancelled(_ act: @escaping @Sendable () async throws -> Void) async throws -> XportcnError {
    let task = Task { try await act() }
    try await Task.sleep(for: .milliseconds(300))
    let started = ContinuousClock.now
    task.cancel()
    let error = try await thrown { try await task.value }
    #expect(ContinuousClock.now - started < .seconds(2))
    return error
}

private func order(_ number: String) -> Taobao.Order.PurchaseCreate {
    let line = Taobao.OrderLine(itemId: "600126245031041190", quantity: 1, skuId: "5016042822039")
    let receiver = Taobao.Receiver(
        name: "张三", address: "象山路1号", mobilePhone: "13800000000", state: "浙江省", city: "杭州市", district: "余杭区",
        zip: "310024")
    return .init(orderLineList: [line], purchaseAmount: 1, receiver: receiver, sellerOrderNumber: number)
}

private let alibabaOrder: JSONValue = [
    "flow": "general",
    "addressParam": [
        "fullName": "张三", "mobile": "13800000000", "phone": "", "postCode": "310024", "cityText": "杭州市",
        "provinceText": "浙江省", "areaText": "西湖区", "townText": "转塘", "address": "象山路1号",
    ],
    "cargoParamList": [
        ["offerId": "548818919805", "specId": "eb81c61de14f4adb405ffcc2c8a4a3fb", "quantity": "2"]
    ],
]
