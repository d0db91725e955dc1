package io.github.xportcn

import io.github.xportcn.core.CoreText
import io.github.xportcn.core.Frame
import io.github.xportcn.core.OpenCall
import io.github.xportcn.core.OpenCore
import io.github.xportcn.core.Told
import java.time.Duration
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.withContext
import kotlinx.serialization.Serializable

/** One core and one transport. */
internal class Connection(
    val core: OpenCore,
    private val transport: Transport,
    private val interceptors: List<Interceptor>,
) : AutoCloseable {
    val pauses = Pauses()
    val audience = Audience()

    @Volatile
    private var closed = false

    /** Begins something of the core, unless the client is closed. */
    fun <T> ask(begin: (OpenCore) -> T): T {
        if (closed) throw XportcnException.of(CLOSED)
        return raising { begin(core) }
    }

    /**
     * Does what the exchange says until it is over. Where the coroutine is cancelled, a write that may have been carried out
     * is thrown as that.
     */
    suspend fun run(id: String, given: ByteArray, terms: Terms): Answered {
        val listens = audience.listens(terms)
        val frame = Frame(now()).number(listens.ordinal.toLong()).flag(false).text(id).text(terms.options).text(given)
        return ask { it.begin(frame.bytes()) }.use { exchange ->
            val call = Call(id, given, exchange, if (listens == Listens.TO_NOTHING) null else audience.watch(id, terms))
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

    private inner class Call(
        private val id: String,
        private val given: ByteArray,
        private val exchange: OpenCall,
        private val watch: Watch?,
    ) {
        private var cause: Throwable? = null
        private var last: Response? = null

        suspend fun drive(): Answered {
            var step = heard(exchange.first)
            while (true) {
                step = when (step) {
                    is Step.Send -> attempt(step)
                    is Step.Wait -> {
                        delay(step.millis)
                        heard(exchange.resume(Frame(now()).bytes()))
                    }
                    is Step.Done -> return Answered(step.data, step.about, last?.body ?: ByteArray(0), step.known)
                    is Step.Failed -> throw failed(step)
                }
            }
        }

        /** What to do next. Whoever listens is told what has happened. */
        private fun heard(told: Told): Step {
            val next = told.number().toInt()
            val events = told.text()
            watch?.tell(events)
            return when (next) {
                SEND -> Step.Send(told, given)
                WAIT -> Step.Wait(told.number())
                DONE -> Step.Done(known(told), About(told.maybe(), told.maybe(), told.maybe()), told)
                else -> Step.Failed(known(told), told.text())
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
            val headers = answer.headers.filter { (name, _) -> name.lowercase() in core.headersThatMatter }
            val frame = Frame(
                now(),
            ).number(answer.status.coerceIn(0, MOST_STATUS).toLong()).number(headers.size.toLong())
            for ((name, value) in headers) frame.text(name).text(value)
            return asideIfLarge(answer.body.size) { heard(exchange.receive(frame.bytes(), answer.body)) }
        }

        private suspend fun sent(send: Step.Send): Response {
            val made = Request(send.method, send.url, send.headers, send.body, send.isWrite, core.isDirect)
            val request = watch?.prepared(made) ?: made
            val timeout = send.timeout
            return Attempt(id, request, interceptors) { transport.send(it, timeout, core.maxBytes) }.proceed(request)
        }

        private fun lost(failure: Throwable): Step {
            val known = failure as? TransportFailure ?: TransportFailure("other", true, words(failure))
            val frame = Frame(now()).flag(true).flag(known.maybeSent).flag(false).text(known.kind).text(known.detail)
            return heard(exchange.fail(frame.bytes()))
        }

        private fun failed(step: Step.Failed): XportcnException {
            val error = XportcnException.of(step.error, cause)
            error.known = step.known
            if (error is XportcnException.AmbiguousWrite) tell(LogLevel.WARNING) { error.message.orEmpty() }
            return error
        }

        private fun known(told: Told): Known {
            val head = last?.let { ResponseHead(it.status, it.headers) }
            return Known(head, told.number().toInt(), Duration.ofMillis(told.number()))
        }

        /** Ends the call that the caller leaves; gives it, and tells the log, if it may have been carried out. */
        fun abandon(): XportcnException.AmbiguousWrite? {
            val frame = Frame(now()).flag(false).flag(false).flag(true).text("").text("")
            val step = heard(exchange.fail(frame.bytes()))
            cause = null
            return (step as? Step.Failed)?.let(::failed) as? XportcnException.AmbiguousWrite
        }
    }
}

/** From so many bytes on it takes longer to read an answer than to go to another thread for it, of which there may be more. */
private const val LARGE = 1 shl 16

/** Works with an answer of a size. It has come: who is cancelled now takes no note of it, but the write is not in doubt. */
internal suspend fun <T> asideIfLarge(bytes: Int, work: () -> T): T =
    if (bytes < LARGE) work() else withContext(NonCancellable + Dispatchers.Default) { work() }

private const val SEND = 0
private const val WAIT = 1
private const val DONE = 2

/** What the core takes as a status. */
internal const val MOST_STATUS: Int = 65_535

/** What a frame of the core says is to be done. Its members stand in the order of the frame's. */
private sealed interface Step {
    class Send(told: Told, given: ByteArray) : Step {
        val isWrite = told.flag()
        val timeout: Duration = Duration.ofMillis(told.number())
        val method = told.text()
        val url = told.text()
        val body = told.bytes(given)
        val headers = List(told.number().toInt()) { told.text() to told.text() }
    }

    class Wait(val millis: Long) : Step

    class Done(val known: Known, about: About, told: Told) : Step {
        val data = told.data()
        val about = about.with(List(told.number().toInt()) { Warning(told.text(), told.text(), told.text()) })
    }

    class Failed(val known: Known, val error: String) : Step
}

/** An answer that is not yet in its type, the body that it came in, and what is known of it. */
internal class Answered(val data: CoreText, val about: About, val raw: ByteArray, val known: Known)

/** What comes with the data. */
@Serializable
internal class About(
    val requestId: String? = null,
    val message: String? = null,
    val developId: String? = null,
    val warnings: List<Warning> = emptyList(),
) {
    fun with(warnings: List<Warning>) = if (warnings.isEmpty()) this else About(requestId, message, developId, warnings)

    /** As the core takes it. */
    fun json(): String = JSON.encodeToString(serializer(), this)
}

/** What is known of a call beside its data. */
internal class Known(val response: ResponseHead?, val attempts: Int, val duration: Duration) : java.io.Serializable {
    companion object {
        val NOTHING = Known(null, 0, Duration.ZERO)
    }
}

private const val CLOSED =
    """{"kind":"Misuse","text":"the client has been closed","reason":"the client has been closed"}"""

internal fun now(): Long = System.currentTimeMillis()

/** Text with a sign in the place of half a surrogate, which the core does not take. */
internal fun whole(text: String): String = text.encodeToByteArray().decodeToString()
