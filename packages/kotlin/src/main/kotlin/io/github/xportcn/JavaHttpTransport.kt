package io.github.xportcn

import java.io.IOException
import java.io.UncheckedIOException
import java.net.ConnectException
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.ByteBuffer
import java.time.Duration
import java.time.Duration.ofSeconds
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionStage
import java.util.concurrent.Flow
import java.util.concurrent.atomic.AtomicReference
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.withTimeoutOrNull

/**
 * Sends with `java.net.http`, over HTTP/1.1. Cancelling a call ends its exchange at once from Java 16 on; before, it
 * leaves the answer unread.
 *
 * Closing it ends its connections, where they are its own, and makes it refuse what is sent after that.
 */
public class JavaHttpTransport private constructor(client: HttpClient, private val isOwn: Boolean) : Transport {
    private val clients = AtomicReference(Clients(client))

    /** With a client of its own. */
    public constructor() : this(usual(), isOwn = true)

    /**
     * With the program's client, which stays open.
     *
     * @param client It must neither follow redirects nor keep cookies, as Java's own do not unless they are told to. What is
     *   for this machine goes by another one with the same settings and no proxy.
     * @throws IllegalArgumentException if it does.
     */
    public constructor(client: HttpClient) : this(client, isOwn = false)

    init {
        require(client.followRedirects() == HttpClient.Redirect.NEVER) {
            "the client follows redirects, which would send a signed request elsewhere: build it with Redirect.NEVER"
        }
        require(!client.cookieHandler().isPresent) {
            "the client keeps cookies, which no request is to carry: build it without a cookieHandler"
        }
    }

    override suspend fun send(request: Request, timeout: Duration, maxBytes: Long): Response {
        val clients = clients.get() ?: throw closed()
        val departure = Departure()
        try {
            val carrier = if (request.isDirect) clients.direct else clients.usual
            val future = carrier.sendAsync(built(request, departure)) { Body(it, maxBytes) }
            val answer = withTimeoutOrNull(millis(timeout)) { awaited(future) } ?: throw tooLate(timeout)
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

    /** Lets exchanges that are under way come to their end. */
    override fun close() {
        clients.getAndSet(null)?.close(isOwn)
    }
}

/** The client, and the one that goes through no proxy. */
private class Clients(val usual: HttpClient) {
    private val lazyDirect = lazy { withoutProxy(usual) }
    val direct: HttpClient by lazyDirect

    fun close(isOwn: Boolean) {
        if (isOwn) shutDown(usual)
        if (lazyDirect.isInitialized()) shutDown(lazyDirect.value)
    }

    /** From Java 21 on; before, a client ends when nothing holds it any more. */
    private fun shutDown(client: HttpClient) {
        runCatching { HttpClient::class.java.getMethod("shutdown").invoke(client) }
    }
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
