package io.github.xportcn

import java.math.BigDecimal
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance

/** The client as its users see it, on a sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientTest {
    private val sandbox = Sandbox()
    private val client = sandbox.client()

    @AfterAll
    fun stop() {
        client.close()
        sandbox.close()
    }

    @Test
    fun `a call gives its data, and what came with it`() = runBlocking<Unit> {
        val reply = client.taobao.afterSale.render(subOrderId = "1034499579120189839", goodsStatus = 1, refundType = 1)
        assertEquals("CNY", reply.data.currency)
        assertEquals(32, reply.requestId?.length)
        assertEquals(emptyList<Warning>(), reply.warnings)
        val raw = json(reply.raw.decodeToString()).jsonObject
        assertEquals(reply.requestId, (raw["requestId"] as JsonPrimitive).content)
        assertEquals(JsonPrimitive("CNY"), reply.json.jsonObject["currency"])
        val (data, requestId) = reply
        assertEquals(reply.data, data)
        assertEquals(reply.requestId, requestId)
    }

    @Test
    fun `items go on to the last page, and pages hold them all`() = runBlocking<Unit> {
        val total = client.alibaba.product.keywordSearch(keyword = "鞋").data.totalRecords
        val ids = client.alibaba.product.keywordSearchItems(keyword = "鞋", pageSize = 7).toList().map { it.offerId }
        assertTrue(ids.size > 7, "$ids")
        assertEquals(total, ids.toSet().size.toLong())
        val pages = client.alibaba.product.keywordSearchPages(keyword = "鞋", pageSize = 7).toList()
        assertEquals(ids, pages.flatMap { page -> page.data.data.orEmpty().map { it?.offerId } })
        val items = client.alibaba.product.keywordSearchItems(keyword = "鞋", pageSize = 7).take(3).toList()
        assertEquals(ids.take(3), items.map { it.offerId })
    }

    @Test
    fun `amounts are decimals`() = runBlocking<Unit> {
        val offers = client.alibaba.product.keywordSearch(keyword = "鞋").data.data.orEmpty()
        val prices = offers.mapNotNull { it?.priceInfo?.price }
        assertTrue(prices.isNotEmpty())
        assertTrue(prices.all { it > BigDecimal.ZERO })
    }

    @Test
    fun `sixty-four calls go over one client at once`() = runBlocking<Unit> {
        val replies = (1..64).map {
            async {
                client.taobao.afterSale.render(subOrderId = "1034499579120189839", goodsStatus = 1, refundType = 1)
            }
        }.awaitAll()
        assertEquals(64, replies.map { it.requestId }.toSet().size)
    }

    @Test
    fun `OkHttp carries the same calls`() = runBlocking<Unit> {
        sandbox.client(transport = OkHttpTransport()).use { other ->
            val reply = other.taobao.afterSale.render(
                subOrderId = "1034499579120189839",
                goodsStatus = 1,
                refundType = 1,
            )
            assertEquals("CNY", reply.data.currency)
        }
    }

    @Test
    fun `an endpoint is called by its id, too`() = runBlocking<Unit> {
        val params = mapOf(
            "subOrderId" to JsonPrimitive("1034499579120189839"),
            "goodsStatus" to JsonPrimitive(1),
            "refundType" to JsonPrimitive(1),
        )
        assertEquals(
            JsonPrimitive("CNY"),
            client.request("taobao.after_sale.render", params).data.jsonObject["currency"],
        )
        val unknown = failure<XportcnException.InvalidRequest> { client.request("taobao.nothing") }
        assertEquals("taobao.nothing", unknown.endpoint)
    }

    @Test
    fun `a wrong secret is refused by the platform, and not told`() {
        XportcnClient(sandbox.config(secret = "wrong-secret")).use { other ->
            val refused = failure<XportcnException.Api> {
                other.taobao.afterSale.render(subOrderId = "1", goodsStatus = 1, refundType = 1)
            }
            assertEquals("40108", refused.code)
            assertNotNull(refused.requestId)
            assertFalse(refused.isRetryable)
            assertFalse("wrong-secret" in refused.stackTraceToString())
            assertFalse("wrong-secret" in other.toString())
        }
    }

    @Test
    fun `a closed client says so`() {
        val closed = sandbox.client().apply { close() }
        val refused = failure<XportcnException.Misuse> { closed.address.list() }
        assertEquals("the client has been closed", refused.reason)
    }

    @Test
    fun `options of a view do not change the client`() {
        Sandbox("--fault", "kinds=503,count=1").use { failing ->
            failing.client(CallOptions { initialBackoff = 1.milliseconds }).use { patient ->
                failure<XportcnException.Http> {
                    val once = patient.withOptions(CallOptions { maxRetries = 0 })
                    once.taobao.afterSale.render("1034499579120189839", goodsStatus = 1, refundType = 1)
                }
                runBlocking {
                    val reply = patient.taobao.afterSale.render("1034499579120189839", goodsStatus = 1, refundType = 1)
                    assertEquals("CNY", reply.data.currency)
                }
            }
        }
    }
}

/** The exception that a call must end with. */
internal inline fun <reified T : Throwable> failure(noinline call: suspend () -> Any?): T =
    assertThrows(T::class.java) { runBlocking { call() } }
