package io.github.xportcn

import com.sun.jna.Memory
import io.github.xportcn.core.Answer
import io.github.xportcn.core.Begin
import io.github.xportcn.core.Begun
import io.github.xportcn.core.Core
import io.github.xportcn.core.Exchange
import io.github.xportcn.core.Header
import io.github.xportcn.core.Received
import io.github.xportcn.core.Step
import io.github.xportcn.core.headersThatMatter
import java.nio.ByteBuffer
import java.security.SecureRandom
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive

/** One core and one transport. */
internal class Connection(
    val core: Core,
    private val transport: Transport,
    private val interceptors: List<Interceptor>,
) : AutoCloseable {
    val pauses = Pauses()
    val audience = Audience()
    private val maxBytes = core.maxReplyBytes().toLong()
    private val isDirect = core.isDirect()
    private val headersThatMatter = headersThatMatter().toSet()

    @Volatile
    private var closed = false

    /** Begins something of the core, unless the client is closed. */
    fun <T> ask(begin: (Core) -> T): T {
        if (closed) throw XportcnException.of(CLOSED)
        return raising { begin(core) }
    }

    /**
     * Does what the exchange says until it is over. Where the coroutine is cancelled, a write that may have been carried out
     * is thrown as that.
     */
    suspend fun run(id: String, params: String, terms: Terms): Answered {
        val listens = audience.isThere(terms)
        val begun = ask { it.begin(Begin(id, params, terms.options, now(), random(), listens)) }
        val watch = if (listens) audience.watch(id, terms) else null
        return begun.exchange.use { exchange ->
            val call = Call(id, begun, watch)
            try {
                call.drive()
            } catch (cancelled: CancellationException) {
                throw call.abandon() ?: cancelled
            }
        }
    }

    override fun close() {
        closed = true
        transport.close()
    }

    private inner class Call(private val id: String, begun: Begun, private val watch: Watch?) {
        private val exchange: Exchange = begun.exchange
        private val isWrite = begun.isWrite
        private var step = begun.step
        private var cause: Throwable? = null
        private var last: Response? = null

        suspend fun drive(): Answered {
            while (true) {
                watch?.tell(exchange)
                when (val current = step) {
                    is Step.Done -> return answered(current.answer)
                    is Step.Failed -> throw failed(current)
                    is Step.Wait -> {
                        delay(current.millis.toLong())
                        step = exchange.step(now(), random())
                    }
                    is Step.Send -> step = attempt(current)
                }
            }
        }

        private suspend fun attempt(send: Step.Send): Step {
            val answer = try {
                sent(send)
            } catch (failure: Throwable) {
                // A transport may end its own work by cancelling it; the caller's wish comes first. Whatever
                // else it throws, errors too, is no reason to forget that the request may have arrived.
                if (failure is CancellationException) currentCoroutineContext().ensureActive()
                cause = failure
                return lost(failure)
            }
            cause = null
            last = answer
            val headers = answer.headers.filter { (name, _) -> name.lowercase() in headersThatMatter }
                .map { (name, value) -> Header(whole(name), whole(value)) }
            val status = answer.status.coerceIn(0, UShort.MAX_VALUE.toInt()).toUShort()
            val received = Received(status, headers, now(), random())
            return lent(answer.body) { body -> exchange.receive(received, body) }
        }

        private suspend fun sent(send: Step.Send): Response {
            val timeout = send.timeoutMs.toLong().milliseconds
            val made = request(send, isWrite, isDirect)
            val request = watch?.prepared(made) ?: made
            return Attempt(id, request, interceptors) { transport.send(it, timeout, maxBytes) }.proceed(request)
        }

        private fun lost(failure: Throwable): Step {
            val known = failure as? TransportFailure ?: TransportFailure("other", true, words(failure))
            exchange.onFailure(known.kind, known.maybeSent, whole(known.detail))
            return exchange.step(now(), random())
        }

        private fun answered(answer: Answer) = Answered(answer, last?.body ?: ByteArray(0), known())

        private fun failed(step: Step.Failed): XportcnException {
            val error = XportcnException.of(step.error, cause)
            error.known = known()
            if (error is XportcnException.AmbiguousWrite) tell(LogLevel.WARNING) { error.message.orEmpty() }
            return error
        }

        private fun known() = Known(
            last?.let { ResponseHead(it.status, it.headers) },
            exchange.attempts().toInt(),
            exchange.durationMs().toLong().milliseconds,
        )

        /** Ends the call that the caller leaves; gives it, and tells the log, if it may have been carried out. */
        fun abandon(): XportcnException.AmbiguousWrite? {
            exchange.cancel()
            val step = exchange.step(now(), random())
            watch?.tell(exchange)
            cause = null
            return (step as? Step.Failed)?.let(::failed) as? XportcnException.AmbiguousWrite
        }
    }
}

/** An answer that is not yet in its type, the body that it came in, and what is known of it. */
internal class Answered(val answer: Answer, val raw: ByteArray, val known: Known)

/** What is known of a call beside its data. */
internal class Known(val response: ResponseHead?, val attempts: Int, val duration: Duration) {
    companion object {
        val NOTHING = Known(null, 0, Duration.ZERO)
    }
}

private const val CLOSED =
    """{"kind":"Misuse","text":"the client has been closed","reason":"the client has been closed"}"""

private val entropy = SecureRandom()

private fun random() = ByteArray(32).also(entropy::nextBytes)

internal fun now() = System.currentTimeMillis().toULong()

private fun request(step: Step.Send, isWrite: Boolean, isDirect: Boolean) =
    Request(step.method, step.url, step.headers.map { it.name to it.value }, step.body, isWrite, isDirect)

/** Text with a sign in the place of half a surrogate, which the core does not take. */
internal fun whole(text: String): String = text.encodeToByteArray().decodeToString()

/** Shows bytes to the core, which takes a copy of them. */
internal fun <T> lent(bytes: ByteArray, look: (ByteBuffer) -> T): T {
    if (bytes.isEmpty()) return look(ByteBuffer.allocateDirect(0))
    return Memory(bytes.size.toLong()).use { memory ->
        memory.write(0, bytes, 0, bytes.size)
        look(memory.getByteBuffer(0, bytes.size.toLong()))
    }
}
