package io.github.xportcn

import io.github.xportcn.core.CoreText
import java.time.Duration
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull

/**
 * The data of a reply, and what came with it.
 *
 * @property data The data.
 * @property requestId The platform's name for this call: quote it when asking the platform.
 * @property warnings Values that did not fit their fields and became null; behind them, fields of the request that were
 *   probably misspelt.
 * @property raw The body as it was received.
 * @property message The platform's words, as `success`.
 * @property developId The developer's account.
 */
public class Reply<out T> internal constructor(
    public val data: T,
    public val requestId: String?,
    public val warnings: List<Warning>,
    public val raw: ByteArray,
    public val message: String?,
    public val developId: String?,
    private val known: Known,
    lazy: CoreText,
) {
    /**
     * A reply as a call would give it, for tests of what works with replies.
     *
     * @param json The data as JSON.
     * @param response Status and headers of the answer.
     * @param attempts How many attempts were sent.
     * @param duration How long the call took.
     */
    @JvmOverloads
    public constructor(
        data: T,
        requestId: String? = null,
        warnings: List<Warning> = emptyList(),
        raw: ByteArray = ByteArray(0),
        message: String? = null,
        developId: String? = null,
        json: JsonElement = JsonNull,
        response: ResponseHead? = null,
        attempts: Int = 1,
        duration: Duration = Duration.ZERO,
    ) : this(data, requestId, warnings, raw, message, developId, Known(response, attempts, duration), utf8(json))

    /** The HTTP status; 0 where the reply is one that a journal has kept. */
    public val status: Int get() = known.response?.status ?: 0

    /** All headers of the answer, as they were received. */
    public val headers: List<Pair<String, String>> get() = known.response?.headers.orEmpty()

    /** How many attempts were sent; 0 where the answer was kept. */
    public val attempts: Int get() = known.attempts

    /** How long the call took, with all its attempts and the waits between them. */
    public val duration: Duration get() = known.duration

    /** The value of a header of the answer; its name in any case. */
    public fun header(name: String): String? = known.response?.header(name)

    /** The data as canonical JSON, with the fields that [data] has no property for. */
    public val json: JsonElement by lazy(LazyThreadSafetyMode.PUBLICATION) { json(lazy.toString()) }

    /** The data. */
    public operator fun component1(): T = data

    /** The request id. */
    public operator fun component2(): String? = requestId

    /** Whether the platform answered the same: how long that took, and in how many attempts, is no part of it. */
    override fun equals(other: Any?): Boolean =
        other is Reply<*> && all() == other.all() && raw.contentEquals(other.raw)

    override fun hashCode(): Int = listOf(data, requestId, message).hashCode()

    override fun toString(): String = "Reply(data=$data, requestId=$requestId, warnings=$warnings)"

    private fun all() = listOf(data, requestId, warnings, message, developId, json, status, headers)
}

private fun utf8(json: JsonElement) = CoreText(json.toString().encodeToByteArray())

/**
 * What an answer has beside its body.
 *
 * @property status The HTTP status.
 * @property headers All headers, as they were received.
 */
public class ResponseHead(
    public val status: Int,
    public val headers: List<Pair<String, String>>,
) : java.io.Serializable {
    /** The value of a header; its name in any case. */
    public fun header(name: String): String? = valueOf(headers, name)

    override fun equals(other: Any?): Boolean =
        other is ResponseHead && status == other.status && headers == other.headers

    override fun hashCode(): Int = 31 * status + headers.hashCode()

    override fun toString(): String = "ResponseHead(status=$status)"
}

/**
 * A value in a reply that did not fit its field and became null, which the raw body still has; or a further field of the
 * request, which was sent, with nearly the name of a listed field that has no value.
 *
 * @property path The field, as `data.orders[3].totalAmount`; as `request.subOrderIds` if it is one of the request.
 * @property expected The kind of value that belongs there, or the field that was probably meant.
 * @property found The kind of value that stood there.
 */
@Serializable
public class Warning(public val path: String, public val expected: String, public val found: String) {
    private fun parts() = arrayOf<Pair<String, Any?>>("path" to path, "expected" to expected, "found" to found)

    override fun equals(other: Any?): Boolean = other is Warning && parts().contentEquals(other.parts())

    override fun hashCode(): Int = parts().contentHashCode()

    override fun toString(): String = shown("Warning", parts())
}
