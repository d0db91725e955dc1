package io.github.xportcn

import io.ktor.client.HttpClient
import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.plugins.HttpTimeoutCapability
import io.ktor.client.plugins.timeout
import io.ktor.client.request.headers
import io.ktor.client.request.prepareRequest
import io.ktor.client.request.setBody
import io.ktor.client.statement.HttpResponse
import io.ktor.client.statement.bodyAsChannel
import io.ktor.http.HttpMethod
import io.ktor.http.contentLength
import io.ktor.util.flattenEntries
import io.ktor.utils.io.ByteReadChannel
import io.ktor.utils.io.readAvailable
import java.net.ConnectException
import java.net.NoRouteToHostException
import java.net.UnknownHostException
import java.nio.channels.UnresolvedAddressException
import java.time.Duration
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withTimeoutOrNull

private const val PIECE = 1 shl 14

/**
 * Sends with an engine of Ktor's client, 3.0 or later, which the program brings along. None of the plugins of the program's own
 * client is used: nothing is repeated, redirected or kept by them.
 *
 * @param engine An engine that sends nothing twice on its own, as CIO. It stays open.
 * @param direct An engine without a proxy, for what must go through none, where the first one has a proxy.
 */
public class KtorTransport @JvmOverloads constructor(
    engine: HttpClientEngine,
    direct: HttpClientEngine? = null,
) : Transport {
    private val client = bare(engine)
    private val direct = direct?.let(::bare) ?: client.takeIf { engine.config.proxy == null }

    override suspend fun send(request: Request, timeout: Duration, maxBytes: Long): Response {
        val carrier = if (request.isDirect) direct ?: throw noWay() else client
        try {
            return withTimeoutOrNull(millis(timeout)) { sent(carrier, request, maxBytes) } ?: throw tooLate(timeout)
        } catch (cancelled: CancellationException) {
            // An engine may end its own work by cancelling it.
            currentCoroutineContext().ensureActive()
            throw failure(cancelled, maybeSent = true)
        } catch (error: Exception) {
            throw failure(error, maybeSent = !isBeforeConnection(error))
        }
    }

    /** Ends what is the transport's own; the engines stay open. */
    override fun close() {
        client.close()
        direct?.close()
    }
}

private fun noWay() = TransportFailure(
    "other",
    false,
    "the request must go through no proxy, and the engine has one: give the transport a second engine without",
)

/** Without redirects, and without errors that are made of statuses. */
private fun bare(engine: HttpClientEngine) = HttpClient(engine) {
    followRedirects = false
    expectSuccess = false
}

private suspend fun sent(client: HttpClient, request: Request, maxBytes: Long): Response =
    client.prepareRequest(request.url) {
        method = HttpMethod(request.method)
        headers {
            request.headers.forEach { (name, value) -> append(name, value) }
            append("accept-encoding", ACCEPT_ENCODING)
        }
        request.body?.let { setBody(it) }
        // An engine's own time, as CIO's of 15 seconds, is no longer measured where a request has one.
        if (HttpTimeoutCapability in client.engine.supportedCapabilities) timeout { }
    }.execute { received(it, maxBytes) }

private suspend fun received(answer: HttpResponse, maxBytes: Long): Response {
    if (answer.status.value < FIRST_FINAL) throw interim(answer.status.value)
    val headers = answer.headers.flattenEntries()
    val packed = read(answer.bodyAsChannel(), answer.contentLength() ?: 0, maxBytes)
    val body = unpacked(answer.headers.getAll("content-encoding").orEmpty(), packed, maxBytes)
    return Response(answer.status.value, headers, body)
}

private suspend fun read(body: ByteReadChannel, announced: Long, maxBytes: Long): ByteArray {
    val bytes = Bytes(announced, maxBytes)
    val piece = ByteArray(PIECE)
    while (true) {
        val length = body.readAvailable(piece)
        if (length < 0) return bytes.all()
        bytes.add(piece, length)
    }
}

/** Whether there was no connection that anything could be sent over. */
private fun isBeforeConnection(error: Exception): Boolean = when (error) {
    is ConnectException, is NoRouteToHostException, is UnknownHostException, is UnresolvedAddressException -> true
    else -> isBeforeTls(error)
}
