package io.github.xportcn

import java.util.zip.CRC32
import java.util.zip.DataFormatException
import java.util.zip.Inflater

/** What is asked for: the one compression that [unpacked] knows. */
internal const val ACCEPT_ENCODING: String = "gzip"

/**
 * A body without its compression, of which there may be one layer of gzip.
 *
 * @param encodings The values of `content-encoding`.
 * @throws TransportFailure `broken` for what cannot be unpacked, `too-large` for what unpacks to more than is allowed.
 */
internal fun unpacked(encodings: List<String>, body: ByteArray, maxBytes: Long): ByteArray {
    val names = encodings.flatMap { it.split(",") }.map { it.trim().lowercase() }
        .filter { it.isNotEmpty() && it != "identity" }
    names.firstOrNull { it != "gzip" && it != "x-gzip" }
        ?.let { throw broken("the body is compressed as `$it`, which was not asked for") }
    if (names.size > 1) throw broken("the body is compressed ${names.size} times")
    return if (names.isEmpty() || body.isEmpty()) body else Gzip(body, maxBytes).unpacked()
}

private fun broken(detail: String) = TransportFailure("broken", true, detail)

/** The most members that one body may have; each costs time, and may be empty. */
private const val MOST_MEMBERS = 10_000
private const val TEXT_CRC = 2
private const val EXTRA = 4
private const val NAME = 8
private const val COMMENT = 16

/** Members of gzip, one after the other (RFC 1952). Java's own reader calls itself for each. */
private class Gzip(private val packed: ByteArray, private val maxBytes: Long) {
    private val inflater = Inflater(true)
    private val out = Bytes(packed.size.toLong(), maxBytes)
    private val piece = ByteArray(1 shl 14)
    private var at = 0

    fun unpacked(): ByteArray = try {
        var members = 0
        do {
            if (++members > MOST_MEMBERS) throw broken("the body is compressed in more than $MOST_MEMBERS parts")
            member()
        } while (hasMagic())
        out.all()
    } catch (error: DataFormatException) {
        throw TransportFailure("broken", true, "the compressed body is damaged: ${error.message}", error)
    } finally {
        inflater.end()
    }

    private fun member() {
        if (packed.size - at < 2) throw cutOff()
        if (!hasMagic()) throw broken("the compressed body is damaged: it does not begin as gzip does")
        head()
        val sum = CRC32()
        inflater.reset()
        inflater.setInput(packed, at, packed.size - at)
        while (!inflater.finished()) {
            val length = inflater.inflate(piece)
            if (length == 0 && !inflater.finished()) throw cutOff()
            sum.update(piece, 0, length)
            out.add(piece, length)
        }
        at = packed.size - inflater.remaining
        val isWhole = number() == sum.value && number() == inflater.bytesWritten and 0xFFFF_FFFFL
        if (!isWhole) throw broken("the compressed body is damaged: its sum is another")
    }

    private fun hasMagic() = packed.size - at >= 2 && packed[at] == 0x1f.toByte() && packed[at + 1] == 0x8b.toByte()

    private fun head() {
        at += 3
        val flags = byte()
        at += 6
        if (flags and EXTRA != 0) at += byte() + (byte() shl 8)
        if (flags and NAME != 0) passText()
        if (flags and COMMENT != 0) passText()
        if (flags and TEXT_CRC != 0) at += 2
        if (at > packed.size) throw cutOff()
    }

    private fun passText() {
        while (byte() != 0) Unit
    }

    private fun number(): Long = (0..3).fold(0L) { sum, place -> sum or (byte().toLong() shl 8 * place) }

    private fun byte(): Int = if (at in packed.indices) packed[at++].toInt() and 0xff else throw cutOff()

    private fun cutOff() = broken("the compressed body is cut off")
}
