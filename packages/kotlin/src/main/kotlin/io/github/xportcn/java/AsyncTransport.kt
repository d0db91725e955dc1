package io.github.xportcn.java

import io.github.xportcn.Interceptor
import io.github.xportcn.Request
import io.github.xportcn.Response
import io.github.xportcn.Transport
import io.github.xportcn.TransportFailure
import io.github.xportcn.awaited
import io.github.xportcn.millis
import io.github.xportcn.tooLarge
import java.time.Duration
import java.util.concurrent.CompletableFuture
import kotlinx.coroutines.future.future
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withTimeoutOrNull

/**
 * What carries requests, without coroutines. It sends what it is given, receives the whole answer, and neither follows
 * redirects nor sends anything twice.
 */
public fun interface AsyncTransport : AutoCloseable {
    /**
     * Sends one request and receives the answer. Where the future is cancelled, nobody waits for it any more.
     *
     * @param timeout How long it may take, with the body. The client waits no longer.
     * @param maxBytes The largest body; a larger one is refused.
     * @return The answer, its body decompressed; or a [TransportFailure], with `maybeSent` false only where it is certain that
     *   nothing was sent.
     */
    public fun send(request: Request, timeout: Duration, maxBytes: Long): CompletableFuture<Response>

    /** Ends what is open. */
    override fun close() {}
}

/** Stands between the client and its transport, as [Interceptor], without coroutines. */
public fun interface AsyncInterceptor {
    /** Gives the answer to [Chain.request], as a rule that of [Chain.proceed]. */
    public fun intercept(chain: Chain): CompletableFuture<Response>

    /** One attempt. */
    public interface Chain {
        /** The id of the endpoint that is called. */
        public val endpoint: String

        /** The signed request. */
        public val request: Request

        /** Sends the request, with further headers: once, for it is the client's rule when another attempt follows. */
        public fun proceed(request: Request): CompletableFuture<Response>
    }
}

/** A transport without coroutines as one with them. */
internal class Carried(private val transport: AsyncTransport) : Transport {
    override suspend fun send(request: Request, timeout: Duration, maxBytes: Long): Response {
        val answer = withTimeoutOrNull(millis(timeout)) { awaited(transport.send(request, timeout, maxBytes)) }
            ?: throw TransportFailure("timeout", true, "no answer within ${timeout.toMillis()} milliseconds")
        if (answer.body.size > maxBytes) throw tooLarge(maxBytes)
        return answer
    }

    override fun close(): Unit = transport.close()
}

/** An interceptor without coroutines as one with them. */
internal class Asked(private val interceptor: AsyncInterceptor) : Interceptor {
    override suspend fun intercept(chain: Interceptor.Chain): Response = supervisorScope {
        val own = object : AsyncInterceptor.Chain {
            override val endpoint get() = chain.endpoint

            override val request get() = chain.request

            override fun proceed(request: Request): CompletableFuture<Response> = future { chain.proceed(request) }
        }
        awaited(interceptor.intercept(own))
    }
}
