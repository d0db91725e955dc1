package io.github.xportcn

import io.github.xportcn.models.TaobaoOrderLine
import io.github.xportcn.models.TaobaoReceiver
import java.io.File
import java.math.BigDecimal
import kotlin.time.measureTime
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance

/** Which answers the sandbox loses: those of creations when all was carried out, the others before anything was. */
private const val FAULTS = """{"rules": [
    {"endpoint": "taobao.order.purchase_create", "kinds": ["truncate"], "when": "after"},
    {"endpoint": "taobao.order.purchase_pay", "kinds": ["reset"], "when": "before"},
    {"endpoint": "alibaba.order.cancel", "kinds": ["reset"], "when": "before", "count": 2},
    {"endpoint": "alibaba.cart.add", "kinds": ["503"], "when": "after"}
]}"""

/** What became of a write whose answer is lost, on a sandbox that loses answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecoveryTest {
    private val faults = File.createTempFile("faults", ".json").apply { writeText(FAULTS) }
    private val sandbox = Sandbox("--fault-file", faults.path)
    private val client = sandbox.client(CallOptions { recoveryWindow = 2.seconds })

    @AfterAll
    fun stop() {
        client.close()
        sandbox.close()
        faults.delete()
    }

    @Test
    fun `a creation whose answer is lost is found, from its ticket too`() = runBlocking<Unit> {
        val lost = failure<XportcnException.AmbiguousWrite> { client.order("kotlin-1") }
        val done = assertInstanceOf(Outcome.Done::class.java, client.recover(lost))
        // Two lists show it: it is told once.
        assertEquals(listOf("kotlin-1"), done.found.map { it.told("sellerOrderNumber") })
        assertFalse("sandbox-secret" in lost.ticket, lost.ticket)
        sandbox.client(CallOptions { recoveryWindow = 0.seconds }).use { later ->
            assertEquals(done, later.recover(lost.ticket))
        }
    }

    @Test
    fun `a ticket of another account, and what is none, are refused`() {
        val lost = failure<XportcnException.AmbiguousWrite> { client.order("kotlin-2") }
        val mine = sandbox.config()
        XportcnClient(
            XportcnConfig(mine.accessKey, mine.accessSecret, "other") {
                this.baseUrl = mine.baseUrl
            },
        ).use { other ->
            val refused = failure<XportcnException.InvalidRequest> { other.recover(lost) }
            assertEquals("ticket", refused.path)
            assertTrue("user_id" in refused.reason, refused.reason)
        }
        for (none in listOf("", "{}", "\ud800")) {
            assertEquals("ticket", failure<XportcnException.InvalidRequest> { client.recover(none) }.path)
        }
    }

    @Test
    fun `what was not carried out is sent again only if that is asked for`() = runBlocking<Unit> {
        val made = client.request("alibaba.order.create", ALIBABA_ORDER)
        val order = mapOf("webSite" to JsonPrimitive("1688"), "orderId" to JsonPrimitive(made.data.told("orderId")))
        val cancel = order + ("cancelReason" to JsonPrimitive("other"))
        assertEquals(Settled.Recovered(Outcome.NotDone), client.settle("alibaba.order.cancel", cancel))
        // The second one is lost too; the third arrives, and is answered.
        val again = client.withOptions(
            CallOptions {
                recoveryWindow = 2.seconds
                retryAfterRecovery = true
            },
        )
        val settled = assertInstanceOf(Settled.Answered::class.java, again.settle("alibaba.order.cancel", cancel))
        assertEquals(32, settled.reply.requestId?.length)
        val status = client.request("alibaba.order.get", order).data.jsonObject.getValue("baseInfo").told("status")
        assertEquals("cancel", status)
    }

    @Test
    fun `a payment that does not show is not called unpaid`() = runBlocking<Unit> {
        val lost = failure<XportcnException.AmbiguousWrite> { client.order("kotlin-3") }
        val made = assertInstanceOf(Outcome.Done::class.java, client.recover(lost)).found.single()
        val order = mapOf("orderId" to JsonPrimitive(made.told("orderId")))
        val settled = client.settle("taobao.order.purchase_pay", order)
        val recovered = assertInstanceOf(Settled.Recovered::class.java, settled)
        val unknown = assertInstanceOf(Outcome.Unknown::class.java, recovered.outcome)
        assertTrue(unknown.reason.isNotEmpty())
    }

    @Test
    fun `what only a comparison shows is looked at before it is sent`() = runBlocking<Unit> {
        val line = mapOf(
            "offerId" to JsonPrimitive("548818919805"),
            "specId" to JsonPrimitive("eb81c61de14f4adb405ffcc2c8a4a3fb"),
            "quantity" to JsonPrimitive(2),
            "sellerOpenId" to JsonPrimitive("BBBgGWh2O6JFI6v1aQuZVgRIA"),
        )
        val recovered = assertInstanceOf(Settled.Recovered::class.java, client.settle("alibaba.cart.add", line))
        assertInstanceOf(Outcome.Done::class.java, recovered.outcome)
    }

    @Test
    fun `a write that is answered has its reply, and one that is refused its error`() = runBlocking<Unit> {
        val settled = client.settle("alibaba.order.create", ALIBABA_ORDER)
        val answered = assertInstanceOf(Settled.Answered::class.java, settled)
        assertTrue(answered.reply.data.told("orderId").isNotEmpty())
        failure<XportcnException.Api> {
            client.settle("taobao.order.purchase_cancel", mapOf("orderId" to JsonPrimitive("1")))
        }
        failure<XportcnException.InvalidRequest> { client.settle("address.list") }
        val field = failure<XportcnException.InvalidRequest> {
            client.settle("taobao.order.pay", mapOf("orderId" to JsonPrimitive("")))
        }
        assertEquals("orderId", field.path)
    }

    @Test
    fun `each outcome of the core has its type`() {
        val found = """"found":[{"orderId":"1"}]"""
        val objects = listOf(json("""{"orderId":"1"}"""))
        assertEquals(Outcome.Done(objects), outcome("""{"outcome":"done",$found}"""))
        assertEquals(Outcome.Done(emptyList()), outcome("""{"outcome":"done","found":[]}"""))
        assertEquals(Outcome.NotDone, outcome("""{"outcome":"not done"}"""))
        assertEquals(
            Outcome.Partly(objects, listOf("2"), "one failed"),
            outcome("""{"outcome":"partly",$found,"missing":["2"],"reason":"one failed"}"""),
        )
        assertEquals(Outcome.Unknown("no path"), outcome("""{"outcome":"unknown","reason":"no path"}"""))
    }
}

/** A coroutine that does not wait any longer. */
class RecoveryCancelledTest {
    private val arrived = CompletableDeferred<Unit>()

    /** Keeps answers to itself. */
    private val silent = Local {
        arrived.complete(Unit)
        awaitCancellation()
    }

    @Test
    fun `a write that is on its way when its coroutine is cancelled leaves its ticket`() {
        XportcnClient(ACCOUNT, silent).use { client ->
            val left = left(client) { client.pay() }
            val write = assertInstanceOf(WriteCancelled::class.java, left).lost
            assertEquals("taobao.order.pay", write.endpoint)
            assertEquals("taobao.order.pay", json(write.ticket).told("endpoint"))
            assertEquals(write, left.cause)
        }
    }

    @Test
    fun `a write whose time is over leaves its ticket within`() = runBlocking<Unit> {
        XportcnClient(ACCOUNT, silent).use { client ->
            var kept: String? = null
            val over = runCatching {
                withTimeout(200) {
                    try {
                        client.pay()
                    } catch (left: WriteCancelled) {
                        kept = left.lost.ticket
                        throw left
                    }
                }
            }
            assertInstanceOf(TimeoutCancellationException::class.java, over.exceptionOrNull())
            assertEquals("taobao.order.pay", json(kept.orEmpty()).told("endpoint"))
        }
    }

    @Test
    fun `a read leaves nothing`() {
        XportcnClient(ACCOUNT, silent).use { client ->
            assertFalse(left(client) { client.render() } is WriteCancelled)
        }
    }

    @Test
    fun `a search ends at once, and a write that is looked for leaves its ticket`() {
        val lost = failure<XportcnException.AmbiguousWrite> { XportcnClient(ACCOUNT, losing()).use { it.order("1") } }
        XportcnClient(ACCOUNT, losing()).use { client ->
            val left = left(client) { client.recover(lost) }
            assertFalse(left is WriteCancelled, "its ticket is in the caller's hands: $left")
        }
        XportcnClient(ACCOUNT, losing()).use { client ->
            val left = left(client) { client.settle("taobao.order.pay", PAYMENT) }
            val write = assertInstanceOf(WriteCancelled::class.java, left).lost
            assertEquals("taobao.order.pay", json(write.ticket).told("endpoint"))
        }
    }

    @Test
    fun `a search ends where the client is closed, and leaves the ticket`() = runBlocking<Unit> {
        val lost = failure<XportcnException.AmbiguousWrite> { XportcnClient(ACCOUNT, losing()).use { it.order("1") } }
        val closing = XportcnClient(ACCOUNT, losing())
        val ended = async(Dispatchers.Default) { runCatching { closing.settle("taobao.order.pay", PAYMENT) } }
        arrived.await()
        closing.close()
        val write = assertInstanceOf(XportcnException.AmbiguousWrite::class.java, ended.await().exceptionOrNull())
        assertEquals("taobao.order.pay", json(write.ticket).told("endpoint"))
        failure<XportcnException.Misuse> { closing.recover(lost) }
        failure<XportcnException.Misuse> { closing.settle("taobao.order.pay", PAYMENT) }
    }

    /** Loses what writes, and has nothing to show; then the search waits. */
    private fun losing() = Local { request ->
        if (request.isWrite) throw TransportFailure("reset", true, "gone")
        arrived.complete(Unit)
        answered("""{"code":200,"requestId":"r","data":{}}""")
    }

    /** What a coroutine ends in that is cancelled soon after its first request. */
    private fun left(client: XportcnClient, call: suspend () -> Any?): CancellationException = runBlocking {
        var thrown: CancellationException? = null
        val job: Job = launch {
            try {
                call()
            } catch (left: CancellationException) {
                thrown = left
                throw left
            }
        }
        arrived.await()
        delay(100)
        val took = measureTime { job.cancelAndJoin() }
        assertTrue(took.inWholeMilliseconds < 2000, "$client ended after $took")
        assertTrue(job.isCancelled)
        checkNotNull(thrown) { "the coroutine ended before it was cancelled" }
    }
}

private suspend fun XportcnClient.order(number: String) = taobao.order.purchaseCreate(
    orderLineList = listOf(
        TaobaoOrderLine {
            itemId = "600126245031041190"
            skuId = "5016042822039"
            quantity = 1
        },
    ),
    purchaseAmount = BigDecimal("150"),
    receiver = TaobaoReceiver {
        name = "张三"
        mobilePhone = "13800000000"
        state = "浙江省"
        city = "杭州市"
        district = "余杭区"
        address = "象山路1号"
        zip = "310024"
    },
    sellerOrderNumber = number,
)

private fun JsonElement.told(name: String): String = jsonObject.getValue(name).jsonPrimitive.content

private val PAYMENT = mapOf("orderId" to JsonPrimitive("1034499579120189839"))

private val ALIBABA_ORDER = json(
    """{"flow": "general", "addressParam": {"fullName": "张三", "mobile": "13800000000", "phone": "",
        "postCode": "310024", "cityText": "杭州市", "provinceText": "浙江省", "areaText": "西湖区", "townText": "转塘",
        "address": "象山路1号"}, "cargoParamList": [{"offerId": "548818919805",
        "specId": "eb81c61de14f4adb405ffcc2c8a4a3fb", "quantity": "2"}]}""",
).jsonObject
