package io.github.xportcn

import io.ktor.client.engine.cio.CIO
import java.io.IOException
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.Proxy
import java.net.ProxySelector
import java.net.ServerSocket
import java.net.Socket
import java.net.SocketAddress
import java.net.URI
import java.net.http.HttpClient
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLServerSocket
import kotlin.concurrent.thread
import okhttp3.OkHttpClient

/** A request as it came. */
internal class Received(val line: String, val headers: Map<String, String>)

/** Gives each connection to a function, in a thread of its own, and closes it then. */
internal class Peer(
    tls: SSLContext? = null,
    asksWho: Boolean = false,
    private val serve: Peer.(Socket) -> Unit,
) : AutoCloseable {
    private val loopback = InetAddress.getLoopbackAddress()
    private val listener =
        tls?.serverSocketFactory?.createServerSocket(0, 50, loopback) ?: ServerSocket(0, 50, loopback)
    private val open = CopyOnWriteArrayList<Socket>()
    val seen = CopyOnWriteArrayList<Received>()
    val address: SocketAddress get() = InetSocketAddress(loopback, listener.localPort)
    val url: String = if (tls == null) "http://127.0.0.1:${listener.localPort}" else secure
    val secure: String get() = "https://localhost:${listener.localPort}"

    init {
        (listener as? SSLServerSocket)?.needClientAuth = asksWho
        thread(isDaemon = true) {
            try {
                while (true) listener.accept().let { thread(isDaemon = true) { one(it) } }
            } catch (_: IOException) {
                // The listener was closed.
            }
        }
    }

    private fun one(socket: Socket) = try {
        open += socket
        socket.use { serve(it) }
    } catch (_: IOException) {
        // The client has gone, as it should in most of these tests.
    }

    /** The next request; null at the end. */
    fun next(socket: Socket): Received? {
        val lines = ArrayList<String>()
        while (true) {
            val line = line(socket) ?: return null
            if (line.isEmpty()) break
            lines += line
        }
        val headers = lines.drop(1).associate { it.substringBefore(":").lowercase() to it.substringAfter(":").trim() }
        socket.getInputStream().readNBytes(headers["content-length"]?.toInt() ?: 0)
        return Received(lines.first(), headers).also { seen += it }
    }

    override fun close() {
        listener.close()
        open.forEach { runCatching { it.close() } }
    }
}

private fun line(socket: Socket): String? {
    val line = StringBuilder()
    while (!line.endsWith("\r\n")) {
        val byte = socket.getInputStream().read()
        if (byte < 0) return null
        line.append(byte.toChar())
    }
    return line.removeSuffix("\r\n").toString()
}

internal fun Socket.say(text: String) = say(text.encodeToByteArray())

internal fun Socket.say(bytes: ByteArray) = getOutputStream().run {
    write(bytes)
    flush()
}

/** A reply whose id is this one. */
internal fun envelope(id: String) = """{"code":200,"requestId":"$id","data":{"currency":"CNY"}}"""

/** A whole answer. */
internal fun answer(body: ByteArray, status: String = "200 OK", vararg headers: String): ByteArray {
    val head = listOf("HTTP/1.1 $status", "Content-Type: application/json", "Content-Length: ${body.size}") + headers
    return head.joinToString("\r\n", postfix = "\r\n\r\n").encodeToByteArray() + body
}

internal fun answer(body: String, status: String = "200 OK", vararg headers: String): ByteArray =
    answer(body.encodeToByteArray(), status, *headers)

/** Answers each request, and keeps connections. */
internal fun platform(reply: (Int) -> ByteArray) = Peer { socket ->
    while (next(socket) != null) socket.say(reply(seen.size))
}

/** A transport of the package: by `java.net.http`, by OkHttp, or by Ktor. */
internal fun carrier(name: String, trusting: Boolean = false, proxy: SocketAddress? = null): Transport {
    if (name == "ktor") return transport(name)
    if (name == "java") {
        val builder = HttpClient.newBuilder()
        if (trusting) builder.sslContext(Certificates.trusting())
        if (proxy != null) builder.proxy(Always(proxy))
        return JavaHttpTransport(builder.build())
    }
    val builder = OkHttpClient.Builder()
    if (trusting) builder.sslSocketFactory(Certificates.trusting().socketFactory, Certificates.managers().single())
    if (proxy != null) builder.proxy(Proxy(Proxy.Type.HTTP, proxy))
    return OkHttpTransport(builder.build())
}

internal class Always(private val proxy: SocketAddress) : ProxySelector() {
    override fun select(uri: URI): List<Proxy> = listOf(Proxy(Proxy.Type.HTTP, proxy))

    override fun connectFailed(uri: URI, address: SocketAddress, error: IOException) {}
}

/** The transport of this name. */
internal fun transport(name: String): Transport = when (name) {
    "java" -> JavaHttpTransport()
    "okhttp" -> OkHttpTransport()
    "ktor" -> KtorTransport(CIO.create())
    else -> error("there is no transport $name")
}

/** A client that makes one attempt. */
internal fun client(url: String, transport: Transport, timeoutMs: Int = 5000, maxReplyBytes: Long? = null) =
    XportcnClient(
        XportcnConfig("k", "hidden-secret", "u") {
            options = CallOptions {
                maxRetries = 0
                timeout = Duration.ofMillis(timeoutMs.toLong())
            }
            baseUrl = url
            this.maxReplyBytes = maxReplyBytes
        },
        transport,
    )

internal suspend fun XportcnClient.render() =
    taobao.afterSale.render(subOrderId = "1034499579120189839", goodsStatus = 1, refundType = 1)

internal suspend fun XportcnClient.pay() = taobao.order.pay(orderId = "1034499579120189839")

/** A call that writes and is a GET, which transports like to send again. */
internal suspend fun XportcnClient.cancelRefund() = taobao.afterSale.cancel(refundId = "110002685755")
