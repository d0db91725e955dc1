// region refund
import Xportcn

func refund(_ client: XportcnClient, orderId: String, subOrderId: String) async throws -> Waited? {
    // What may be asked for: reasons, and the limits of the amount, in fen.
    // Here the goods are not shipped (1), and the money comes back without a return of goods (1).
    let asked = try await client.taobao.afterSale.render(subOrderId: subOrderId, goodsStatus: 1, refundType: 1)
    let template = asked.refundOrderTemplate

    _ = try await client.taobao.afterSale.submit(
        subOrderId: subOrderId,
        goodsStatus: .notShipped,
        refundType: .refundOnly,
        reasonId: template?.refundReasons?.first?.reasonId,
        refundFee: template?.maxRefundFee?.maxRefundFee)

    // The reply of that call is not published; the list of after-sale orders tells the refund's id.
    for try await found in client.taobao.afterSale.listItems(pageSize: 10, purchaseOrderId: orderId) {
        guard let refundId = found.refundOrder?.refundId else { continue }
        // .reached, .never after it was withdrawn, or .timedOut
        return try await client.taobao.afterSale.waitUntil(.refunded, refundId: refundId)
    }
    return nil
}
// endregion
