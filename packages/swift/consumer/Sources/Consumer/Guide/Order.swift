// region order
import Foundation
import Xportcn

func order(_ client: XportcnClient, number: String) async throws -> Taobao.OrderCreatedOrder? {
    let line = Taobao.OrderLine(itemId: "600126245031041190", quantity: 1, skuId: "5016042822039")
    let receiver = Taobao.Receiver(
        name: "张三", address: "象山路1号", mobilePhone: "13800000000", state: "浙江省", city: "杭州市", district: "余杭区",
        zip: "310024")
    let created = try await client.taobao.order.purchaseCreate(
        orderLineList: [line],
        purchaseAmount: 150,  // the most that it may cost, in fen: 1.50 yuan
        receiver: receiver,
        sellerOrderNumber: number)  // your own number: by it the order is found again
    return created.orderList?.first
}
// endregion

// region pay
func pay(_ client: XportcnClient, orderId: String) async throws -> Bool {
    do {
        let accepted = try await client.taobao.order.purchasePay(orderId: orderId)
        for failure in accepted.payFailedResults ?? [] { print("refused:", failure.errorMessage ?? "") }
    } catch XportcnError.ambiguousWrite(let lost) {
        // It was sent, and its answer is lost. This finds out, by calls that only read; it pays nothing.
        print("after a lost answer:", try await client.recover(lost))
    }

    // Accepted is not paid: the platform pays in the background.
    if case .reached = try await client.taobao.order.waitUntil(.paid, orderId: orderId) { return true }
    return false
}
// endregion
