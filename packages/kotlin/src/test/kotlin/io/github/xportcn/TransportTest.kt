package io.github.xportcn

import io.github.xportcn.models.TaobaoOrderLine
import io.github.xportcn.models.TaobaoReceiver
import io.ktor.client.engine.cio.CIO
import java.io.IOException
import java.math.BigDecimal
import java.net.http.HttpClient
import java.time.Duration
import java.util.logging.Handler
import java.util.logging.Level
import java.util.logging.LogRecord
import java.util.logging.Logger
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.withTimeoutOrNull
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

/** What goes wrong on the way, and what is called off. */
class TransportTest {
    private suspend fun XportcnClient.render() =
        taobao.afterSale.render(subOrderId = "1034499579120189839", goodsStatus = 1, refundType = 1)

    private suspend fun XportcnClient.order() = taobao.order.purchaseCreate(
        orderLineList = listOf(
            TaobaoOrderLine {
                itemId = "600126245031041190"
                skuId = "5016042822039"
                quantity = 1
            },
        ),
        purchaseAmount = BigDecimal("1.50"),
        receiver = TaobaoReceiver {
            name = "张三"
            mobilePhone = "13800000000"
            state = "浙江省"
            city = "杭州市"
            district = "余杭区"
            address = "象山路1号"
            zip = "310024"
        },
    )

    @ParameterizedTest
    @CsvSource(
        "java,503,Http",
        "java,html,Decode",
        "java,slow,Timeout",
        "java,reset,Transport",
        "okhttp,503,Http",
        "okhttp,html,Decode",
        "okhttp,slow,Timeout",
        "okhttp,reset,Transport",
        "ktor,503,Http",
        "ktor,html,Decode",
        "ktor,slow,Timeout",
        "ktor,reset,Transport",
    )
    fun `faults are told apart, and a write is ambiguous`(carrier: String, fault: String, kind: String) {
        val transport = transport(carrier)
        Sandbox("--fault", "kinds=$fault,slow-ms=5000").use { sandbox ->
            sandbox.client(
                CallOptions {
                    maxRetries = 0
                    timeout = 500.milliseconds
                },
                transport,
            ).use { client ->
                assertEquals(kind, failure<XportcnException> { client.render() }.kind)
                val lost = failure<XportcnException.AmbiguousWrite> { client.order() }
                assertEquals(kind, (lost.cause as XportcnException).kind)
                assertTrue("taobao." in lost.recovery, lost.recovery)
            }
        }
    }

    @Test
    fun `the client's timeout holds, and not that of Ktor's engine`() {
        val hasty = CIO.create { requestTimeout = 50 }
        hasty.use {
            Sandbox("--fault", "kinds=slow,slow-ms=500").use { sandbox ->
                sandbox.client(CallOptions { maxRetries = 0 }, KtorTransport(hasty)).use { client ->
                    assertEquals("CNY", runBlocking { client.render() }.data.currency)
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `a transport that was closed refuses what is sent then, and ends its own threads`(carrier: String) {
        fun threads() = Thread.getAllStackTraces().keys.filter {
            it.name.startsWith("OkHttp") &&
                it.name != "OkHttp TaskRunner"
        }
        val before = threads().toSet()
        val transport = transport(carrier)
        Sandbox().use { sandbox ->
            sandbox.client(transport = transport).use { runBlocking { it.render() } }
        }
        val request = Request("GET", "http://127.0.0.1:1/", isDirect = true)
        val refused = failure<TransportFailure> { transport.send(request, 5.seconds, 100) }
        assertEquals(Pair(false, "the transport has been closed"), Pair(refused.maybeSent, refused.detail))
        val end = System.nanoTime() + 5_000_000_000
        while ((threads() - before).isNotEmpty() && System.nanoTime() < end) Thread.sleep(10)
        assertEquals(emptyList<Thread>(), threads() - before)
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp", "ktor")
    fun `nobody listens`(carrier: String) {
        val transport = transport(carrier)
        val config = XportcnConfig("k", "s", "u") {
            options = CallOptions { maxRetries = 0 }
            baseUrl = "http://127.0.0.1:1"
        }
        XportcnClient(config, transport).use { client ->
            val lost = failure<XportcnException.Transport> { client.order() }
            assertEquals("connect", lost.transportKind)
            assertEquals(false, (lost.cause as TransportFailure).maybeSent)
        }
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `a name that is not known`(carrier: String) = runBlocking<Unit> {
        val transport = transport(carrier)
        val request = Request("GET", "http://nothing.invalid/", emptyList(), null, isWrite = false, isDirect = true)
        val lost = runCatching { transport.send(request, 5.seconds, 100) }.exceptionOrNull() as TransportFailure
        assertEquals("dns", lost.kind)
        assertEquals(false, lost.maybeSent)
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `no write is sent twice when its connection breaks, not even a GET`(carrier: String) = runBlocking<Unit> {
        Breaking().use { server ->
            val transport = transport(carrier)
            val config = XportcnConfig("k", "s", "u") {
                options = CallOptions { maxRetries = 3 }
                baseUrl = server.url
            }
            XportcnClient(config, transport).use { client ->
                assertEquals("CNY", client.render().data.currency)
                assertEquals(1, server.requests.get())
                failure<XportcnException.AmbiguousWrite> { client.taobao.afterSale.cancel(refundId = "1") }
                assertEquals(2, server.requests.get())
            }
        }
    }

    @Test
    fun `a transport that throws is the cause, and a timeout of its own is a failure`() {
        val broken = IOException("no cable")
        XportcnClient(ACCOUNT, Local { throw broken }).use { client ->
            val lost =
                failure<XportcnException.Transport> { client.withOptions(CallOptions { maxRetries = 0 }).render() }
            assertEquals("other", lost.transportKind)
            assertEquals("IOException: no cable", lost.detail)
            assertSame(broken, lost.cause)
        }
        XportcnClient(
            ACCOUNT,
            Local {
                withTimeout(1) {
                    delay(60_000)
                    answered("")
                }
            },
        ).use { client ->
            failure<XportcnException.Transport> { client.withOptions(CallOptions { maxRetries = 0 }).render() }
        }
    }

    @Test
    fun `a wait between attempts is called off at once`() = runBlocking<Unit> {
        var attempts = 0
        val slow =
            CallOptions {
                maxRetries = 9
                initialBackoff = 60.seconds
                maxBackoff = 60.seconds
                deadline = 15.minutes
            }
        XportcnClient(
            ACCOUNT,
            Local {
                attempts++
                Response(503, listOf("retry-after" to "50"), ByteArray(0))
            },
        ).use { client ->
            val started = System.nanoTime()
            assertNull(withTimeoutOrNull(300) { client.withOptions(slow).render() })
            assertTrue(System.nanoTime() - started < 10_000_000_000)
            assertEquals(1, attempts)
        }
    }

    @Test
    fun `a client that follows redirects or keeps cookies is not taken`() {
        val client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()
        assertThrows(IllegalArgumentException::class.java) { JavaHttpTransport(client) }
        val keeping = HttpClient.newBuilder().cookieHandler(java.net.CookieManager()).build()
        assertThrows(IllegalArgumentException::class.java) { JavaHttpTransport(keeping) }
        JavaHttpTransport(HttpClient.newHttpClient())
    }

    @Test
    fun `a write that is called off is told to the log`() {
        val lines = logged {
            runBlocking {
                XportcnClient(
                    ACCOUNT,
                    Local {
                        delay(60_000)
                        answered("")
                    },
                ).use { client ->
                    val job = launch { client.order() }
                    delay(200)
                    job.cancel()
                    job.join()
                }
            }
        }
        assertTrue(lines.any { "may have been carried out" in it }, "$lines")
    }

    @Test
    fun `neither secret nor signature gets into the log or an error`() {
        val seen = ArrayList<String>()
        seen += logged {
            Sandbox("--fault", "kinds=503|reset|html|slow,slow-ms=2000,rate=0.5,seed=3").use { sandbox ->
                val quick = CallOptions {
                    maxRetries = 2
                    initialBackoff = 1.milliseconds
                    timeout = 300.milliseconds
                }
                for (transport in listOf(JavaHttpTransport(), OkHttpTransport())) {
                    val record = object : Transport by transport {
                        override suspend fun send(request: Request, timeout: Duration, maxBytes: Long): Response {
                            signatures += request.headers.toMap().getValue("signature")
                            return transport.send(request, timeout, maxBytes)
                        }
                    }
                    sandbox.client(quick, record).use { client ->
                        repeat(12) {
                            runCatching { runBlocking { client.render() } }.exceptionOrNull()?.let {
                                seen +=
                                    it.stackTraceToString()
                            }
                            runCatching { runBlocking { client.order() } }.exceptionOrNull()?.let {
                                seen +=
                                    it.stackTraceToString()
                            }
                        }
                    }
                }
            }
        }
        assertTrue(seen.size > 24 && signatures.size >= 24)
        assertTrue(seen.none { line -> "sandbox-secret" in line || signatures.any { it in line } })
    }

    private val signatures = java.util.concurrent.ConcurrentLinkedQueue<String>()

    /** What the package says while something is done, with all that it says to those who look closely. */
    private fun logged(work: () -> Unit): List<String> {
        val lines = java.util.Collections.synchronizedList(ArrayList<String>())
        val listener = object : Handler() {
            override fun publish(record: LogRecord) {
                lines += record.message
            }

            override fun flush() {}

            override fun close() {}
        }
        val log = Logger.getLogger("io.github.xportcn")
        log.level = Level.ALL
        log.addHandler(listener)
        try {
            work()
        } finally {
            log.removeHandler(listener)
            log.level = null
        }
        return lines
    }
}
