package io.github.xportcn

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import org.junit.jupiter.params.provider.MethodSource

/** Time and memory hold, whatever answers. */
class BoundsTest {
    @ParameterizedTest
    @MethodSource("trickles")
    fun `an answer that trickles ends with the time`(carrier: String, name: String) {
        val cost = Bounds.cost(carrier, Bounds.trickles.getValue(name), Bounds.TIMEOUT_MS)
        val kind = when (carrier to name) {
            // Java does not wait for trailers: the reply is whole without them.
            "java" to "trailers" -> null
            // Ktor's engine takes none, and says so at once.
            "ktor" to "trailers" -> "Transport"
            else -> "Timeout"
        }
        assertEquals(kind, cost.error?.kind, cost.error?.message)
        assertTrue(cost.seconds < 3, "${cost.seconds} s")
    }

    @ParameterizedTest
    @MethodSource("floods")
    fun `an answer without end is read no further than allowed`(carrier: String, name: String) {
        val cost = Bounds.cost(carrier, Bounds.floods.getValue(name), 2000)
        assertTrue(cost.error != null, "there is no reply")
        assertTrue(cost.seconds < 5, "${cost.seconds} s")
        // Where nothing but memory is a limit, the heap of 192 MB ends it, and the error is none of these.
        assertTrue(cost.error?.kind in listOf("Decode", "Transport", "Timeout"), "${cost.error}")
        assertTrue("OutOfMemory" !in "${cost.error?.stackTraceToString()}")
    }

    @ParameterizedTest
    @MethodSource("bombs")
    fun `a small body that unpacks to a large one is unpacked no further than allowed`(carrier: String, name: String) {
        val cost = Bounds.cost(carrier, Bounds.bomb(name), 10_000)
        val words = when (name) {
            "gzip, gzip" -> "compressed 2 times"
            "br", "zstd", "deflate" -> "`$name`, which was not asked for"
            else -> "larger than ${Bounds.MAX_BYTES} bytes"
        }
        val error = cost.error as XportcnException.Decode
        assertTrue(words in error.reason, error.reason)
        assertTrue(cost.grownMib < 80, "${cost.grownMib} MiB")
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp", "ktor")
    fun `what is compressed as asked for is read`(carrier: String) {
        val body = envelope("r").encodeToByteArray()
        val half = body.size / 2
        val members = gzip(body.copyOf(half)) + gzip(ByteArray(0)) + gzip(body.copyOfRange(half, body.size))
        val right = listOf("gzip", "GZip", "x-gzip", " gzip ,", "identity, gzip").map { it to gzip(body) } +
            listOf("gzip" to members, "gzip" to gzip(body) + ByteArray(8), "identity" to body, "" to body)
        for ((encoding, sent) in right) {
            platform { answer(sent, "200 OK", "Content-Encoding: $encoding") }.use { peer ->
                client(peer.url, carrier(carrier)).use { client ->
                    assertEquals("r", runBlocking { client.render() }.requestId, encoding)
                }
                assertEquals("gzip", peer.seen.single().headers["accept-encoding"])
            }
        }
    }

    @ParameterizedTest
    @CsvSource("java", "okhttp", "ktor")
    fun `what cannot be unpacked is an answer that cannot be read`(carrier: String) {
        val body = gzip(envelope("r").encodeToByteArray())
        val changed = body.clone().also { it[it.size - 8]++ }
        val wrong = listOf(
            body.copyOf(body.size - 9) to "cut off",
            body.copyOf(1) to "cut off",
            envelope("r").encodeToByteArray() to "does not begin as gzip",
            changed to "its sum is another",
            gzip(ByteArray(0)).let { ByteArray(it.size * 10_001) { at -> it[at % it.size] } } to "10000 parts",
        )
        for ((sent, words) in wrong) {
            platform { answer(sent, "200 OK", "Content-Encoding: gzip") }.use { peer ->
                client(peer.url, carrier(carrier)).use { client ->
                    val error = failure<XportcnException.Decode> { client.render() }
                    assertTrue(words in error.reason, error.reason)
                    failure<XportcnException.AmbiguousWrite> { client.pay() }
                }
            }
        }
    }

    companion object {
        private val ALL = listOf("java", "okhttp", "ktor")

        @JvmStatic
        fun trickles() = each(Bounds.trickles.keys, ALL)

        /** Ktor's CIO takes a line of the head for as long as there is memory: the README says so. */
        @JvmStatic
        fun floods() =
            each(Bounds.floods.keys, ALL - "ktor") + each(Bounds.floods.keys - "a line of the head", listOf("ktor"))

        @JvmStatic
        fun bombs() = each(Bounds.bombs.keys, ALL)
    }
}
