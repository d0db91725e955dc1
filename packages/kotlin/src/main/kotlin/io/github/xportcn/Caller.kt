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
import io.github.xportcn.core.journalKey
import java.nio.ByteBuffer
import java.security.SecureRandom
import java.util.logging.Level
import kotlin.time.Duration.Companion.milliseconds
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.transform
import kotlinx.coroutines.isActive
import kotlinx.coroutines.withContext
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.json.JsonPrimitive

/** Makes calls with a client's options. */
internal class Caller(private val connection: Connection, private val options: String) {
    suspend fun <T> call(id: String, serializer: KSerializer<T>, params: Params.() -> Unit): Reply<T> =
        call(id, serializer, Params().apply(params).json())

    suspend fun <T> call(id: String, serializer: KSerializer<T>, params: String): Reply<T> = apart {
        val (answer, raw) = connection.run(id, params, options)
        reply(id, serializer, answer, raw)
    }

    suspend fun recover(ticket: String): Outcome = apart {
        val recovery = connection.ask { core -> core.recover(whole(ticket), options) }
        (Search(connection, options).run(recovery) as Settled.Recovered).outcome
    }

    suspend fun settle(id: String, params: Params.() -> Unit): Settled = apart {
        val recovery = connection.ask { core -> core.settle(id, Params().apply(params).json(), options) }
        Search(connection, options).run(recovery)
    }

    /** The key of a write in a journal: the one that is given, or the reference that the write carries. */
    fun key(id: String, params: String, given: String?): String =
        if (given != null) whole(given) else raising { journalKey(id, params) }

    suspend fun settleKept(key: String, id: String, params: String, entry: String, keep: Keeper): Settled = apart {
        val recovery = connection.ask { core -> core.settleKept(key, id, params, options, entry) }
        Search(connection, options, keep).run(recovery)
    }

    suspend fun recoverKept(entry: String, keep: Keeper): Settled = apart {
        val recovery = connection.ask { core -> core.recoverKept(entry, options) }
        Search(connection, options, keep).run(recovery)
    }

    suspend fun waitUntil(of: String, state: String, id: String): Waited = apart {
        val recovery = connection.ask { core -> core.wait(of, state, JsonPrimitive(whole(id)).toString(), options) }
        Search(connection, options).wait(recovery)
    }

    fun <T> pages(id: String, serializer: KSerializer<T>, params: Params.() -> Unit): Flow<Reply<T>> {
        val first = Params().apply(params).json()
        return flow {
            raising { connection.core.pager(id, first) }.use { pager ->
                while (true) {
                    val next = pager.params() ?: break
                    val reply = withContext(Dispatchers.Default) {
                        val (answer, raw) = connection.run(id, next, options)
                        val isShown = raising { pager.advance(answer.data, answer.reply) }
                        if (isShown) reply(id, serializer, answer, raw) else null
                    }
                    if (reply != null) emit(reply)
                }
            }
        }
    }

    fun <T, I : Any> items(
        id: String,
        serializer: KSerializer<T>,
        items: (T) -> List<I?>?,
        params: Params.() -> Unit,
    ): Flow<I> = pages(id, serializer, params).transform { page ->
        items(page.data)?.forEach { if (it != null) emit(it) }
    }
}

/** Works beside the caller's thread. A cancelled coroutine ends in a cancellation, whatever became of its write. */
private suspend fun <T> apart(work: suspend CoroutineScope.() -> T): T = try {
    withContext(Dispatchers.Default, work)
} catch (lost: XportcnException.AmbiguousWrite) {
    throw if (currentCoroutineContext().isActive) lost else WriteCancelled(lost)
}

/** One core and one transport. */
internal class Connection(val core: Core, private val transport: Transport) : AutoCloseable {
    val pauses = Pauses()
    private val maxBytes = core.maxReplyBytes().toLong()
    private val isDirect = core.isDirect()

    @Volatile
    private var closed = false

    /** Begins something of the core, unless the client is closed. */
    fun <T> ask(begin: (Core) -> T): T {
        if (closed) throw XportcnException.of(CLOSED)
        return raising { begin(core) }
    }

    /**
     * Does what the exchange says until it is over; gives the answer and the body that it came in. Where the coroutine is
     * cancelled, a write that may have been carried out is thrown as that.
     */
    suspend fun run(id: String, params: String, options: String): Pair<Answer, ByteArray> {
        val begun = ask { it.begin(Begin(id, params, options, now(), random(), listen = false)) }
        return begun.exchange.use { exchange ->
            try {
                drive(id, begun)
            } catch (cancelled: CancellationException) {
                throw abandon(exchange) ?: cancelled
            }
        }
    }

    private suspend fun drive(id: String, begun: Begun): Pair<Answer, ByteArray> {
        val exchange = begun.exchange
        var step = begun.step
        var cause: Throwable? = null
        var raw = ByteArray(0)
        while (true) {
            when (val current = step) {
                is Step.Done -> return Pair(current.answer, raw)
                is Step.Failed -> throw XportcnException.of(current.error, cause)
                is Step.Wait -> {
                    tell(Level.FINE) { "$id: waiting ${current.millis} ms before attempt ${exchange.attempts() + 1u}" }
                    delay(current.millis.toLong())
                    step = exchange.step(now(), random())
                }
                is Step.Send -> {
                    val sent = request(current, begun.isWrite, isDirect)
                    val answer = try {
                        transport.send(sent, current.timeoutMs.toLong().milliseconds, maxBytes)
                    } catch (failure: Throwable) {
                        // A transport may end its own work by cancelling it; the caller's wish comes first. Whatever
                        // else it throws, errors too, is no reason to forget that the request may have arrived.
                        if (failure is CancellationException) currentCoroutineContext().ensureActive()
                        cause = failure
                        step = failed(exchange, failure)
                        continue
                    }
                    tell(Level.FINE) { "$id: attempt ${exchange.attempts()}: HTTP ${answer.status}" }
                    cause = null
                    raw = answer.body
                    val headers = answer.headers.map { (name, value) -> Header(whole(name), whole(value)) }
                    val status = answer.status.coerceIn(0, UShort.MAX_VALUE.toInt()).toUShort()
                    val received = Received(status, headers, now(), random())
                    step = lent(raw) { body -> exchange.receive(received, body) }
                }
            }
        }
    }

    private fun failed(exchange: Exchange, failure: Throwable): Step {
        val known = failure as? TransportFailure ?: TransportFailure("other", true, words(failure))
        exchange.onFailure(known.kind, known.maybeSent, whole(known.detail))
        return exchange.step(now(), random())
    }

    /** Ends a call that the caller leaves; gives it, and tells the log, if it may have been carried out. */
    private fun abandon(exchange: Exchange): XportcnException.AmbiguousWrite? {
        exchange.cancel()
        val step = exchange.step(now(), random()) as? Step.Failed ?: return null
        val error = XportcnException.of(step.error)
        val lost = error as? XportcnException.AmbiguousWrite
        tell(if (lost == null) Level.FINE else Level.WARNING) { error.message.orEmpty() }
        return lost
    }

    override fun close() {
        closed = true
        transport.close()
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
private fun whole(text: String): String = text.encodeToByteArray().decodeToString()

/** Shows bytes to the core, which takes a copy of them. */
internal fun <T> lent(bytes: ByteArray, look: (ByteBuffer) -> T): T {
    if (bytes.isEmpty()) return look(ByteBuffer.allocateDirect(0))
    return Memory(bytes.size.toLong()).use { memory ->
        memory.write(0, bytes, 0, bytes.size)
        look(memory.getByteBuffer(0, bytes.size.toLong()))
    }
}

/** What comes with the data. */
@Serializable
private class About(
    val requestId: String? = null,
    val message: String? = null,
    val developId: String? = null,
    val warnings: List<Warning> = emptyList(),
)

/** The reply with its data as its type. */
internal fun <T> reply(id: String, serializer: KSerializer<T>, answer: Answer, raw: ByteArray): Reply<T> {
    val text = answer.data
    val about = JSON.decodeFromString(About.serializer(), answer.reply)
    about.warnings.forEach { tell(Level.WARNING) { "$id: ${it.path}: expected ${it.expected}, found ${it.found}" } }
    val data = JSON.decodeFromString(serializer, if (text == "null") nothing(serializer) else text)
    return Reply(data, about.requestId, about.warnings, raw, about.message, about.developId, text)
}

/** What stands for no data: an object and a list are there even then. */
private fun nothing(serializer: KSerializer<*>): String = when {
    serializer.descriptor.isNullable -> "null"
    serializer.descriptor.kind == StructureKind.LIST -> "[]"
    serializer.descriptor.kind == StructureKind.CLASS || serializer.descriptor.kind == StructureKind.OBJECT -> "{}"
    else -> "null"
}
