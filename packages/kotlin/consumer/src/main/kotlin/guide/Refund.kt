package guide

// region refund
import io.github.xportcn.Waited
import io.github.xportcn.XportcnClient
import io.github.xportcn.calls.TaobaoAfterSaleState
import io.github.xportcn.models.TaobaoGoodsStatus
import io.github.xportcn.models.TaobaoRefundType
import kotlinx.coroutines.flow.first

suspend fun refund(client: XportcnClient, orderId: String, subOrderId: String): Waited {
    // What may be asked for: reasons, and the limits of the amount, in fen.
    // Here the goods are not shipped (1), and the money comes back without a return of goods (1).
    val asked = client.taobao.afterSale.render(subOrderId = subOrderId, goodsStatus = 1, refundType = 1)
    val template = checkNotNull(asked.data.refundOrderTemplate)

    client.taobao.afterSale.submit(
        subOrderId = subOrderId,
        goodsStatus = TaobaoGoodsStatus.NOT_SHIPPED,
        refundType = TaobaoRefundType.REFUND_ONLY,
        reasonId = template.refundReasons?.firstOrNull()?.reasonId,
        refundFee = template.maxRefundFee?.maxRefundFee,
    )

    // The reply of that call is not published; the list of after-sale orders tells the refund's id.
    val found = client.taobao.afterSale.listItems(purchaseOrderId = orderId, pageSize = 10).first()
    // Reached, Never after it was withdrawn, or TimedOut.
    return client.taobao.afterSale.waitUntil(TaobaoAfterSaleState.REFUNDED, checkNotNull(found.refundOrder?.refundId))
}
// endregion
