package guide

// region first
import io.github.xportcn.XportcnClient

// The account is in the environment: XPORTCN_ACCESS_KEY, XPORTCN_ACCESS_SECRET, XPORTCN_USER_ID.
suspend fun firstCall() {
    XportcnClient.fromEnv().use { client ->
        val reply = client.taobao.product.get(itemId = "672991141190")
        println("${reply.data.title} ${reply.data.skuList?.size} variants")
        println("request ${reply.requestId} with ${reply.warnings.size} warnings")
    }
}
// endregion
