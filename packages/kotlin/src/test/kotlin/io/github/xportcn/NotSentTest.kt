package io.github.xportcn

import java.net.Socket
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.MethodSource

/** What certainly was not sent, and is therefore not ambiguous. */
class NotSentTest {
    @ParameterizedTest
    @MethodSource("tls")
    fun `where TLS fails, a write has not left`(carrier: String, name: String) {
        val peer = when (name) {
            "no TLS" -> Peer { socket ->
                hello(socket)
                socket.say("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            }
            "another version" -> Peer { socket -> alert(socket, 70) }
            "no cipher in common" -> Peer { socket -> alert(socket, 40) }
            "an unknown name" -> Peer { socket -> alert(socket, 112) }
            "an end at once" -> Peer { socket -> hello(socket) }
            "an unknown authority" -> secure("good")
            else -> secure(name)
        }
        peer.use {
            val trusts = name != "an unknown authority"
            client(peer.secure, carrier(carrier, trusting = trusts)).use { client ->
                isNotSent(name) { client.pay() }
                // Java begins a GET again where TLS ends without a word, and does not tell how the first time ended.
                if (carrier == "java" && name == "an end at once") {
                    failure<XportcnException.AmbiguousWrite> { client.cancelRefund() }
                } else {
                    isNotSent(name) { client.cancelRefund() }
                }
            }
            assertEquals(0, peer.seen.size)
        }
    }

    private fun isNotSent(name: String, write: suspend () -> Any) {
        val lost = failure<XportcnException.Transport> { write() }
        assertEquals("tls", lost.transportKind, "$name: ${lost.detail}")
        assertFalse((lost.cause as TransportFailure).maybeSent)
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `a certificate that is right is sent to`(carrier: String) {
        secure("good").use { peer ->
            client(peer.url, carrier(carrier, trusting = true)).use { client ->
                assertEquals("r", runBlocking { client.render() }.requestId)
            }
        }
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `a server that asks who calls, after the request has left, makes a write ambiguous`(carrier: String) {
        Peer(Certificates.of("good"), asksWho = true) { socket -> next(socket) }.use { peer ->
            client(peer.url, carrier(carrier, trusting = true)).use { client ->
                failure<XportcnException.AmbiguousWrite> { client.pay() }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("proxies")
    fun `where a proxy refuses, a write has not left`(carrier: String, answer: String) {
        val proxy = Peer { socket ->
            next(socket)
            if (answer.isNotEmpty()) {
                socket.say("HTTP/1.1 $answer\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n")
            }
        }
        proxy.use {
            client("https://shop.example", carrier(carrier, proxy = proxy.address)).use { client ->
                val lost = failure<XportcnException.Transport> { client.pay() }
                assertEquals("connect", lost.transportKind, lost.detail)
                assertFalse((lost.cause as TransportFailure).maybeSent)
            }
            assertTrue(proxy.seen.isNotEmpty())
            assertTrue(proxy.seen.all { it.line == "CONNECT shop.example:443 HTTP/1.1" })
            assertTrue(proxy.seen.none { "signature" in it.headers || "access-key" in it.headers })
        }
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `an unknown name, and a proxy that is not there`(carrier: String) {
        val gone = Peer { }.also { it.close() }.address
        for ((kind, proxy) in listOf("dns" to null, "connect" to gone)) {
            client("https://nothing.invalid", carrier(carrier, proxy = proxy)).use { client ->
                assertEquals(kind, failure<XportcnException.Transport> { client.pay() }.transportKind)
            }
        }
    }

    @ParameterizedTest
    @CsvSource("okhttp")
    fun `where the time ends within TLS, a write has not left`(carrier: String) {
        Peer { socket ->
            hello(socket)
            Thread.sleep(10_000)
        }.use { peer ->
            client(peer.secure, carrier(carrier), timeoutMs = 400).use { client ->
                assertEquals("connect", failure<XportcnException.Transport> { client.pay() }.transportKind)
            }
        }
    }

    companion object {
        private val TLS = listOf(
            "no TLS",
            "another version",
            "no cipher in common",
            "an unknown name",
            "an end at once",
            "an unknown authority",
            "expired",
            "early",
            "elsewhere",
        )
        private val PROXIES =
            listOf("403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway", "302 Found", "")

        @JvmStatic
        fun tls() = each(TLS)

        @JvmStatic
        fun proxies() = each(PROXIES)
    }
}

/** Each with each transport. */
internal fun each(names: Collection<String>, carriers: List<String> = listOf("java", "okhttp")) =
    carriers.flatMap { carrier ->
        names.map { org.junit.jupiter.params.provider.Arguments.of(carrier, it) }
    }

private fun secure(name: String) = Peer(Certificates.of(name)) { socket ->
    while (next(socket) != null) socket.say(answer(envelope("r")))
}

/** Reads a client's first words in TLS. */
private fun hello(socket: Socket) {
    val head = socket.getInputStream().readNBytes(5)
    socket.getInputStream().readNBytes((head[3].toInt() and 0xff shl 8) or (head[4].toInt() and 0xff))
}

/** Ends TLS with a fatal alert. */
private fun alert(socket: Socket, code: Int) {
    hello(socket)
    socket.say(byteArrayOf(21, 3, 3, 0, 2, 2, code.toByte()))
}
