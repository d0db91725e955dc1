package io.github.xportcn

import java.util.concurrent.CountDownLatch
import java.util.logging.Handler
import java.util.logging.Level
import java.util.logging.LogRecord
import java.util.logging.Logger
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import okhttp3.Interceptor
import okhttp3.OkHttpClient
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

/** Whatever a program's own parts do, no reply and no ambiguous write is replaced, and nothing is sent twice. */
class OwnPartsTest {
    @Test
    fun `a log that throws replaces nothing`() {
        val log = Logger.getLogger("io.github.xportcn")
        val broken = object : Handler() {
            override fun publish(record: LogRecord) = error("the disk is full")

            override fun flush() {}

            override fun close() {}
        }
        log.level = Level.ALL
        log.addHandler(broken)
        try {
            val odd = """{"code":200,"requestId":"r","data":{"currency":[1]}}"""
            XportcnClient(ACCOUNT, Local { answered(odd) }).use { client ->
                val reply = runBlocking { client.render() }
                assertEquals("r", reply.requestId)
                assertEquals(1, reply.warnings.size)
            }
            XportcnClient(ACCOUNT, Local { throw TransportFailure("reset", true, "gone") }).use { client ->
                failure<XportcnException.AmbiguousWrite> { client.pay() }
            }
        } finally {
            log.removeHandler(broken)
            log.level = null
        }
    }

    @Test
    fun `a transport that throws an error makes a write ambiguous, with it as its cause`() {
        val errors =
            listOf(AssertionError("a mock"), NotImplementedError(), StackOverflowError(), IllegalStateException())
        for (thrown in errors) {
            XportcnClient(ACCOUNT, Local { throw thrown }).use { client ->
                val lost = failure<XportcnException.AmbiguousWrite> { client.pay() }
                assertEquals(thrown, lost.cause?.cause)
            }
        }
    }

    @Test
    fun `a status or a header that is none is no other one`() {
        for (status in listOf(-1, 65_736, Int.MAX_VALUE)) {
            val odd = Response(status, listOf("date" to "\ud800"), envelope("r").encodeToByteArray())
            XportcnClient(ACCOUNT, Local { odd }).use { client -> failure<XportcnException> { client.pay() } }
        }
    }

    @Test
    fun `an interceptor that throws after the answer makes a write ambiguous, and one before it too`() {
        platform { answer(envelope("r")) }.use { peer ->
            val after = Interceptor { chain ->
                chain.proceed(chain.request()).close()
                error("no room")
            }
            val before = Interceptor { error("no room") }
            for (builder in listOf(
                OkHttpClient.Builder().addInterceptor(after),
                OkHttpClient.Builder().addNetworkInterceptor(after),
                OkHttpClient.Builder().addInterceptor(before),
            )) {
                client(peer.url, OkHttpTransport(builder.build())).use { client ->
                    val lost = failure<XportcnException.AmbiguousWrite> { client.pay() }
                    assertTrue("no room" in (lost.cause as XportcnException.Transport).detail, "${lost.cause}")
                }
            }
            assertEquals(2, peer.seen.size)
        }
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `what asks for a repeat gets none, and no cookie comes back`(carrier: String) {
        val asking = listOf(
            "503 Busy" to "Retry-After: 0",
            "408 Too Late" to "Connection: close",
            "401 Who" to "WWW-Authenticate: Basic realm=\"x\"",
            "302 Found" to "Location: /elsewhere",
            "307 Again" to "Location: /elsewhere",
            "308 Again" to "Location: /elsewhere",
            "421 Elsewhere" to "Retry-After: 0",
        )
        for ((status, header) in asking) {
            platform { answer("<html>", status, header, "Set-Cookie: a=b") }.use { peer ->
                client(peer.url, carrier(carrier)).use { client ->
                    failure<XportcnException> { client.pay() }
                    failure<XportcnException> { client.cancelRefund() }
                    assertEquals(2, peer.seen.size, status)
                    failure<XportcnException> { client.render() }
                    assertEquals(3, peer.seen.size, status)
                    assertTrue(peer.seen.none { "cookie" in it.headers })
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `an answer that comes twice, or late, is never the answer to another call`(carrier: String) {
        val hints = "HTTP/1.1 103 Early Hints\r\n\r\n".encodeToByteArray()
        val whole = answer(envelope("of the first"))
        val trailed = envelope("of the first").let {
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n$it\r\n0\r\nX: y\r\n".format(it.length)
        }.encodeToByteArray()
        for (first in listOf(whole + whole, hints + hints + whole, whole + hints + whole, trailed + whole)) {
            platform { count -> if (count == 1) first else answer(envelope("own")) }.use { peer ->
                client(peer.url, carrier(carrier)).use { client ->
                    runCatching { runBlocking { client.pay() } }
                    val next = runCatching { runBlocking { client.cancelRefund() } }.getOrNull()
                    assertNotEquals("of the first", next?.requestId)
                    val last = runCatching { runBlocking { client.render() } }.getOrNull()
                    assertNotEquals("of the first", last?.requestId)
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `closing a client takes no answer from those who wait, in any thread`(carrier: String) {
        val isAsked = CountDownLatch(8)
        val mayAnswer = CountDownLatch(1)
        Peer { socket ->
            while (next(socket) != null) {
                isAsked.countDown()
                mayAnswer.await()
                socket.say(answer(envelope("r")))
            }
        }.use { peer ->
            val client = client(peer.url, if (carrier == "java") JavaHttpTransport() else OkHttpTransport())
            runBlocking(Dispatchers.IO) {
                val calls = (1..8).map { async { client.render().requestId } }
                isAsked.await()
                client.close()
                mayAnswer.countDown()
                assertEquals(List(8) { "r" }, calls.map { it.await() })
            }
            failure<XportcnException.Misuse> { client.render() }
            assertEquals(8, peer.seen.size)
        }
    }

    @Test
    fun `each class loader has a library of its own`() {
        val path = System.getProperty("surefire.test.class.path") ?: System.getProperty("java.class.path")
        val urls = path.split(java.io.File.pathSeparator).map { java.io.File(it).toURI().toURL() }
        repeat(2) {
            java.net.URLClassLoader(urls.toTypedArray(), ClassLoader.getPlatformClassLoader()).use { loader ->
                val made = loader.loadClass("io.github.xportcn.LibraryTestKt").getMethod("made").invoke(null)
                assertNull(made)
            }
        }
    }
}
