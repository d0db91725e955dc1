package io.github.xportcn

import java.math.BigDecimal
import java.time.OffsetDateTime
import java.time.format.DateTimeFormatter
import kotlin.math.abs
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonDecoder
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.jsonPrimitive

/** Canonical JSON. A newer platform's fields are no error. */
internal val JSON: Json = Json { ignoreUnknownKeys = true }

internal fun json(text: String): JsonElement = JSON.parseToJsonElement(text)

/** An object as text: its class with its fields, by the names that its serializer has for them. */
internal fun shown(descriptor: SerialDescriptor, members: Array<Any?>): String {
    val fields = members.indices.joinToString(", ") { "${descriptor.getElementName(it)}=${members[it]}" }
    return "${descriptor.serialName.substringAfterLast('.')}($fields)"
}

/**
 * A value as text: its class with its parts. Classes of values are no data classes, of which a further field changes the
 * signatures that programs were compiled against.
 */
internal fun shown(name: String, parts: Array<Pair<String, Any?>>): String =
    parts.joinToString(", ", "$name(", ")") { (part, value) -> "$part=$value" }

/** That of all that is text: to make one with a name, kotlinx.serialization begins with all types that it has. */
private val TEXT: SerialDescriptor = String.serializer().descriptor

/** Exact amounts, as text. */
internal object AmountSerializer : KSerializer<BigDecimal> {
    override val descriptor: SerialDescriptor = TEXT

    override fun deserialize(decoder: Decoder): BigDecimal = BigDecimal(decoder.decodeString())

    override fun serialize(encoder: Encoder, value: BigDecimal): Unit = encoder.encodeString(write(value))

    /** In digits, unless those would fill the memory. */
    fun write(value: BigDecimal): String =
        if (abs(value.scale().toLong()) < 100) value.toPlainString() else value.toString()
}

/** Moments, with their offset from UTC. */
internal object TimeSerializer : KSerializer<OffsetDateTime> {
    override val descriptor: SerialDescriptor = TEXT

    override fun deserialize(decoder: Decoder): OffsetDateTime = OffsetDateTime.parse(decoder.decodeString())

    override fun serialize(encoder: Encoder, value: OffsetDateTime): Unit = encoder.encodeString(write(value))

    fun write(value: OffsetDateTime): String = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value)
}

/** Codes, which are numbers or text. */
internal abstract class CodeSerializer<T>(
    private val numeric: Boolean,
    private val read: (T) -> String,
    private val make: (String) -> T,
) : KSerializer<T> {
    override val descriptor: SerialDescriptor = TEXT

    override fun deserialize(decoder: Decoder): T =
        make(if (decoder is JsonDecoder) decoder.decodeJsonElement().jsonPrimitive.content else decoder.decodeString())

    override fun serialize(encoder: Encoder, value: T) {
        val text = read(value)
        val number = if (numeric) text.toLongOrNull() else null
        if (number == null) encoder.encodeString(text) else encoder.encodeLong(number)
    }
}
