package io.github.xportcn.core

import java.io.ByteArrayInputStream
import java.io.InputStream
import java.security.SecureRandom
import java.util.Arrays

// Kotlin's own functions for arrays are in a class so large that to load it takes a good part of a first call's time.

/** A frame for the core: 32 random bytes, a line of numbers, and texts whose lengths are among them. */
internal class Frame(nowMs: Long) {
    private val numbers = StringBuilder(64).append(nowMs)
    private val texts = ArrayList<ByteArray>(8)

    fun number(number: Long): Frame = apply { numbers.append(' ').append(number) }

    fun flag(isSet: Boolean): Frame = number(if (isSet) 1 else 0)

    fun text(text: String): Frame = text(text.encodeToByteArray())

    fun text(utf8: ByteArray): Frame {
        texts.add(utf8)
        return number(utf8.size.toLong())
    }

    fun bytes(): ByteArray {
        val line = numbers.append('\n').toString().encodeToByteArray()
        val frame = ByteArray(RANDOM + line.size + texts.sumOf { it.size })
        Entropy.draw(frame)
        var at = RANDOM
        System.arraycopy(line, 0, frame, at, line.size)
        at += line.size
        for (text in texts) {
            System.arraycopy(text, 0, frame, at, text.size)
            at += text.size
        }
        return frame
    }
}

/** A frame of the core: a line of numbers, and texts whose lengths are among them. It is read from its beginning on. */
internal class Told(private val bytes: ByteArray, private val start: Int) {
    private var number = start
    private var text = start

    init {
        while (bytes[text] != '\n'.code.toByte()) text++
        text++
    }

    fun number(): Long {
        var value = 0L
        val isNegative = bytes[number] == '-'.code.toByte()
        if (isNegative) number++
        while (bytes[number] != ' '.code.toByte()) value = value * 10 + (bytes[number++] - '0'.code.toByte())
        number++
        return if (isNegative) -value else value
    }

    fun flag(): Boolean = number() != 0L

    fun text(): String = maybe().orEmpty()

    /** A text, unless it is absent. */
    fun maybe(): String? {
        val length = number().toInt()
        if (length < 0) return null
        text += length
        return bytes.decodeToString(text - length, text)
    }

    /** The bytes of a text, unless it is absent; those that were given to the core where it is the same. */
    fun bytes(given: ByteArray): ByteArray? {
        val length = number().toInt()
        if (length < 0) return given.takeIf { length == AS_GIVEN }
        text += length
        return Arrays.copyOfRange(bytes, text - length, text)
    }

    /** A text that is there, as it stands in the frame. */
    fun utf8(): Utf8Text {
        val length = number().toInt()
        text += length
        return Utf8Text(bytes, text - length, text)
    }

    override fun toString(): String = bytes.decodeToString(start)
}

/** Text as the core has it: a part of an array, which has no copy. */
internal class Utf8Text(private val bytes: ByteArray, private val start: Int, private val end: Int) {
    constructor(text: ByteArray) : this(text, 0, text.size)

    val size: Int get() = end - start

    fun bytes(): ByteArray = Arrays.copyOfRange(bytes, start, end)

    fun stream(): InputStream = ByteArrayInputStream(bytes, start, size)

    override fun toString(): String = bytes.decodeToString(start, end)
}

private const val RANDOM = 32

private const val AS_GIVEN = -2

/** Random bytes in stock: to draw 32 takes nearly as long as to draw 512. */
private object Entropy {
    private class Stock {
        val bytes = ByteArray(16 * RANDOM)
        var left = 0
    }

    private val source = SecureRandom()
    private val stocks = object : ThreadLocal<Stock>() {
        override fun initialValue() = Stock()
    }

    /** Fills the beginning of an array. */
    fun draw(into: ByteArray) {
        val stock = stocks.get()
        if (stock.left == 0) {
            source.nextBytes(stock.bytes)
            stock.left = stock.bytes.size
        }
        stock.left -= RANDOM
        System.arraycopy(stock.bytes, stock.left, into, 0, RANDOM)
        Arrays.fill(stock.bytes, stock.left, stock.left + RANDOM, 0)
    }
}
