@file:JvmName("Pushes")
@file:JvmMultifileClass

package io.github.xportcn

import io.github.xportcn.core.NativeLibrary
import io.github.xportcn.models.messageSerializer
import java.time.OffsetDateTime
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.longOrNull

/**
 * A message that the platform pushed. It may come again and not in order; [id] tells repeats.
 *
 * @property id The same for every repeat of the message.
 * @property messageType The platform's name for the kind of message.
 * @property platform The platform that it is of: 0 Taobao, 1 1688.
 * @property time When it was pushed.
 * @property push The row of the reference, where one is recognised.
 * @property inferred Whether the row was taken from the look of an unpublished type.
 * @property body The content: the type of its row, or a [JsonElement] where none is recognised.
 * @property json The whole message as canonical JSON.
 * @property warnings Values that did not fit their fields and became null.
 */
public class PushMessage internal constructor(
    public val id: String,
    public val messageType: String?,
    public val platform: Long?,
    public val time: OffsetDateTime?,
    public val push: String?,
    public val inferred: Boolean,
    public val body: Any?,
    public val json: JsonElement,
    public val warnings: List<Warning>,
) {
    override fun toString(): String = "PushMessage(id=$id, push=$push, body=$body)"
}

/**
 * Checks that a pushed message comes from the platform, and reads it.
 *
 * Answer the platform with HTTP 200 within a second, and then do with the message what you want.
 *
 * @param accessKey The developer's access key.
 * @param accessSecret The developer's access secret.
 * @param authorization The header of this name.
 * @param body The body to the last byte as it was received.
 * @throws XportcnException.PushSignature if it does not come from the platform, or was changed on its way.
 * @throws XportcnException.Decode if it holds no message.
 */
public fun verifyPush(accessKey: String, accessSecret: String, authorization: String, body: ByteArray): PushMessage {
    val told =
        raising { NativeLibrary.library.readPush(accessKey, accessSecret, encodable(authorization), body) }
    val facts = json(told).jsonObject
    fun told(name: String): String? = facts[name]?.jsonPrimitive?.contentOrNull
    val content: JsonElement = facts["body"] ?: JsonNull
    val push = told("push")
    val serializer = push?.let(::messageSerializer)
    return PushMessage(
        id = told("id").orEmpty(),
        messageType = told("messageType"),
        platform = facts["platform"]?.jsonPrimitive?.longOrNull,
        time = told("time")?.let(OffsetDateTime::parse),
        push = push,
        inferred = facts["inferred"]?.jsonPrimitive?.booleanOrNull ?: false,
        body = when {
            serializer == null || content is JsonNull -> content
            else -> JSON.decodeFromJsonElement(serializer, content)
        },
        json = facts,
        warnings = facts["warnings"]?.let {
            JSON.decodeFromJsonElement(ListSerializer(Warning.serializer()), it)
        }.orEmpty(),
    )
}

/** Text with a mark for each half of a surrogate pair, which no header holds. */
private fun encodable(text: String): String = text.encodeToByteArray().decodeToString()
