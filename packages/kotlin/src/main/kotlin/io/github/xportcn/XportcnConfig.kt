package io.github.xportcn

import kotlin.time.Duration
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/**
 * The settings of a client. What is null is as usual.
 *
 * @property accessKey The developer's access key.
 * @property accessSecret The developer's access secret; never shown.
 * @property userId The sub-account to act for.
 * @property options When and how often calls are tried again.
 * @property baseUrl Where the platform is, if not at its usual address. https, but for this machine.
 * @property signature How requests are signed.
 * @property timestampUnit The unit of the requests' timestamps.
 * @property limit The most calls per second.
 * @property paths Other paths for endpoints, by id.
 * @property maxReplyBytes The largest reply that is read.
 * @property strict Whether a value in a reply that does not fit its field is an error. For tests.
 */
public class XportcnConfig(
    public val accessKey: String,
    public val accessSecret: String,
    public val userId: String,
    public val options: CallOptions = CallOptions(),
    public val baseUrl: String? = null,
    public val signature: Signature? = null,
    public val timestampUnit: TimestampUnit? = null,
    public val limit: Limit? = null,
    public val paths: Map<String, String> = emptyMap(),
    public val maxReplyBytes: Long? = null,
    public val strict: Boolean? = null,
) {
    override fun toString(): String = "XportcnConfig(userId=$userId, baseUrl=$baseUrl)"

    internal fun json(): String = wellFormed(
        buildJsonObject {
            put("accessKey", accessKey)
            put("accessSecret", accessSecret)
            put("userId", userId)
            baseUrl?.let { put("baseUrl", it) }
            signature?.let { put("signature", it.wire) }
            timestampUnit?.let { put("timestampUnit", it.wire) }
            limit?.let { put("limit", it.json()) }
            if (paths.isNotEmpty()) put("paths", JsonObject(paths.mapValues { JsonPrimitive(it.value) }))
            maxReplyBytes?.let { put("maxReplyBytes", it) }
            strict?.let { put("strict", it) }
            options.putInto(this)
        }.toString(),
    )
}

/**
 * When and how often a call is tried again. What is null is as the client has it.
 *
 * @property retries Attempts after the first; 2 unless set.
 * @property timeout How long one attempt may take; 30 seconds unless set.
 * @property deadline How long a call may take with all attempts and waits; 60 seconds unless set.
 * @property backoff The bound of the first wait, which doubles; half a second unless set.
 * @property backoffCap The largest bound of a wait; 8 seconds unless set.
 * @property retryWrites Whether calls that write are tried again although they may have arrived. Orders may then be placed
 *   twice.
 */
public data class CallOptions(
    public val retries: Int? = null,
    public val timeout: Duration? = null,
    public val deadline: Duration? = null,
    public val backoff: Duration? = null,
    public val backoffCap: Duration? = null,
    public val retryWrites: Boolean? = null,
) {
    internal fun json(): String = buildJsonObject { putInto(this) }.toString()

    internal fun putInto(json: JsonObjectBuilder) {
        retries?.let { json.put("retries", it) }
        timeout?.let { json.put("timeoutMs", it.inWholeMilliseconds) }
        deadline?.let { json.put("deadlineMs", it.inWholeMilliseconds) }
        backoff?.let { json.put("baseMs", it.inWholeMilliseconds) }
        backoffCap?.let { json.put("capMs", it.inWholeMilliseconds) }
        retryWrites?.let { json.put("retryWrites", it) }
    }
}

/**
 * A limit of calls.
 *
 * @property perSecond Calls per second.
 * @property burst How many may follow each other at once.
 */
public data class Limit(public val perSecond: Int, public val burst: Int = 1) {
    internal fun json(): JsonObject = buildJsonObject {
        put("perSecond", perSecond)
        put("burst", burst)
    }
}

/** How requests are signed. */
public enum class Signature(internal val wire: String) {
    /** MD5 over access key, timestamp, nonce and secret: what working clients send. */
    MD5("md5"),

    /** HMAC-SHA256, for gateways that ask for it. */
    HMAC_SHA256("hmac-sha256"),
}

/** The unit of the requests' timestamps. */
public enum class TimestampUnit(internal val wire: String) {
    /** Seconds since 1970. */
    SECONDS("s"),

    /** Milliseconds since 1970. */
    MILLISECONDS("ms"),
}
