package io.github.xportcn

import java.io.IOException
import java.io.InterruptedIOException
import java.net.ConnectException
import java.net.UnknownHostException
import java.util.concurrent.TimeUnit
import javax.net.ssl.SSLHandshakeException
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlin.time.Duration
import kotlinx.coroutines.suspendCancellableCoroutine
import okhttp3.Call
import okhttp3.Callback
import okhttp3.OkHttpClient
import okhttp3.RequestBody.Companion.toRequestBody

/**
 * Sends with OkHttp, which the program brings along.
 *
 * @param client The client that connections and settings are shared with. Redirects and OkHttp's own repeats are turned off.
 */
public class OkHttpTransport(client: OkHttpClient = OkHttpClient()) : Transport {
    private val client = client.newBuilder()
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .readTimeout(0, TimeUnit.MILLISECONDS)
        .build()

    override suspend fun send(request: Request, timeout: Duration, maxBytes: Long): Response {
        val built = okhttp3.Request.Builder().url(request.url).method(request.method, request.body?.toRequestBody())
        request.headers.forEach { (name, value) -> built.addHeader(name, value) }
        val call = client.newCall(built.build())
        call.timeout().timeout(timeout.inWholeMilliseconds, TimeUnit.MILLISECONDS)
        return suspendCancellableCoroutine { waiting ->
            waiting.invokeOnCancellation { call.cancel() }
            call.enqueue(object : Callback {
                override fun onFailure(call: Call, e: IOException) = waiting.resumeWithException(failure(e))

                override fun onResponse(call: Call, response: okhttp3.Response) {
                    val read = runCatching { response.use { received(it, maxBytes) } }
                    read.onSuccess { waiting.resume(it) }
                    read.onFailure { waiting.resumeWithException(if (it is IOException) failure(it) else it) }
                }
            })
        }
    }

    /** Ends idle connections. */
    override fun close() {
        client.connectionPool.evictAll()
    }
}

private fun received(answer: okhttp3.Response, maxBytes: Long): Response {
    val source = checkNotNull(answer.body).source()
    if (source.request(maxBytes + 1)) throw tooLarge(maxBytes)
    val headers = ANSWER_HEADERS.flatMap { name -> answer.headers.values(name).map { name to it } }
    return Response(answer.code, headers, source.readByteArray())
}

private fun failure(error: IOException): TransportFailure = when (error) {
    is UnknownHostException -> TransportFailure("dns", false, words(error), error)
    is ConnectException -> TransportFailure("connect", false, words(error), error)
    is SSLHandshakeException -> TransportFailure("tls", false, words(error), error)
    is InterruptedIOException -> TransportFailure("timeout", true, words(error), error)
    else -> TransportFailure("reset", true, words(error), error)
}
