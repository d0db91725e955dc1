import io.github.xportcn.PushMessage
import io.github.xportcn.PushReceiver
import jakarta.servlet.http.HttpServletRequest
import java.util.concurrent.Executors
import java.util.function.Supplier
import org.springframework.boot.SpringApplication
import org.springframework.boot.autoconfigure.EnableAutoConfiguration
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext
import org.springframework.context.support.GenericApplicationContext
import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.PostMapping
import org.springframework.web.bind.annotation.RestController

/** Pushed messages with Spring. */
@RestController
class Pushed(private val receiver: PushReceiver, private val work: (PushMessage, Boolean) -> Unit) : AutoCloseable {
    private val workers = Executors.newFixedThreadPool(4)

    @PostMapping("/pushed")
    fun pushed(request: HttpServletRequest): ResponseEntity<Void> {
        val body = request.inputStream.readNBytes(receiver.maxBytes + 1)
        val received = receiver.receive(request.getHeader("Authorization"), body)
        received.message?.let { workers.execute { work(it, received.isRepeat) } }
        return ResponseEntity.status(received.status).build()
    }

    override fun close(): Unit = workers.shutdown()
}

@EnableAutoConfiguration
open class Application

class SpringServer(receiver: PushReceiver, work: (PushMessage, Boolean) -> Unit) : Server {
    private val context = SpringApplication(Application::class.java, Xportcn::class.java, Offers::class.java).run {
        val quiet = "logging.level.root" to "error"
        setDefaultProperties(mapOf("server.port" to "0", "server.address" to "127.0.0.1", quiet))
        setBannerMode(org.springframework.boot.Banner.Mode.OFF)
        addInitializers({ context ->
            (context as GenericApplicationContext).registerBean(Pushed::class.java, Supplier { Pushed(receiver, work) })
        })
        run() as ServletWebServerApplicationContext
    }

    override val port: Int = context.webServer.port

    override fun close(): Unit = context.close()
}
