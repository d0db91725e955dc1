package io.github.xportcn

import java.io.IOException
import java.io.UncheckedIOException
import java.net.ConnectException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpConnectTimeoutException
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpTimeoutException
import java.nio.ByteBuffer
import java.nio.channels.UnresolvedAddressException
import java.time.Duration.ofSeconds
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionException
import java.util.concurrent.CompletionStage
import java.util.concurrent.Flow
import java.util.concurrent.atomic.AtomicBoolean
import javax.net.ssl.SSLHandshakeException
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlin.time.Duration
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull

/**
 * Sends with `java.net.http`, over HTTP/1.1. Cancelling a call ends its exchange at once from Java 16 on; before, it
 * leaves the answer unread.
 *
 * @param client The client, which must not follow redirects, as Java's own do unless they are told to.
 * @throws IllegalArgumentException if it follows them.
 */
public class JavaHttpTransport(private val client: HttpClient = usual()) : Transport {
    init {
        require(client.followRedirects() == HttpClient.Redirect.NEVER) {
            "the client follows redirects, which would send a signed request elsewhere: build it with Redirect.NEVER"
        }
    }

    override suspend fun send(request: Request, timeout: Duration, maxBytes: Long): Response = try {
        val future = client.sendAsync(built(request)) { Body(maxBytes) }
        val answer = withTimeoutOrNull(timeout) { awaited(future) } ?: throw tooLate(timeout)
        val headers = ANSWER_HEADERS.flatMap { name -> answer.headers().allValues(name).map { name to it } }
        Response(answer.statusCode(), headers, answer.body())
    } catch (error: IOException) {
        throw failure(error)
    } catch (error: UncheckedIOException) {
        throw failure(checkNotNull(error.cause))
    } catch (error: IllegalArgumentException) {
        throw TransportFailure("other", false, words(error), error)
    }

    /** Leaves the connections to the client, which ends those that are idle. */
    override fun close() {}
}

private fun usual(): HttpClient =
    HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(ofSeconds(10)).build()

private fun built(request: Request): HttpRequest {
    val body = request.body?.let(HttpRequest.BodyPublishers::ofByteArray) ?: HttpRequest.BodyPublishers.noBody()
    val builder = HttpRequest.newBuilder(URI.create(request.url)).method(request.method, Once(body))
    request.headers.forEach { (name, value) -> builder.header(name, value) }
    return builder.version(HttpClient.Version.HTTP_1_1).build()
}

private suspend fun <T> awaited(future: CompletableFuture<T>): T = suspendCancellableCoroutine { waiting ->
    future.whenComplete { value, error ->
        val cause = (error as? CompletionException)?.cause ?: error
        if (cause == null) waiting.resume(value) else waiting.resumeWithException(cause)
    }
    waiting.invokeOnCancellation { future.cancel(true) }
}

private fun failure(error: IOException): TransportFailure {
    val isUnknown = generateSequence<Throwable>(error) { it.cause }.any { it is UnresolvedAddressException }
    return when {
        isUnknown -> TransportFailure("dns", false, words(error), error)
        error is ConnectException || error is HttpConnectTimeoutException ->
            TransportFailure("connect", false, words(error), error)
        error is HttpTimeoutException -> TransportFailure("timeout", true, words(error), error)
        error is SSLHandshakeException -> TransportFailure("tls", false, words(error), error)
        else -> (error.cause as? TransportFailure) ?: TransportFailure("reset", true, words(error), error)
    }
}

/**
 * A body that is sent once. Java sends a GET again when its connection breaks before an answer, and a POST where the
 * program's properties say so; but the core decides about that. Over HTTP/1.1 it asks for the length once for each time
 * that it sends: the second time is refused.
 */
private class Once(private val body: HttpRequest.BodyPublisher) : HttpRequest.BodyPublisher {
    private val isAsked = AtomicBoolean()

    override fun contentLength(): Long {
        if (isAsked.getAndSet(true)) throw UncheckedIOException(IOException("the connection broke before an answer"))
        return body.contentLength()
    }

    override fun subscribe(subscriber: Flow.Subscriber<in ByteBuffer>): Unit = body.subscribe(subscriber)
}

/** Collects a body that may have so many bytes. */
private class Body(private val maxBytes: Long) : HttpResponse.BodySubscriber<ByteArray> {
    private val parts = ArrayList<ByteBuffer>()
    private val whole = CompletableFuture<ByteArray>()
    private var bytes = 0L
    private lateinit var subscription: Flow.Subscription

    override fun getBody(): CompletionStage<ByteArray> = whole

    override fun onSubscribe(subscription: Flow.Subscription) {
        this.subscription = subscription
        subscription.request(Long.MAX_VALUE)
    }

    override fun onNext(item: List<ByteBuffer>) {
        bytes += item.sumOf { it.remaining().toLong() }
        if (bytes > maxBytes) {
            subscription.cancel()
            whole.completeExceptionally(IOException(tooLarge(maxBytes)))
        } else {
            parts += item
        }
    }

    override fun onError(error: Throwable) {
        whole.completeExceptionally(error)
    }

    override fun onComplete() {
        if (whole.isDone) return
        val body = ByteArray(bytes.toInt())
        var at = 0
        parts.forEach { part ->
            val length = part.remaining()
            part.get(body, at, length)
            at += length
        }
        whole.complete(body)
    }
}
