package io.github.xportcn

import java.io.InterruptedIOException
import java.time.Duration
import kotlin.time.toKotlinDuration

/**
 * What carries requests. An implementation sends what it is given, receives the whole answer, and neither follows
 * redirects nor sends anything twice.
 */
public interface Transport : AutoCloseable {
    /**
     * Sends one request and receives the answer. Cancelling the coroutine ends the exchange at once.
     *
     * @param timeout How long it may take, with the body.
     * @param maxBytes The largest body; a larger one is the failure `too-large`.
     * @throws TransportFailure if there is no answer.
     */
    public suspend fun send(request: Request, timeout: Duration, maxBytes: Long): Response

    public companion object {
        /**
         * The transport of a client that is given none: `java.net.http` where there is one, else OkHttp.
         *
         * @throws IllegalStateException if there is neither.
         */
        @JvmStatic
        public fun standard(): Transport = when {
            isHere("java.net.http.HttpClient") -> JavaHttpTransport()
            isHere("okhttp3.OkHttpClient") -> OkHttpTransport()
            else -> error(
                "there is no java.net.http here: add com.squareup.okhttp3:okhttp, or give the client a transport",
            )
        }

        private fun isHere(name: String): Boolean = runCatching { Class.forName(name) }.isSuccess
    }
}

/**
 * A signed request, to be sent as it is.
 *
 * @property method `GET` or `POST`.
 * @property url The whole address.
 * @property body The body, if there is one.
 * @property isWrite Whether it changes something; then a transport must not send it again on its own.
 * @property isDirect Whether it must go through no proxy: it is for this machine, or a proxy would see its headers.
 */
public class Request private constructor(
    public val method: String,
    public val url: String,
    private val own: List<Pair<String, String>>,
    public val body: ByteArray?,
    public val isWrite: Boolean,
    public val isDirect: Boolean,
    private val added: List<Pair<String, String>>,
) {
    /** A request as a client would make it, for tests of transports and interceptors. */
    @JvmOverloads
    public constructor(
        method: String,
        url: String,
        headers: List<Pair<String, String>> = emptyList(),
        body: ByteArray? = null,
        isWrite: Boolean = false,
        isDirect: Boolean = false,
    ) : this(method, url, headers, body, isWrite, isDirect, emptyList())

    /** All headers. */
    public val headers: List<Pair<String, String>> get() = own + added

    /**
     * The same request with a further header, in the place of one of this name that was added before.
     *
     * @throws IllegalArgumentException if the client has set it, as those that sign the request.
     */
    public fun withHeader(name: String, value: String): Request {
        require(own.none { it.first.equals(name, ignoreCase = true) }) {
            "the header `$name` is the client's own: only others can be added to a request"
        }
        val kept = added.filterNot { it.first.equals(name, ignoreCase = true) }
        return Request(method, url, own, body, isWrite, isDirect, kept + (name to value))
    }

    override fun toString(): String = "Request($method)"
}

/**
 * An answer as it was received.
 *
 * @property status The HTTP status.
 * @property headers All its headers.
 * @property body The body, decompressed.
 */
public class Response(
    public val status: Int,
    public val headers: List<Pair<String, String>>,
    public val body: ByteArray,
) {
    /** The value of a header; its name in any case. */
    public fun header(name: String): String? = valueOf(headers, name)

    override fun toString(): String = "Response(status=$status, ${body.size} bytes)"

    public companion object {
        /** An answer whose headers are as Java's own clients have them. */
        @JvmStatic
        public fun of(status: Int, headers: Map<String, List<String>>, body: ByteArray): Response =
            Response(status, headers.flatMap { (name, values) -> values.map { name to it } }, body)
    }
}

internal fun valueOf(headers: List<Pair<String, String>>, name: String): String? =
    headers.firstOrNull { it.first.equals(name, ignoreCase = true) }?.second

/**
 * There is no answer.
 *
 * @property kind `connect`, `dns`, `tls`, `reset`, `timeout`, `broken` for a body that could not be received as announced,
 *   `too-large` for one beyond the limit, or `other`.
 * @property maybeSent False only where it is certain that no byte of the request has left.
 * @property detail What happened, in the transport's words.
 */
public class TransportFailure @JvmOverloads constructor(
    public val kind: String,
    public val maybeSent: Boolean,
    public val detail: String,
    cause: Throwable? = null,
) : RuntimeException("$kind: $detail", cause)

internal fun tooLarge(maxBytes: Long): TransportFailure =
    TransportFailure("too-large", true, "the body is larger than $maxBytes bytes")

internal fun closed(): TransportFailure = TransportFailure("other", false, "the transport has been closed")

internal fun tooLate(timeout: Duration): InterruptedIOException =
    InterruptedIOException("no answer within ${timeout.toKotlinDuration()}")

/** The first status that ends an exchange. */
internal const val FIRST_FINAL: Int = 200

internal fun interim(status: Int): TransportFailure =
    TransportFailure("broken", true, "HTTP $status came in the place of an answer")
