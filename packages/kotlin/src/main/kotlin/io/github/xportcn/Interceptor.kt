package io.github.xportcn

import java.util.concurrent.atomic.AtomicBoolean

/**
 * Stands between the client and its transport, for each attempt: it may add headers, look at what comes back, or answer itself.
 *
 * What it throws is a failure of the attempt. Of a write, that is one that may have been carried out, unless it is a
 * [TransportFailure] that says otherwise.
 */
public fun interface Interceptor {
    /** Gives the answer to [Chain.request], as a rule that of [Chain.proceed]. */
    public suspend fun intercept(chain: Chain): Response

    /** One attempt. */
    public interface Chain {
        /** The id of the endpoint that is called. */
        public val endpoint: String

        /** The signed request. */
        public val request: Request

        /**
         * Sends the request; once, for it is the client's rule when another attempt follows.
         *
         * @param request The request, with further headers: [Request.withHeader].
         * @throws TransportFailure if there is no answer.
         */
        public suspend fun proceed(request: Request = this.request): Response
    }
}

/** An attempt on its way through the interceptors to what sends it. */
internal class Attempt(
    override val endpoint: String,
    override val request: Request,
    private val interceptors: List<Interceptor>,
    private val send: suspend (Request) -> Response,
) : Interceptor.Chain {
    private val hasProceeded = AtomicBoolean()

    override suspend fun proceed(request: Request): Response {
        check(hasProceeded.compareAndSet(false, true)) {
            "an interceptor sends an attempt once: retries are the client's"
        }
        val next = interceptors.firstOrNull() ?: return send(request)
        return next.intercept(Attempt(endpoint, request, interceptors.drop(1), send))
    }
}
