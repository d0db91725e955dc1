package io.github.xportcn

import kotlin.time.Duration
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement

/**
 * The data of a reply, and what came with it.
 *
 * @property data The data.
 * @property requestId The platform's name for this call: quote it when asking the platform.
 * @property warnings Values that did not fit their fields and became null.
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
    private val text: String,
    private val known: Known,
) {
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
    public val json: JsonElement by lazy(LazyThreadSafetyMode.PUBLICATION) { json(text) }

    /** The data. */
    public operator fun component1(): T = data

    /** The request id. */
    public operator fun component2(): String? = requestId

    override fun toString(): String = "Reply(data=$data, requestId=$requestId, warnings=$warnings)"
}

/**
 * What an answer has beside its body.
 *
 * @property status The HTTP status.
 * @property headers All headers, as they were received.
 */
public class ResponseHead internal constructor(
    public val status: Int,
    public val headers: List<Pair<String, String>>,
) {
    /** The value of a header; its name in any case. */
    public fun header(name: String): String? = headers.firstOrNull { it.first.equals(name, ignoreCase = true) }?.second

    override fun toString(): String = "ResponseHead(status=$status)"
}

/**
 * A value in a reply that did not fit its field and became null. The raw body still has it.
 *
 * @property path The field, as `data.orders[3].totalAmount`.
 * @property expected The kind of value that belongs there.
 * @property found The kind of value that stood there.
 */
@Serializable
public data class Warning(public val path: String, public val expected: String, public val found: String)
