package io.github.xportcn

import java.math.BigDecimal
import java.time.Duration
import java.time.OffsetDateTime
import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** A JSON object that is put together: the parameters of a call as they are given, or settings. */
internal class Params {
    private val fields = LinkedHashMap<String, String>()

    fun put(name: String, value: String?) = written(
        name,
        value?.let {
            StringBuilder(it.length + 2).quoted(it).toString()
        },
    )

    fun put(name: String, value: Int?) = written(name, value?.toString())

    fun put(name: String, value: Long?) = written(name, value?.toString())

    fun put(name: String, value: Double?) = written(name, value?.toString())

    fun put(name: String, value: Boolean?) = written(name, value?.toString())

    fun put(name: String, value: BigDecimal?) = put(name, value?.let(AmountSerializer::write))

    fun put(name: String, value: OffsetDateTime?) = put(name, value?.let(TimeSerializer::write))

    fun <T : Any> put(name: String, serializer: KSerializer<T>, value: T?) =
        written(name, value?.let { JSON.encodeToString(serializer, it) })

    fun put(name: String, value: JsonElement?) = written(name, value?.toString())

    /** An object of texts. */
    fun texts(name: String, values: Map<String, String>?) =
        written(name, values?.let { Params().apply { it.forEach { (name, value) -> put(name, value) } }.text() })

    /** A value that is JSON. */
    fun written(name: String, json: String?) {
        if (json != null) fields[name] = json
    }

    fun extra(values: Map<String, *>?) {
        values?.forEach { (name, value) -> put(name, value?.let(::jsonOf)) }
    }

    fun json(): String = wellFormed(text())

    /**
     * The same as UTF-8. Values of ASCII, as most are, are copied: they would not be if they became one text with the others
     * before.
     */
    fun bytes(): ByteArray {
        val parts = ArrayList<ByteArray>(2 * fields.size + 1)
        for ((name, value) in fields) {
            val begin = if (parts.isEmpty()) '{' else ','
            parts += utf8(StringBuilder(name.length + 4).append(begin).quoted(name).append(':').toString())
            parts += utf8(value)
        }
        parts += if (parts.isEmpty()) NOTHING else END
        val all = ByteArray(parts.sumOf { it.size })
        var at = 0
        for (part in parts) {
            System.arraycopy(part, 0, all, at, part.size)
            at += part.size
        }
        return all
    }

    private fun text(): String {
        val out = StringBuilder(fields.values.sumOf { it.length } + fields.size * LONG_NAME).append('{')
        for ((name, value) in fields) {
            if (out.length > 1) out.append(',')
            out.quoted(name).append(':').append(value)
        }
        return out.append('}').toString()
    }
}

private val NOTHING = "{}".encodeToByteArray()

private val END = "}".encodeToByteArray()

private fun utf8(text: String): ByteArray {
    val bytes = text.encodeToByteArray()
    if (bytes.size == text.length && isWithoutMark(bytes)) return bytes
    val whole = wellFormed(text)
    return if (whole === text) bytes else whole.encodeToByteArray()
}

/** Whether there is none of the signs that Java puts in the place of half a surrogate pair. */
private fun isWithoutMark(bytes: ByteArray): Boolean {
    for (byte in bytes) if (byte == '?'.code.toByte()) return false
    return true
}

/** As many characters as most names have, with what stands around them. */
private const val LONG_NAME = 24

/** Text as JSON has it. kotlinx.serialization can do this too, but takes as long as a whole call to begin. */
private fun StringBuilder.quoted(text: String): StringBuilder {
    append('"')
    var done = 0
    for (at in text.indices) {
        val escape = escape(text[at]) ?: continue
        append(text, done, at).append(escape)
        done = at + 1
    }
    return append(text, done, text.length).append('"')
}

private fun escape(unit: Char): String? = when {
    unit == '"' -> "\\\""
    unit == '\\' -> "\\\\"
    unit >= ' ' -> null
    unit == '\n' -> "\\n"
    unit == '\r' -> "\\r"
    unit == '\t' -> "\\t"
    else -> "\\u%04x".format(unit.code)
}

/**
 * A value of Java's own as JSON: text, a number, a truth value, a list, a map, or JSON itself.
 *
 * @throws IllegalArgumentException if it is anything else.
 */
internal fun jsonOf(value: Any?): JsonElement = when (value) {
    null -> JsonNull
    is JsonElement -> value
    is String -> JsonPrimitive(value)
    is Boolean -> JsonPrimitive(value)
    is BigDecimal -> JsonPrimitive(AmountSerializer.write(value))
    is OffsetDateTime -> JsonPrimitive(TimeSerializer.write(value))
    is Number -> JsonPrimitive(value)
    is Iterable<*> -> JsonArray(value.map(::jsonOf))
    is Map<*, *> -> JsonObject(value.entries.associate { (name, inner) -> "$name" to jsonOf(inner) })
    else -> throw IllegalArgumentException(
        "${value.javaClass.name} is no JSON: give text, a number, a boolean, a list or a map",
    )
}

/** Milliseconds of a duration, which may have more than fit. */
internal fun millis(duration: Duration): Long = try {
    duration.toMillis()
} catch (_: ArithmeticException) {
    if (duration.isNegative) Long.MIN_VALUE else Long.MAX_VALUE
}

/**
 * JSON text as it can be encoded. Half a surrogate pair is no character: it is written as an escape, of which the
 * core makes what it makes of all such halves.
 */
internal fun wellFormed(text: String): String {
    fun isHalf(at: Int): Boolean {
        val unit = text[at]
        if (!unit.isSurrogate()) return false
        val before = text.getOrElse(at - 1) { ' ' }
        val after = text.getOrElse(at + 1) { ' ' }
        return if (unit.isHighSurrogate()) !after.isLowSurrogate() else !before.isHighSurrogate()
    }
    // Nearly all text has none of either kind.
    var at = 0
    while (at < text.length && !text[at].isSurrogate()) at++
    if (at == text.length || text.indices.none(::isHalf)) return text
    return buildString {
        text.indices.forEach { if (isHalf(it)) append("\\u%04x".format(text[it].code)) else append(text[it]) }
    }
}
