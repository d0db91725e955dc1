package io.github.xportcn

import java.util.Collections
import java.util.logging.Handler
import java.util.logging.Level
import java.util.logging.LogRecord
import java.util.logging.Logger
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.flow.takeWhile
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What listeners and the log are told of calls. */
class EventsTest {
    private val quick =
        XportcnConfig("key", SECRET, "user") { options = CallOptions { initialBackoff = 1.milliseconds } }

    /** Is busy at first, and answers then. */
    private fun recovering(): Local {
        var attempts = 0
        return Local {
            attempts += 1
            if (attempts ==
                1
            ) {
                Response(503, listOf("X-Request-Id" to "gw-1"), ByteArray(4))
            } else {
                answered(envelope("r-1"))
            }
        }
    }

    @Test
    fun `a listener is told of everything that happens to a call, in order`() = runBlocking<Unit> {
        val events = Collections.synchronizedList(ArrayList<CallEvent>())
        XportcnClient(quick, recovering()) { events += it }.use { it.render() }
        val expected = listOf("Started", "Sent", "Answered", "Retrying", "Sent", "Answered", "Ended")
        assertEquals(expected, events.map { it.javaClass.simpleName })
        assertEquals("taobao.after_sale.render", (events[0] as CallEvent.Started).endpoint)
        val sent = events[1] as CallEvent.Sent
        assertEquals(Pair(1, "POST"), Pair(sent.attempt, sent.method))
        assertTrue(sent.url.endsWith("/open/order/refund/render"), sent.url)
        val busy = events[2] as CallEvent.Answered
        assertEquals(
            listOf(503, 4L, "gw-1", "gw-1"),
            listOf(busy.status, busy.bytes, busy.headers["x-request-id"], busy.requestId),
        )
        val retrying = events[3] as CallEvent.Retrying
        assertEquals(Triple(2, "Http", false), Triple(retrying.attempt, retrying.error, retrying.isAsked))
        val ended = events[6] as CallEvent.Ended
        assertEquals(listOf(2, null, "r-1"), listOf(ended.attempts, ended.error, ended.requestId))
        assertEquals(events.sortedBy { it.at }, events.toList())
    }

    @Test
    fun `a value that does not fit, a lost write and a refusal are events`() {
        val events = Collections.synchronizedList(ArrayList<CallEvent>())
        fun told(answer: suspend (Request) -> Response, call: suspend (XportcnClient) -> Unit): List<CallEvent> {
            events.clear()
            XportcnClient(quick, Local(answer)) { events += it }.use { runBlocking { runCatching { call(it) } } }
            return events.toList()
        }
        val odd = told({ answered("""{"code":200,"data":{"currency":[1]}}""") }) { it.render() }
        assertEquals("data.currency", odd.filterIsInstance<CallEvent.Warned>().single().warning.path)
        val lost = told({ throw TransportFailure("reset", true, "gone") }) { it.pay() }
        val failed = lost.filterIsInstance<CallEvent.Failed>().single()
        assertEquals(Triple("reset", true, "gone"), Triple(failed.failure, failed.maybeSent, failed.detail))
        assertEquals("AmbiguousWrite", (lost.last() as CallEvent.Ended).error)
        val refused = told({ answered("""{"code":40001,"msg":"no","requestId":"r-9"}""") }) { it.render() }
        val ended = refused.last() as CallEvent.Ended
        assertEquals(Triple("Api", "40001", "r-9"), Triple(ended.error, ended.code, ended.requestId))
    }

    @Test
    fun `the events of a client are a flow`() = runBlocking<Unit> {
        XportcnClient(quick, recovering()).use { client ->
            val told = async(start = CoroutineStart.UNDISPATCHED) {
                client.events.takeWhile { it !is CallEvent.Ended }.toList()
            }
            client.render()
            assertEquals(6, told.await().size)
        }
    }

    @Test
    fun `one view of a client has a listener of its own, and those of the client too`() = runBlocking<Unit> {
        var ofAll = 0
        var ofOne = 0
        XportcnClient(ACCOUNT, Local { answered(envelope("r")) }) { ofAll += 1 }.use { client ->
            client.withOptions { ofOne += 1 }.render()
            client.render()
        }
        assertEquals(Pair(8, 4), Pair(ofAll, ofOne))
    }

    @Test
    fun `a listener that throws costs no reply, and the log has it once`() {
        val lines = logged(Level.SEVERE) {
            XportcnClient(
                ACCOUNT,
                Local {
                    answered(envelope("r"))
                },
            ) { throw NotImplementedError("a listener") }.use { client ->
                assertEquals("r", client.render().requestId)
                assertEquals("r", client.render().requestId)
            }
        }
        assertEquals(1, lines.size, "$lines")
        assertTrue("a listener" in lines[0])
    }

    @Test
    fun `the log has attempts at FINE, retries at INFO, warnings and writes in doubt at WARNING`() {
        suspend fun all() {
            XportcnClient(quick, recovering()).use { it.render() }
            XportcnClient(quick, Local { answered(TWO_ODD) }).use { it.render() }
            XportcnClient(quick, Local { throw TransportFailure("reset", true, "gone") }).use { client ->
                runCatching { client.pay() }
            }
        }
        val fine = logged(Level.FINE) { all() }
        assertTrue(fine.any { "attempt 1: POST https://" in it } && fine.any { "HTTP 503" in it }, "$fine")
        val info = logged(Level.INFO) { all() }
        val expected = listOf("attempt 2 follows", "data.currency", "may have been carried out")
        assertEquals(3, info.size, "$info")
        assertTrue(expected.zip(info).all { (part, line) -> part in line }, "$info")
        val warnings = logged(Level.WARNING) { all() }
        assertEquals(info.drop(1), warnings)
    }

    @Test
    fun `XPORTCN_LOG prints the log on the standard error`() {
        fun printed(level: String): String {
            val java = "${System.getProperty("java.home")}/bin/java"
            val path = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
            val builder = ProcessBuilder(java, "-cp", path, "io.github.xportcn.EventsTestKt")
            builder.environment()["XPORTCN_LOG"] = level
            val ended = builder.redirectErrorStream(true).start()
            return ended.inputStream.bufferedReader().readText().also { assertEquals(0, ended.waitFor(), it) }
        }
        val debug = printed("debug")
        assertTrue("xportcn debug: taobao.after_sale.render: attempt 1: HTTP 200" in debug, debug)
        assertTrue("xportcn warning: taobao.after_sale.render: data.currency" in debug, debug)
        val warning = printed("WARNING")
        assertTrue("xportcn warning: " in warning && "debug" !in warning, warning)
        assertTrue("it may be debug, info, warning or error" in printed("loud"))
    }

    @Test
    fun `with every log, listener and interceptor on, no secret and no signature is told`() {
        val seen = Collections.synchronizedList(ArrayList<String>())
        val signatures = Collections.synchronizedList(ArrayList<String>())
        val watching = Interceptor { chain ->
            signatures += chain.request.headers.first { it.first == "signature" }.second
            seen += "${chain.request} ${chain.endpoint}"
            chain.proceed().also { seen += "$it" }
        }
        val lines = logged(Level.ALL) {
            Sandbox("--fault", "kinds=503|reset|html,rate=0.5,seed=3").use { sandbox ->
                XportcnClient(sandbox.config(), interceptors = listOf(watching)) { seen += "$it" }.use { client ->
                    repeat(3) {
                        runCatching { client.render() }.also {
                            seen +=
                                "$it ${it.exceptionOrNull()?.stackTraceToString()}"
                        }
                        runCatching {
                            client.pay()
                        }.also { seen += "$it ${it.exceptionOrNull()?.stackTraceToString()}" }
                        runCatching { client.warehouse.previewFreight() }.also { seen += "$it" }
                    }
                }
            }
        }
        val all = seen + lines
        assertTrue(signatures.size >= 6 && all.size > 40, "${signatures.size} ${all.size}")
        assertTrue(all.none { line -> "sandbox-secret" in line || signatures.any { it in line } })
    }

    private fun logged(level: Level, work: suspend () -> Unit): List<String> {
        val lines = Collections.synchronizedList(ArrayList<String>())
        val listener = object : Handler() {
            override fun publish(record: LogRecord) {
                lines += record.message
            }

            override fun flush() {}

            override fun close() {}
        }
        val log = Logger.getLogger("io.github.xportcn")
        log.level = level
        log.addHandler(listener)
        try {
            runBlocking { work() }
        } finally {
            log.removeHandler(listener)
            log.level = null
        }
        return lines
    }
}

private const val SECRET = "hidden-secret"
private const val TWO_ODD = """{"code":200,"requestId":"r","data":{"currency":[1],"refundOrderTemplate":1}}"""

/** A program that calls once, without a network. */
fun main() = runBlocking<Unit> { XportcnClient(ACCOUNT, Local { answered(TWO_ODD) }).use { it.render() } }
