package io.github.xportcn

import io.github.xportcn.conformance.fill
import io.github.xportcn.conformance.javaCall
import io.github.xportcn.java.AsyncTransport
import io.github.xportcn.java.JavaClient
import java.io.File
import java.util.concurrent.CancellationException
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread
import kotlinx.coroutines.awaitCancellation
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The package as Java has it. A program in Java, in `consumer/java`, does the same over a network. */
class JavaTest {
    private val examples = json(File("../../tests/examples.json").readText()).jsonObject.getValue("examples").jsonObject

    @Test
    fun `Java sends every row as it is sent by its id`() {
        val sent = ArrayList<String>()
        val transport = Local {
            sent += "${it.method} ${it.url.substringBefore('?')} ${it.body?.decodeToString()}"
            answered("""{"code":200,"requestId":"r","data":null}""")
        }
        XportcnClient(ACCOUNT, transport).use { kotlin ->
            val client = JavaClient.of(kotlin)
            assertTrue(examples.size > 90, "${examples.size} rows")
            for ((id, params) in examples) {
                client.request(id, params.jsonObject)
                val call = javaCall(client, id)
                assertTrue(fill(call, params.jsonObject), id)
                assertEquals("r", call.execute().requestId)
                assertEquals("r", call.executeAsync().join().requestId)
                assertEquals(1, sent.toSet().size, "$id: $sent")
                assertEquals(3, sent.size)
                sent.clear()
            }
        }
    }

    @Test
    fun `a cancelled future ends its call, and an interrupted thread tells of the write that it leaves`() {
        val (begun, ended) = Pair(CountDownLatch(2), CountDownLatch(2))
        val transport = Local {
            begun.countDown()
            try {
                awaitCancellation()
            } finally {
                ended.countDown()
            }
        }
        JavaClient.of(XportcnClient(ACCOUNT, transport)).use { client ->
            val future = client.address().list().executeAsync()
            var left: Throwable? = null
            val waiting = thread {
                left =
                    runCatching { client.taobao().order().pay().orderId("1").execute() }.exceptionOrNull()
            }
            begun.await()
            assertTrue(future.cancel(true))
            assertThrows(CancellationException::class.java) { future.join() }
            waiting.interrupt()
            waiting.join()
            ended.await()
            assertInstanceOf(XportcnException.AmbiguousWrite::class.java, left)
            Thread.currentThread().interrupt()
            assertThrows(XportcnException.Cancelled::class.java) { client.address().list().execute() }
            assertTrue(Thread.interrupted(), "the thread stays interrupted")
        }
    }

    @Test
    fun `a transport of futures is held to the timeout and to the size`() {
        val silent = AsyncTransport { _, _, _ -> CompletableFuture() }
        val quick = CallOptions.Builder().maxRetries(0).timeout(20.milliseconds).build()
        JavaClient.builder(ACCOUNT).transport(silent).build().use { client ->
            assertThrows(XportcnException.Timeout::class.java) { client.withOptions(quick).address().list().execute() }
        }
        val large = AsyncTransport { _, _, most ->
            CompletableFuture.completedFuture(Response(200, emptyList(), ByteArray(most.toInt() + 1)))
        }
        val small = ACCOUNT.toBuilder().maxReplyBytes(100).build()
        JavaClient.builder(small).transport(large).build().use { client ->
            val refused =
                assertThrows(XportcnException::class.java) { client.withOptions(quick).address().list().execute() }
            assertTrue("larger than 100 bytes" in refused.message.orEmpty(), refused.message)
        }
    }
}
