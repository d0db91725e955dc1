package io.github.xportcn

import java.io.IOException
import java.net.Proxy
import java.time.Duration
import java.util.concurrent.TimeUnit
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import okhttp3.Authenticator
import okhttp3.Call
import okhttp3.Callback
import okhttp3.ConnectionPool
import okhttp3.CookieJar
import okhttp3.Dispatcher
import okhttp3.Interceptor
import okhttp3.OkHttpClient
import okhttp3.RequestBody.Companion.toRequestBody

/**
 * Sends with OkHttp, which the program brings along. Calls that write have connections of their own, where no late
 * answer to another call can be waiting.
 *
 * Closing it makes it refuse what is sent after that, and ends its connections and threads where they are its own.
 */
public class OkHttpTransport private constructor(client: OkHttpClient, private val isOwn: Boolean) : Transport {
    /** With a client of its own. */
    public constructor() : this(usual(), isOwn = true)

    /**
     * With the program's client, which stays open.
     *
     * @param client The client that connections and settings are shared with. Redirects, cookies, OkHttp's own repeats and
     *   its cache are turned off. What is for this machine goes through no proxy.
     */
    public constructor(client: OkHttpClient) : this(client, isOwn = false)

    private val client = client.newBuilder()
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .authenticator(Authenticator.NONE)
        .cookieJar(CookieJar.NO_COOKIES)
        .cache(null)
        .readTimeout(0, TimeUnit.MILLISECONDS)
        .apply {
            interceptors().add(0, Interceptor(::guarded))
            addInterceptor(Interceptor(::reached))
            networkInterceptors().add(0, Interceptor(::leaving))
        }
        .build()
    private val fresh = ConnectionPool(0, 1, TimeUnit.SECONDS)
    private val writing = this.client.newBuilder().connectionPool(fresh).build()
    private val direct = this.client.newBuilder().proxy(Proxy.NO_PROXY).build()

    @Volatile
    private var isClosed = false
    private val directWriting = writing.newBuilder().proxy(Proxy.NO_PROXY).build()

    override suspend fun send(request: Request, timeout: Duration, maxBytes: Long): Response {
        if (isClosed) throw closed()
        val way = Way()
        try {
            val call = carrier(request).newCall(built(request, way))
            return withTimeoutOrNull(millis(timeout)) { awaited(call, maxBytes) } ?: throw tooLate(timeout)
        } catch (cancelled: CancellationException) {
            throw cancelled
        } catch (error: Exception) {
            throw failure(error, maybeSent = !(way.departure.hold() && way.isCertain))
        }
    }

    private fun carrier(request: Request): OkHttpClient = when {
        request.isDirect -> if (request.isWrite) directWriting else direct
        else -> if (request.isWrite) writing else client
    }

    /** Lets exchanges that are under way come to their end. */
    override fun close() {
        isClosed = true
        fresh.evictAll()
        if (!isOwn) return
        client.connectionPool.evictAll()
        // Those that wait for their turn are still to be sent.
        client.dispatcher.idleCallback = Runnable { client.dispatcher.executorService.shutdown() }
        if (client.dispatcher.runningCallsCount() == 0) client.dispatcher.executorService.shutdown()
    }
}

/** OkHttp's own has five calls to one host under way, and lets the others wait. */
private fun usual(): OkHttpClient =
    OkHttpClient.Builder().dispatcher(Dispatcher().apply { maxRequestsPerHost = maxRequests }).build()

private fun built(request: Request, way: Way): okhttp3.Request {
    val built = okhttp3.Request.Builder().url(request.url).method(request.method, request.body?.toRequestBody())
    request.headers.forEach { (name, value) -> built.addHeader(name, value) }
    // OkHttp unpacks nothing on its own where this is given.
    built.header("Accept-Encoding", ACCEPT_ENCODING)
    return built.tag(Way::class.java, way).build()
}

private suspend fun awaited(call: Call, maxBytes: Long): Response = suspendCancellableCoroutine { waiting ->
    waiting.invokeOnCancellation { call.cancel() }
    call.enqueue(object : Callback {
        override fun onFailure(call: Call, e: IOException) = waiting.resumeWithException(e)

        override fun onResponse(call: Call, response: okhttp3.Response) {
            val read = runCatching { response.use { received(it, maxBytes) } }
            read.onSuccess { waiting.resume(it) }
            read.onFailure { waiting.resumeWithException(it) }
        }
    })
}

private fun received(answer: okhttp3.Response, maxBytes: Long): Response {
    val source = checkNotNull(answer.body).source()
    if (source.request(maxBytes + 1)) throw tooLarge(maxBytes)
    val body = unpacked(answer.headers.values("Content-Encoding"), source.readByteArray(), maxBytes)
    return Response(answer.code, answer.headers.toList(), body)
}

/** How far a request has come. */
private class Way {
    val departure = Departure()

    /** Whether all interceptors of the program have passed it on: they may send in ways of their own. */
    @Volatile
    var isCertain = false
}

/** What an interceptor throws is a failure of the request; OkHttp would end the thread with it. */
private fun guarded(chain: Interceptor.Chain): okhttp3.Response = try {
    chain.proceed(chain.request())
} catch (error: IOException) {
    throw error
} catch (error: Throwable) {
    throw IOException(words(error), error)
}

private fun reached(chain: Interceptor.Chain): okhttp3.Response {
    chain.request().tag(Way::class.java)?.isCertain = true
    return chain.proceed(chain.request())
}

/** Runs where there is a connection, for each time that OkHttp sends. */
private fun leaving(chain: Interceptor.Chain): okhttp3.Response {
    val departure = chain.request().tag(Way::class.java)?.departure
    if (departure == null || !departure.leave()) throw IOException("the request is not to be sent, or not again")
    val answer = chain.proceed(chain.request())
    if (answer.code < FIRST_FINAL) {
        // The answer itself is still to come, and the connection's next request would get it.
        chain.connection()?.socket()?.close()
        throw interim(answer.code)
    }
    // With that header OkHttp sends again at once.
    val repeats = answer.code == UNAVAILABLE && answer.header("Retry-After")?.trim()?.toIntOrNull() == 0
    return if (repeats) answer.newBuilder().removeHeader("Retry-After").build() else answer
}

private const val UNAVAILABLE = 503
