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

/**
 * A frame of the core: a line of numbers, and texts whose lengths are among them. It is read from its beginning on. The data of a
 * reply may be apart.
 */
internal class Told(private val bytes: ByteArray, private val start: Int, private val apart: String? = null) {
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

    /** A text that is there, as the core has it. */
    fun data(): CoreText {
        val length = number().toInt()
        if (apart != null) return CoreText(apart)
        text += length
        return CoreText(bytes, text - length, text)
    }

    override fun toString(): String = bytes.decodeToString(start)
}

/** Text as the core gives it: a part of an array of bytes in UTF-8, which has no copy, or text. */
internal class CoreText private constructor(
    private val text: String?,
    private val bytes: ByteArray,
    private val start: Int,
    private val end: Int,
) {
    constructor(text: String) : this(text, NOTHING, 0, text.length)

    constructor(bytes: ByteArray, start: Int = 0, end: Int = bytes.size) : this(null, bytes, start, end)

    val size: Int get() = end - start

    fun bytes(): ByteArray = text?.encodeToByteArray() ?: Arrays.copyOfRange(bytes, start, end)

    fun stream(): InputStream =
        if (text == null) ByteArrayInputStream(bytes, start, size) else ByteArrayInputStream(bytes())

    override fun toString(): String = text ?: bytes.decodeToString(start, end)
}

private val NOTHING = ByteArray(0)

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
