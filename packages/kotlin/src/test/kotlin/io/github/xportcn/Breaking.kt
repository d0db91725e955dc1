package io.github.xportcn

import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.net.SocketException
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread

/** A server that answers the first request of a connection, and breaks the connection at any other; all but the first
 * connection break at once. */
internal class Breaking : AutoCloseable {
    private val listener = ServerSocket(0, 50, InetAddress.getLoopbackAddress())
    private val connections = AtomicInteger()
    val requests = AtomicInteger()
    val url: String = "http://127.0.0.1:${listener.localPort}"

    init {
        thread(isDaemon = true) {
            try {
                while (true) listener.accept().let { thread(isDaemon = true) { serve(it) } }
            } catch (_: SocketException) {
                // The listener was closed.
            }
        }
    }

    private fun serve(socket: Socket) = socket.use {
        val isFirst = connections.incrementAndGet() == 1
        read(socket)
        if (isFirst) {
            val body = """{"code":200,"requestId":"r","data":{"currency":"CNY"}}"""
            val head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n"
            socket.getOutputStream().write((head + body).encodeToByteArray())
            read(socket)
        }
    }

    /** Reads one request. */
    private fun read(socket: Socket) {
        val head = StringBuilder()
        while (!head.endsWith("\r\n\r\n")) {
            val byte = socket.getInputStream().read()
            if (byte < 0) return
            head.append(byte.toChar())
        }
        val length =
            Regex("content-length: (\\d+)", RegexOption.IGNORE_CASE).find(head)?.groupValues?.get(1)?.toInt() ?: 0
        socket.getInputStream().readNBytes(length)
        requests.incrementAndGet()
    }

    override fun close() = listener.close()
}
