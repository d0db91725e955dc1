package io.github.xportcn

import java.io.ByteArrayOutputStream
import java.lang.management.ManagementFactory
import java.lang.management.MemoryType
import java.net.Socket
import java.util.zip.GZIPOutputStream

/** What answers without end cost: answers that trickle, and small bodies that unpack to large ones. */
internal object Bounds {
    const val TIMEOUT_MS = 500
    const val MAX_BYTES = 4L shl 20

    class Cost(val error: XportcnException?, val seconds: Double, val grownMib: Long)

    private fun head(vararg lines: String) =
        listOf("HTTP/1.1 200 OK", *lines).joinToString("\r\n", postfix = "\r\n\r\n").encodeToByteArray()

    private val CHUNKED = head("Transfer-Encoding: chunked")
    private val HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".encodeToByteArray()

    /** A beginning, and then bytes one by one for ever. */
    private fun drip(start: ByteArray, more: String): Peer.(Socket) -> Unit = { socket ->
        next(socket)
        socket.say(start)
        while (true) {
            more.forEach {
                socket.say(byteArrayOf(it.code.toByte()))
                Thread.sleep(20)
            }
        }
    }

    private fun flood(start: ByteArray, more: ByteArray): Peer.(Socket) -> Unit = { socket ->
        next(socket)
        socket.say(start)
        val block = ByteArrayOutputStream()
        while (block.size() < 1 shl 16) block.write(more)
        while (true) socket.say(block.toByteArray())
    }

    private val GZIP = head("Content-Encoding: gzip", "Content-Length: 100000")

    /** Answers that never end. */
    val trickles: Map<String, Peer.(Socket) -> Unit> = mapOf(
        "nothing" to { socket ->
            next(socket)
            Thread.sleep(60_000)
        },
        "the status line" to drip(ByteArray(0), "HTTP/1.1 200 " + "O".repeat(9000)),
        "the head" to drip("HTTP/1.1 200 OK\r\n".encodeToByteArray(), "X: y\r\n"),
        "a value of the head" to drip("HTTP/1.1 200 OK\r\nX: ".encodeToByteArray(), "y"),
        "a body of known length" to drip(head("Content-Length: 100000"), " "),
        "a body without a length" to drip(head("Connection: close"), " "),
        "chunks" to drip(CHUNKED, "1\r\n \r\n"),
        "a chunk's size" to drip(CHUNKED, "0"),
        "a chunk's extension" to drip(CHUNKED + "1;".encodeToByteArray(), "x"),
        "trailers" to drip(CHUNKED + "d\r\n{\"code\":200} \r\n0\r\n".encodeToByteArray(), "X: y\r\n"),
        "gzip" to drip(GZIP + gzip("{\"code\":200".encodeToByteArray()).copyOf(14), "\u0000\u0000"),
        "gzip without content" to drip(GZIP, String(gzip(ByteArray(0)), Charsets.ISO_8859_1)),
    )

    /** Answers that are too much; the error may be any but an answer, and the time is not up. */
    val floods: Map<String, Peer.(Socket) -> Unit> = mapOf(
        "1xx" to flood(ByteArray(0), HINTS),
        "a head" to flood("HTTP/1.1 200 OK\r\n".encodeToByteArray(), "X: y\r\n".encodeToByteArray()),
        "a line of the head" to flood("HTTP/1.1 200 OK\r\nX: ".encodeToByteArray(), "y".encodeToByteArray()),
        "trailers" to flood(CHUNKED + "0\r\n".encodeToByteArray(), "X: y\r\n".encodeToByteArray()),
        "chunks of one byte" to flood(CHUNKED, "1\r\n \r\n".encodeToByteArray()),
        "a body without a length" to flood(head(), " ".encodeToByteArray()),
    )

    /** Small bodies that unpack to large ones, by the value of `content-encoding`. */
    val bombs: Map<String, ByteArray> by lazy {
        val packed = gzip(ByteArray(64 shl 20) { ' '.code.toByte() })
        listOf("gzip", "x-gzip", "GZIP").associateWith { packed } + mapOf(
            "gzip, gzip" to gzip(packed),
            "br" to packed,
            "zstd" to packed,
            "deflate" to packed,
        )
    }

    fun bomb(name: String): Peer.(Socket) -> Unit = { socket ->
        next(socket)
        socket.say(answer(bombs.getValue(name), "200 OK", "Content-Encoding: $name"))
    }

    /** What one call costs. */
    fun cost(carrier: String, serve: Peer.(Socket) -> Unit, timeoutMs: Int): Cost = Peer(serve = serve).use { peer ->
        client(peer.url, carrier(carrier), timeoutMs, MAX_BYTES).use { client ->
            val pools = ManagementFactory.getMemoryPoolMXBeans().filter { it.type == MemoryType.HEAP }
            System.gc()
            pools.forEach { it.resetPeakUsage() }
            val before = pools.sumOf { it.usage.used }
            val began = System.nanoTime()
            val error = runCatching { kotlinx.coroutines.runBlocking { client.render() } }.exceptionOrNull()
            val seconds = (System.nanoTime() - began) / 1e9
            Cost(error as XportcnException?, seconds, (pools.sumOf { it.peakUsage.used } - before) shr 20)
        }
    }
}

internal fun gzip(bytes: ByteArray): ByteArray {
    val packed = ByteArrayOutputStream()
    GZIPOutputStream(packed).use { it.write(bytes) }
    return packed.toByteArray()
}

/** Prints what each costs. The heap grows by garbage, too: what it grew is the most that can have been needed. */
fun main() {
    println("transport  answer                              error      seconds  heap grew, MiB")
    for (carrier in listOf("java", "okhttp")) {
        val cases = Bounds.trickles.map { (name, serve) -> Triple("trickled: $name", serve, Bounds.TIMEOUT_MS) } +
            Bounds.floods.map { (name, serve) -> Triple("flood: $name", serve, 5000) } +
            Bounds.bombs.keys.map { Triple("bomb: $it", Bounds.bomb(it), 5000) }
        for ((name, serve, timeout) in cases) {
            val cost = Bounds.cost(carrier, serve, timeout)
            val row = "%-10s %-35s %-10s %7.2f  %14d"
            println(row.format(carrier, name, cost.error?.kind, cost.seconds, cost.grownMib))
        }
    }
    kotlin.system.exitProcess(0)
}
