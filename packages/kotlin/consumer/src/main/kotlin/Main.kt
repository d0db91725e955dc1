import io.github.xportcn.CallOptions
import io.github.xportcn.MemoryJournalStore
import io.github.xportcn.Waited
import io.github.xportcn.XportcnClient
import io.github.xportcn.XportcnConfig
import io.github.xportcn.XportcnException
import io.github.xportcn.models.TaobaoOrderLine
import io.github.xportcn.models.TaobaoReceiver
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.math.BigDecimal
import java.time.Duration
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList

/** A program of somebody else: it has the package, and no OkHttp. */
suspend fun main(arguments: Array<String>) {
    val config = XportcnConfig("sandbox-key", "sandbox-secret", "sandbox-user") { baseUrl = arguments.single() }
    XportcnClient(config).use { client ->
        calls(client)
        readme(client)
        guides(client)
    }
}

private suspend fun calls(client: XportcnClient) {
    val reply = client.taobao.afterSale.render(subOrderId = "1034499579120189839", goodsStatus = 1, refundType = 1)
    val offers = client.alibaba.product.keywordSearchItems(keyword = "鞋").take(3).toList()
    val refused = try {
        client.taobao.afterSale.render(subOrderId = "", goodsStatus = 1, refundType = 1)
        "nothing"
    } catch (error: XportcnException.InvalidRequest) {
        error.path
    }
    println("${reply.data.currency} ${offers.size} $refused")
    check(reply.data.currency == "CNY" && offers.size == 3 && refused == "subOrderId")
}

/** The programs of the README, and what each must print. */
private suspend fun readme(client: XportcnClient) {
    told("CNY") { readme1.main() }
    val order = told(""""purchaseId":"\d+"""") { readme2.order(client) }.filter(Char::isDigit)
    told("1 attempts, .*: answered") { readme3.watched() }
    told("address.list: 200") { readme4.tagged().use { it.address.list() } }
    told("^$") { readme5.pay(client, order) }
    val another = client.taobao.order.purchaseCreate(
        orderLineList = LINES,
        purchaseAmount = BigDecimal("150"),
        receiver = RECEIVER,
        sellerOrderNumber = "another",
    ).data.orderList?.single()?.purchaseId
    told("Answered") { readme6.payOnce(client, MemoryJournalStore(), checkNotNull(another)) }
    val impatient = client.withOptions(CallOptions { waitTimeout = Duration.ofSeconds(1) })
    told("on its way|not yet") { readme7.shipped(impatient, order) }
    val signed = client.signPush("ORDER_PAY_SUCCESS")
    told("\\d+") { readme8.pushed(client, signed.authorization, signed.body) }
    readme9.signed(client)
}

/** The programs of the documentation's pages, and what each must print. */
private suspend fun guides(client: XportcnClient) {
    told("variants\nrequest \\S+ with 0 warnings") { guide.firstCall() }
    told("(\\d+ .+ [\\d.]+\n?){25}") { guide.search(client, "鞋") }
    told("\\d+ [\\d.]+ \\d+ in stock") { guide.detail(client, "889512351602") }
    val order = guide.order(client, "guide-kotlin")
    val id = checkNotNull(order.purchaseId)
    check(guide.pay(client, id))
    val line = checkNotNull(order.orderLineList?.single()?.subPurchaseOrderId)
    // Nobody agrees to the refund here.
    val impatient = client.withOptions(CallOptions { waitTimeout = Duration.ofSeconds(1) })
    check(guide.refund(impatient, id, line) is Waited.TimedOut)
    told("alibaba.push.order_status_changed") { guide.signed(client) }
    check(guide.titles(List(20) { (672991141190 + it).toString() }) == 20)
    told("nothing was sent: orderId") { guide.tellErrors(client, "") }
    told("the platform says no: 42001") { guide.tellErrors(client, "1") }
    guide.anOrderIsPaid()
    guide.aPaymentWhoseAnswerIsLostIsFound()
}

/** What matches of the text that a program prints. */
private suspend fun told(expected: String, program: suspend () -> Unit): String {
    val (out, text) = Pair(System.out, ByteArrayOutputStream())
    System.setOut(PrintStream(text, true, "UTF-8"))
    try {
        program()
    } finally {
        System.setOut(out)
    }
    val printed = text.toString("UTF-8").trim()
    return checkNotNull(Regex(expected).find(printed)) { "not `$expected`, but: $printed" }.value
}

private val LINES = listOf(
    TaobaoOrderLine {
        itemId = "600126245031041190"
        skuId = "5016042822039"
        quantity = 1
    },
)

private val RECEIVER = TaobaoReceiver {
    name = "张三"
    mobilePhone = "13800000000"
    state = "浙江省"
    city = "杭州市"
    district = "余杭区"
    address = "象山路1号"
    zip = "310024"
}
