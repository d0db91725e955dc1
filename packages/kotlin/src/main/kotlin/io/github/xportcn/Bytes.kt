package io.github.xportcn

import java.nio.ByteBuffer

/** The most that is kept ready for what an answer announces: that may be wrong. */
private const val MOST_AHEAD = 1L shl 20

/**
 * Bytes that come in pieces. They are copied, for a piece of one byte may be part of a buffer of 16 KB.
 *
 * @param expected How many may come.
 * @throws TransportFailure `too-large` for more than [maxBytes].
 */
internal class Bytes(expected: Long, private val maxBytes: Long) {
    private var bytes = ByteArray(expected.coerceIn(0, minOf(MOST_AHEAD, maxBytes)).toInt())
    private var size = 0

    fun add(piece: ByteBuffer) {
        val length = piece.remaining()
        reserve(length)
        piece.get(bytes, size, length)
        size += length
    }

    fun add(piece: ByteArray, length: Int) {
        reserve(length)
        piece.copyInto(bytes, size, 0, length)
        size += length
    }

    fun all(): ByteArray = if (size == bytes.size) bytes else bytes.copyOf(size)

    private fun reserve(more: Int) {
        val needed = size + more.toLong()
        if (needed > minOf(maxBytes, Int.MAX_VALUE - 8L)) throw tooLarge(maxBytes)
        if (needed <= bytes.size) return
        bytes = bytes.copyOf(maxOf(needed, minOf(bytes.size * 2L, maxBytes, Int.MAX_VALUE - 8L)).toInt())
    }
}
