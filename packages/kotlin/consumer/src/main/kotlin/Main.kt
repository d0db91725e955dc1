import io.github.xportcn.XportcnClient
import io.github.xportcn.XportcnConfig
import io.github.xportcn.XportcnException
import kotlin.system.exitProcess
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList

/** A program of somebody else: it has the package, and no OkHttp. */
suspend fun main(arguments: Array<String>) {
    val config = XportcnConfig("sandbox-key", "sandbox-secret", "sandbox-user", baseUrl = arguments.single())
    XportcnClient(config).use { client ->
        val reply = client.taobao.afterSale.render(subOrderId = "1034499579120189839", goodsStatus = 1, refundType = 1)
        val offers = client.alibaba.product.keywordSearchItems(keyword = "鞋").take(3).toList()
        val refused = try {
            client.taobao.afterSale.render(subOrderId = "", goodsStatus = 1, refundType = 1)
            "nothing"
        } catch (error: XportcnException.InvalidRequest) {
            error.path
        }
        println("${reply.data.currency} ${offers.size} $refused")
        if (reply.data.currency != "CNY" || offers.size != 3 || refused != "subOrderId") exitProcess(1)
    }
}
