package io.github.xportcn.bench

import io.github.xportcn.ACCOUNT
import io.github.xportcn.Local
import io.github.xportcn.XportcnClient
import io.github.xportcn.answered
import io.github.xportcn.residentBytes
import kotlinx.coroutines.runBlocking

/** What the process holds after many calls; its heap is all there from the start. */
internal fun memory(): List<Row> = runBlocking {
    val client =
        XportcnClient(ACCOUNT, Local { answered("""{"code":200,"requestId":"r","data":{"currency":"CNY"}}""") })
    suspend fun after(calls: Int): Double {
        repeat(calls) { client.taobao.afterSale.render(subOrderId = "1", goodsStatus = 1, refundType = 1) }
        return residentBytes() / 1e6
    }
    after(10_000)
    val before = after(5_000)
    val after = after(50_000)
    listOf(row("memory after 50,000 calls", "MB", "the same before them", listOf(Round(after, before)), budget = 1.05))
}
