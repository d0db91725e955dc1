package io.github.xportcn

import java.io.File
import java.io.IOException
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestInstance

private const val CREATE = "taobao.order.purchase_create"
private const val CANCEL = "alibaba.order.cancel"

/** The first creation's answer comes late, and the first cancellation never arrives. */
private const val FAULTS = """{"slowMs": 60000, "rules": [
    {"endpoint": "taobao.order.purchase_create", "kinds": ["slow"], "when": "after", "count": 1},
    {"endpoint": "alibaba.order.cancel", "kinds": ["503"], "when": "before", "count": 1}
]}"""

/** Journals of writes: whoever comes after a crash has the store, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalTest {
    private val faults = File.createTempFile("faults", ".json").apply { writeText(FAULTS) }
    private val sandbox = Sandbox("--fault-file", faults.path)
    private val client = sandbox.client(
        CallOptions {
            maxRetries = 0
            deadline = 5.seconds
            recoveryWindow = 1.seconds
        },
    )

    @AfterAll
    fun stop() {
        client.close()
        sandbox.close()
        faults.delete()
    }

    @Test
    fun `what was given up on its way is found, and not sent again`() = runBlocking<Unit> {
        val store = MemoryJournalStore()
        val journal = Journal(store)
        val given = launch(Dispatchers.Default) { journal.settle(client, CREATE, order("kotlin-journal-1")) }
        while (ordered("kotlin-journal-1") == 0) delay(20)
        assertEquals(
            "kotlin-journal-1",
            failure<WriteInUse> {
                journal.settle(client, CREATE, order("kotlin-journal-1"))
            }.key,
        )
        val open = store.open().single()
        assertEquals(listOf("kotlin-journal-1", CREATE, "open"), listOf(open.key, open.endpoint, open.state))
        assertFalse("sandbox-secret" in open.entry)
        assertFalse("象山路" in open.toString())
        given.cancelAndJoin()

        val found = Journal(store).recoverOpen(client).single()
        assertEquals(open, found.write)
        val recovered = assertInstanceOf(Settled.Recovered::class.java, found.settled)
        assertInstanceOf(Outcome.Done::class.java, recovered.outcome)
        assertEquals(recovered, Journal(store).settle(client, CREATE, order("kotlin-journal-1")))
        assertEquals(emptyList<JournaledWrite>(), store.open())
        assertEquals(1, ordered("kotlin-journal-1"))

        // The next one is answered, and its answer is told again.
        val first = settled(journal.settle(client, CREATE, order("kotlin-journal-2")))
        val again = settled(Journal(store).settle(client, CREATE, order("kotlin-journal-2"), "kotlin-journal-2"))
        assertEquals(first.data, again.data)
        assertEquals(first.requestId, again.requestId)
        assertTrue(first.raw.isNotEmpty() && again.raw.isEmpty())
        assertEquals(1, ordered("kotlin-journal-2"))
    }

    @Test
    fun `what was not carried out is sent again, and its key is free`() = runBlocking<Unit> {
        val made = client.request("alibaba.order.create", ALIBABA_ORDER).data.jsonObject.getValue("orderId")
        val cancel = mapOf(
            "webSite" to JsonPrimitive("1688"),
            "orderId" to made,
            "cancelReason" to JsonPrimitive("other"),
        )
        val store = MemoryJournalStore()
        val lost = Journal(store).settle(client, CANCEL, cancel, "cancel")
        assertEquals(Settled.Recovered(Outcome.NotDone), lost)
        assertEquals("not done", store.find("cancel")?.state)
        settled(Journal(store).settle(client, CANCEL, cancel, "cancel"))
        assertEquals("answered", store.find("cancel")?.state)
    }

    @Test
    fun `a key is required, and is one write's`() {
        val store = MemoryJournalStore()
        val journal = Journal(store)
        XportcnClient(ACCOUNT, Local { answered("""{"code":200,"data":true}""") }).use { local ->
            val pay = { order: String -> mapOf("orderId" to JsonPrimitive(order)) }
            runBlocking { journal.settle(local, "taobao.order.pay", pay("1"), "pay 1") }
            for (refused in listOf(
                failure<XportcnException.InvalidRequest> {
                    journal.settle(local, "taobao.order.pay", pay("2"), "pay 1")
                },
                failure<XportcnException.InvalidRequest> { journal.settle(local, "taobao.order.pay", pay("2")) },
                failure<XportcnException.InvalidRequest> { journal.settle(local, "taobao.order.pay", pay("2"), "") },
            )) {
                assertEquals("key", refused.path)
            }
            val twice = local.withOptions(CallOptions { retryWrites = true })
            val refused =
                failure<XportcnException.Config> { journal.settle(twice, "taobao.order.pay", pay("3"), "pay 3") }
            assertEquals("retryWrites", refused.field)
        }
    }

    @Test
    fun `what cannot be kept is not sent, and what was answered is told`() = runBlocking<Unit> {
        val sent = AtomicInteger()
        var fails = "open"
        val memory = MemoryJournalStore()
        val store = object : JournalStore by memory {
            override suspend fun keep(write: JournaledWrite) {
                if (write.state == fails) throw IOException("the disk is full")
                memory.keep(write)
            }
        }
        val platform = Local {
            sent.incrementAndGet()
            answered("""{"code":200,"data":true}""")
        }
        XportcnClient(ACCOUNT, platform).use { local ->
            val journal = Journal(store)
            val pay = mapOf("orderId" to JsonPrimitive("1"))
            failure<IOException> { journal.settle(local, "taobao.order.pay", pay, "pay 1") }
            assertEquals(0, sent.get())
            fails = "answered"
            settled(journal.settle(local, "taobao.order.pay", pay, "pay 1"))
            assertEquals("open", store.find("pay 1")?.state)
        }
    }

    @Test
    fun `one coroutine at a time has a key`() = runBlocking<Unit> {
        val sent = AtomicInteger()
        val go = CompletableDeferred<Unit>()
        val platform = Local {
            sent.incrementAndGet()
            go.await()
            answered("""{"code":200,"data":true}""")
        }
        XportcnClient(ACCOUNT, platform).use { local ->
            val journal = Journal(MemoryJournalStore())
            val pay = mapOf("orderId" to JsonPrimitive("1"))
            val all = List(16) {
                async(Dispatchers.Default) { runCatching { journal.settle(local, "taobao.order.pay", pay, "pay 1") } }
            }
            while (all.count { it.isCompleted } < 15) delay(10)
            go.complete(Unit)
            val ended = all.awaitAll()
            assertEquals(1, ended.count { it.isSuccess })
            assertTrue(ended.mapNotNull { it.exceptionOrNull() }.all { it is WriteInUse }, ended.toString())
            assertEquals(1, sent.get())
        }
    }

    @Test
    fun `a ticket of what was cancelled holds what was seen before it`() = runBlocking<Unit> {
        val arrived = CompletableDeferred<Unit>()
        val platform = Local { request ->
            if (request.isWrite) {
                arrived.complete(Unit)
                awaitCancellation()
            }
            answered("""{"code":200,"data":{"enableList":[{"cartItemInfos":[]}],"disableList":[]}}""")
        }
        XportcnClient(ACCOUNT, platform).use { local ->
            var left: WriteCancelled? = null
            val line = mapOf(
                "offerId" to JsonPrimitive("1"),
                "specId" to JsonPrimitive("2"),
                "quantity" to JsonPrimitive(2),
            )
            val job = launch(Dispatchers.Default) {
                try {
                    local.settle("alibaba.cart.add", line)
                } catch (cancelled: WriteCancelled) {
                    left = cancelled
                    throw cancelled
                }
            }
            arrived.await()
            job.cancelAndJoin()
            val before = json(checkNotNull(left).lost.ticket).jsonObject.getValue("before").jsonObject
            assertEquals(setOf("alibaba.cart.list"), before.keys)
        }
    }

    private suspend fun ordered(reference: String): Int {
        val page = mapOf("pageNo" to JsonPrimitive(1), "pageSize" to JsonPrimitive(50))
        val orders = client.request("taobao.order.purchase_page", page).data.jsonObject["data"] as? JsonElement
        return orders?.jsonArray.orEmpty().count {
            it.jsonObject["sellerOrderNumber"]?.jsonPrimitive?.content == reference
        }
    }
}

private fun settled(settled: Settled): Reply<JsonElement> =
    assertInstanceOf(Settled.Answered::class.java, settled).reply

private fun order(reference: String): Map<String, JsonElement> =
    ORDER + ("sellerOrderNumber" to JsonPrimitive(reference))

private val ORDER: JsonObject = json(
    """{"orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
        "purchaseAmount": "150", "receiver": {"name": "张三", "mobilePhone": "13800000000", "state": "浙江省",
        "city": "杭州市", "district": "余杭区", "address": "象山路1号", "zip": "310024"}}""",
).jsonObject

private val ALIBABA_ORDER = json(
    """{"flow": "general", "addressParam": {"fullName": "张三", "mobile": "13800000000", "phone": "",
        "postCode": "310024", "cityText": "杭州市", "provinceText": "浙江省", "areaText": "西湖区", "townText": "转塘",
        "address": "象山路1号"}, "cargoParamList": [{"offerId": "548818919805",
        "specId": "eb81c61de14f4adb405ffcc2c8a4a3fb", "quantity": "2"}]}""",
).jsonObject
