package io.github.xportcn

import java.io.IOException
import java.io.UncheckedIOException
import java.net.ConnectException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.ByteBuffer
import java.time.Duration.ofSeconds
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionException
import java.util.concurrent.CompletionStage
import java.util.concurrent.Flow
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlin.time.Duration
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull

/**
 * Sends with `java.net.http`, over HTTP/1.1. Cancelling a call ends its exchange at once from Java 16 on; before, it
 * leaves the answer unread.
 *
 * @param client The client, which must neither follow redirects nor keep cookies, as Java's own do not unless they are
 *   told to. What is for this machine goes by another one with the same settings and no proxy.
 * @throws IllegalArgumentException if it does.
 */
public class JavaHttpTransport(private val client: HttpClient = usual()) : Transport {
    private val direct by lazy { withoutProxy(client) }

    init {
        require(client.followRedirects() == HttpClient.Redirect.NEVER) {
            "the client follows redirects, which would send a signed request elsewhere: build it with Redirect.NEVER"
        }
        require(client.cookieHandler().isEmpty) {
            "the client keeps cookies, which no request is to carry: build it without a cookieHandler"
        }
    }

    override suspend fun send(request: Request, timeout: Duration, maxBytes: Long): Response {
        val departure = Departure()
        try {
            val carrier = if (request.isDirect) direct else client
            val future = carrier.sendAsync(built(request, departure)) { Body(it, maxBytes) }
            val answer = withTimeoutOrNull(timeout) { awaited(future) } ?: throw tooLate(timeout)
            // Java gives a proxy's refusal as the answer.
            if (departure.hold()) throw ConnectException("the proxy answers with HTTP ${answer.statusCode()}")
            if (answer.statusCode() < FIRST_FINAL) throw interim(answer.statusCode())
            val headers = answer.headers().map().flatMap { (name, values) -> values.map { name to it } }
            val body = unpacked(answer.headers().allValues("content-encoding"), answer.body(), maxBytes)
            return Response(answer.statusCode(), headers, body)
        } catch (cancelled: CancellationException) {
            throw cancelled
        } catch (error: Exception) {
            throw failure(error, maybeSent = !departure.hold() && !isBeforeTls(error))
        }
    }

    /** Leaves the connections to the client, which ends those that are idle. */
    override fun close() {}
}

private fun usual(): HttpClient =
    HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(ofSeconds(10)).build()

private fun withoutProxy(client: HttpClient): HttpClient {
    val builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).proxy(HttpClient.Builder.NO_PROXY)
    client.connectTimeout().ifPresent(builder::connectTimeout)
    client.executor().ifPresent(builder::executor)
    return builder.sslContext(client.sslContext()).sslParameters(client.sslParameters()).build()
}

private fun built(request: Request, departure: Departure): HttpRequest {
    val body = request.body?.let(HttpRequest.BodyPublishers::ofByteArray) ?: HttpRequest.BodyPublishers.noBody()
    val builder = HttpRequest.newBuilder(URI.create(request.url)).method(request.method, Once(body, departure))
    request.headers.forEach { (name, value) -> builder.header(name, value) }
    builder.header("accept-encoding", ACCEPT_ENCODING)
    return builder.version(HttpClient.Version.HTTP_1_1).build()
}

private suspend fun <T> awaited(future: CompletableFuture<T>): T = suspendCancellableCoroutine { waiting ->
    future.whenComplete { value, error ->
        val cause = (error as? CompletionException)?.cause ?: error
        if (cause == null) waiting.resume(value) else waiting.resumeWithException(cause)
    }
    waiting.invokeOnCancellation { future.cancel(true) }
}

/**
 * A body that is sent once. Java sends a GET again when its connection breaks before an answer, and a POST where the
 * program's properties say so; but the core decides about that. Over HTTP/1.1 it asks for the length once for each time
 * that it sends, when it has a connection and before TLS: the second time is refused.
 */
private class Once(private val body: HttpRequest.BodyPublisher, private val departure: Departure) :
    HttpRequest.BodyPublisher {
    override fun contentLength(): Long {
        if (!departure.leave()) throw UncheckedIOException(IOException("the connection broke before an answer"))
        return body.contentLength()
    }

    override fun subscribe(subscriber: Flow.Subscriber<in ByteBuffer>): Unit = body.subscribe(subscriber)
}

/** Collects a body that may have so many bytes. */
private class Body(answer: HttpResponse.ResponseInfo, maxBytes: Long) :
    HttpResponse.BodySubscriber<ByteArray> {
    private val bytes = Bytes(announced(answer), maxBytes)
    private val whole = CompletableFuture<ByteArray>()
    private lateinit var subscription: Flow.Subscription

    override fun getBody(): CompletionStage<ByteArray> = whole

    override fun onSubscribe(subscription: Flow.Subscription) {
        this.subscription = subscription
        subscription.request(Long.MAX_VALUE)
    }

    override fun onNext(item: List<ByteBuffer>) {
        if (whole.isDone) return
        try {
            item.forEach(bytes::add)
        } catch (error: Throwable) {
            subscription.cancel()
            whole.completeExceptionally(IOException(error))
        }
    }

    override fun onError(error: Throwable) {
        whole.completeExceptionally(error)
    }

    override fun onComplete() {
        if (!whole.isDone) whole.complete(bytes.all())
    }
}

private fun announced(answer: HttpResponse.ResponseInfo): Long =
    runCatching { answer.headers().firstValueAsLong("content-length").orElse(0) }.getOrDefault(0)
