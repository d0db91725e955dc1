package guide

// region order
import io.github.xportcn.Waited
import io.github.xportcn.XportcnClient
import io.github.xportcn.XportcnException
import io.github.xportcn.calls.TaobaoOrderState
import io.github.xportcn.models.TaobaoOrderCreatedOrder
import io.github.xportcn.models.TaobaoOrderLine
import io.github.xportcn.models.TaobaoReceiver
import java.math.BigDecimal

suspend fun order(client: XportcnClient, number: String): TaobaoOrderCreatedOrder {
    val line = TaobaoOrderLine {
        itemId = "600126245031041190"
        skuId = "5016042822039"
        quantity = 1
    }
    val receiver = TaobaoReceiver {
        name = "张三"
        mobilePhone = "13800000000"
        state = "浙江省"
        city = "杭州市"
        district = "余杭区"
        address = "象山路1号"
        zip = "310024"
    }
    val created = client.taobao.order.purchaseCreate(
        orderLineList = listOf(line),
        receiver = receiver,
        // The most that it may cost, in fen: 1.50 yuan.
        purchaseAmount = BigDecimal("150"),
        // Your own number: by it the order is found again.
        sellerOrderNumber = number,
    )
    return checkNotNull(created.data.orderList?.singleOrNull())
}
// endregion

// region pay
suspend fun pay(client: XportcnClient, orderId: String): Boolean {
    try {
        val accepted = client.taobao.order.purchasePay(orderId = orderId).data
        accepted.payFailedResults.orEmpty().forEach { println("refused: ${it?.errorMessage}") }
    } catch (lost: XportcnException.AmbiguousWrite) {
        // It was sent, and its answer is lost. This finds out, by calls that only read; it pays nothing.
        println("after a lost answer: ${client.recover(lost)}")
    }

    // Accepted is not paid: the platform pays in the background.
    return client.taobao.order.waitUntil(TaobaoOrderState.PAID, orderId) is Waited.Reached
}
// endregion
