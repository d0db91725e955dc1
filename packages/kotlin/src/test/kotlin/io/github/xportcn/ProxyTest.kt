package io.github.xportcn

import java.net.ProxySelector
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

/** What is for this machine goes through no proxy, whatever the program or its surroundings say. */
class ProxyTest {
    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `a proxy of the program's own does not see it`(carrier: String) = seenByNone { proxy ->
        carrier(carrier, proxy = proxy.address)
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `a proxy of the machine does not see it`(carrier: String) {
        val before = ProxySelector.getDefault()
        try {
            seenByNone { proxy ->
                ProxySelector.setDefault(Always(proxy.address))
                carrier(carrier)
            }
            seenByNone { if (carrier == "java") JavaHttpTransport() else OkHttpTransport() }
        } finally {
            ProxySelector.setDefault(before)
        }
    }

    private fun seenByNone(transport: (Peer) -> Transport) {
        val proxy = Peer { socket ->
            next(socket)
            socket.say(answer(envelope("of the proxy")))
        }
        proxy.use {
            platform { answer(envelope("of the platform")) }.use { peer ->
                for (url in listOf(peer.url, peer.url.replace("127.0.0.1", "localhost"), "${peer.url}/api")) {
                    client(url, transport(proxy)).use { client ->
                        assertEquals("of the platform", runBlocking { client.render() }.requestId)
                        assertEquals("of the platform", runBlocking { client.pay() }.requestId)
                    }
                }
            }
            assertEquals(0, proxy.seen.size)
        }
    }
}
