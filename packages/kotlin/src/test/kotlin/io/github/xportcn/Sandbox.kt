package io.github.xportcn

import java.time.Duration
import java.util.concurrent.TimeUnit

/** The platform on this machine: the program `xportcn` that the variable XPORTCN_CLI names. */
internal class Sandbox(vararg options: String) : AutoCloseable {
    private val process: Process
    private val url: String

    init {
        val program = checkNotNull(System.getenv("XPORTCN_CLI")) { "XPORTCN_CLI does not name the program xportcn" }
        process = ProcessBuilder(program, "sandbox", "--port", "0", *options)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
        url = process.inputStream.bufferedReader().readLine().split(" ").last()
    }

    fun config(options: CallOptions = CallOptions(), secret: String = "sandbox-secret") =
        XportcnConfig("sandbox-key", secret, "sandbox-user") {
            this.options = options
            baseUrl = url
        }

    fun client(options: CallOptions = CallOptions(), transport: Transport = Transport.standard()) =
        XportcnClient(config(options), transport)

    override fun close() {
        process.destroy()
        process.waitFor(10, TimeUnit.SECONDS)
    }
}

/** Answers without a network. */
internal class Local(private val answer: suspend (Request) -> Response) : Transport {
    override suspend fun send(request: Request, timeout: Duration, maxBytes: Long): Response = answer(request)

    override fun close() {}
}

internal val Int.milliseconds: Duration get() = Duration.ofMillis(toLong())

internal val Int.seconds: Duration get() = Duration.ofSeconds(toLong())

internal val Int.minutes: Duration get() = Duration.ofMinutes(toLong())

internal val ACCOUNT = XportcnConfig("sandbox-key", "sandbox-secret", "sandbox-user")

internal fun answered(body: String): Response = Response(200, emptyList(), body.encodeToByteArray())
