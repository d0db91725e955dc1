package guide

// region many
import io.github.xportcn.Limit
import io.github.xportcn.XportcnClient
import io.github.xportcn.XportcnException
import io.github.xportcn.configFromEnv
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit

suspend fun titles(itemIds: List<String>): Int {
    // At most 20 calls a second, 20 at the start; and 8 under way, below.
    val config = configFromEnv().toBuilder().limit(Limit(20, burst = 20)).build()
    val underWay = Semaphore(8)
    return XportcnClient(config).use { client ->
        coroutineScope {
            itemIds.map { id -> async { underWay.withPermit { title(client, id) } } }.awaitAll().count { it != null }
        }
    }
}

/** The title of an item, or null: one that fails ends no other. */
private suspend fun title(client: XportcnClient, itemId: String): String? = try {
    client.taobao.product.get(itemId = itemId).data.title
} catch (failed: XportcnException) {
    println("$itemId $failed")
    null
}
// endregion
