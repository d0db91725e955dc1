package guide;

// region refund
import io.github.xportcn.Waited;
import io.github.xportcn.calls.TaobaoAfterSaleState;
import io.github.xportcn.java.JavaClient;
import io.github.xportcn.models.TaobaoAfterSaleRefundOrderAggregate;
import io.github.xportcn.models.TaobaoAfterSaleRefundOrderTemplate;
import io.github.xportcn.models.TaobaoGoodsStatus;
import io.github.xportcn.models.TaobaoRefundType;

public final class Refund {
    public static Waited refund(JavaClient client, String orderId, String subOrderId) {
        // What may be asked for: reasons, and the limits of the amount, in fen.
        // Here the goods are not shipped (1), and the money comes back without a return of goods (1).
        TaobaoAfterSaleRefundOrderTemplate template = client.taobao().afterSale().render()
            .subOrderId(subOrderId).goodsStatus(1L).refundType(1L)
            .execute().getData().getRefundOrderTemplate();

        client.taobao().afterSale().submit()
            .subOrderId(subOrderId)
            .goodsStatus(TaobaoGoodsStatus.NOT_SHIPPED)
            .refundType(TaobaoRefundType.REFUND_ONLY)
            .reasonId(template.getRefundReasons().get(0).getReasonId())
            .refundFee(template.getMaxRefundFee().getMaxRefundFee())
            .execute();

        // The reply of that call is not published; the list of after-sale orders tells the refund's id.
        TaobaoAfterSaleRefundOrderAggregate found = client.taobao().afterSale().list()
            .purchaseOrderId(orderId).pageSize(10L).items().findFirst().orElseThrow();
        // Reached, Never after it was withdrawn, or TimedOut.
        return client.taobao().afterSale()
            .waitUntil(TaobaoAfterSaleState.REFUNDED, found.getRefundOrder().getRefundId());
    }
}
// endregion
