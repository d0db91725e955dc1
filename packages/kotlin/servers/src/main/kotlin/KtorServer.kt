import io.github.xportcn.PushMessage
import io.github.xportcn.PushReceiver
import io.ktor.http.HttpStatusCode
import io.ktor.server.application.Application
import io.ktor.server.cio.CIO
import io.ktor.server.engine.embeddedServer
import io.ktor.server.request.receiveChannel
import io.ktor.server.response.respond
import io.ktor.server.routing.post
import io.ktor.server.routing.routing
import io.ktor.utils.io.readRemaining
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.io.readByteArray

/** Pushed messages with Ktor. */
fun Application.pushed(receiver: PushReceiver, work: (PushMessage, Boolean) -> Unit) = routing {
    post("/pushed") {
        val body = call.receiveChannel().readRemaining(receiver.maxBytes + 1L).readByteArray()
        val received = receiver.receive(call.request.headers["Authorization"], body)
        call.respond(HttpStatusCode.fromValue(received.status))
        received.message?.let { launch { work(it, received.isRepeat) } }
    }
}

class KtorServer(receiver: PushReceiver, work: (PushMessage, Boolean) -> Unit) : Server {
    private val server = embeddedServer(CIO, port = 0, host = "127.0.0.1") { pushed(receiver, work) }.start()

    override val port: Int = runBlocking { server.engine.resolvedConnectors().first().port }

    override fun close(): Unit = server.stop(100, 1000)
}
