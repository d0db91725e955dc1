package io.github.xportcn

import io.github.xportcn.core.CoreText
import io.github.xportcn.core.NativeLibrary
import java.time.Duration
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.EmptyCoroutineContext
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.MainCoroutineDispatcher
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.transform
import kotlinx.coroutines.isActive
import kotlinx.coroutines.withContext
import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.KSerializer
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.decodeFromStream

/** Makes calls on a client's terms. */
internal class Caller(private val connection: Connection, val terms: Terms) {
    /** The same with other options, which are checked. */
    fun with(options: CallOptions): Caller = Caller(connection, terms.with(options)).also { it.check() }

    fun check(): Unit = raising { connection.core.checkOptions(terms.options) }

    suspend fun <T> call(id: String, serializer: KSerializer<T>, params: Params.() -> Unit): Reply<T> =
        call(id, serializer, Params().apply(params).bytes())

    suspend fun <T> call(id: String, serializer: KSerializer<T>, params: ByteArray): Reply<T> = seen {
        read(id, serializer, connection.run(id, params, terms))
    }

    suspend fun recover(ticket: String): Outcome = seen {
        val recovery = connection.ask { core -> core.recover(whole(ticket), terms.options) }
        (Search(connection, terms).run(recovery) as Settled.Recovered).outcome
    }

    suspend fun settle(id: String, params: Params.() -> Unit): Settled = seen {
        val recovery = connection.ask { core -> core.settle(id, Params().apply(params).json(), terms.options) }
        Search(connection, terms).run(recovery)
    }

    /** The key of a write in a journal: the one that is given, or the reference that the write carries. */
    fun key(id: String, params: String, given: String?): String =
        if (given != null) whole(given) else raising { NativeLibrary.library.journalKey(id, params) }

    suspend fun settleKept(key: String, id: String, params: String, entry: String, keep: Keeper): Settled = seen {
        val recovery = connection.ask { core -> core.settleKept(key, id, params, terms.options, entry) }
        Search(connection, terms, keep).run(recovery)
    }

    suspend fun recoverKept(entry: String, keep: Keeper): Settled = seen {
        val recovery = connection.ask { core -> core.recoverKept(entry, terms.options) }
        Search(connection, terms, keep).run(recovery)
    }

    suspend fun waitUntil(of: String, state: String, id: String): Waited = seen {
        val recovery = connection.ask { core ->
            core.wait(of, state, JsonPrimitive(whole(id)).toString(), terms.options)
        }
        Search(connection, terms).wait(recovery)
    }

    fun <T> pages(id: String, serializer: KSerializer<T>, params: Params.() -> Unit): Flow<Reply<T>> =
        pages(id, serializer, Params().apply(params).json())

    fun <T> pages(id: String, serializer: KSerializer<T>, params: String): Flow<Reply<T>> = flow {
        Pages(id, serializer, params).use { pages ->
            while (true) emit(pages.next() ?: break)
        }
    }

    /** Pages, one after another. */
    inner class Pages<T>(
        private val id: String,
        private val serializer: KSerializer<T>,
        first: String,
    ) : AutoCloseable {
        private val pager = raising { connection.core.pager(id, first) }

        /** The next page that is to be shown; null after the last. */
        suspend fun next(): Reply<T>? {
            while (true) {
                val next = pager.params() ?: return null
                val reply = inContext {
                    val answered = connection.run(id, next.encodeToByteArray(), terms)
                    val isShown = raising { pager.advance(answered.data, answered.about.json()) }
                    if (isShown) read(id, serializer, answered) else null
                }
                if (reply != null) return reply
            }
        }

        override fun close(): Unit = pager.close()
    }

    fun <T, I : Any> items(
        id: String,
        serializer: KSerializer<T>,
        items: (T) -> List<I?>?,
        params: Params.() -> Unit,
    ): Flow<I> = pages(id, serializer, params).transform { page ->
        items(page.data)?.forEach { if (it != null) emit(it) }
    }

    /** Reads an answer that was kept. */
    fun <T> read(id: String, serializer: KSerializer<T>, status: Int, body: ByteArray): Reply<T> {
        val answer = raising { connection.core.read(id, status.coerceIn(0, MOST_STATUS), body) }
        val about = JSON.decodeFromString(About.serializer(), answer.about)
        return reply(
            id,
            serializer,
            Answered(answer.data, about, body, Known(ResponseHead(status, emptyList()), 0, Duration.ZERO)),
        )
    }

    /** What goes wrong shows the caller's line. A cancelled coroutine ends in a cancellation, whatever became of its write. */
    private suspend fun <T> seen(work: suspend () -> T): T = try {
        inContext(work)
    } catch (error: XportcnException) {
        seenFromCaller(error)
        throw if (error !is XportcnException.AmbiguousWrite || isActive()) error else WriteCancelled(error)
    }

    /**
     * Works with what those who listen add to the context, in the thread in which the caller is: to go to another takes longer
     * than most calls' own work. Only a thread that draws what people see has no part in it.
     */
    private suspend fun <T> inContext(work: suspend () -> T): T {
        val own = currentCoroutineContext()
        own.ensureActive()
        val draws = own[ContinuationInterceptor] is MainCoroutineDispatcher
        val more = (if (draws) Dispatchers.Default else EmptyCoroutineContext) + terms.context()
        return if (more === EmptyCoroutineContext) work() else withContext(more) { work() }
    }

    private suspend fun isActive() = currentCoroutineContext().isActive
}

/** The reply, which is read beside the caller's thread where it is large. */
private suspend fun <T> read(id: String, serializer: KSerializer<T>, answered: Answered): Reply<T> =
    asideIfLarge(answered.raw.size) { reply(id, serializer, answered) }

/** The reply with its data as its type. */
internal fun <T> reply(id: String, serializer: KSerializer<T>, answered: Answered): Reply<T> {
    val about = answered.about
    tellWarnings(id, about.warnings)
    val data = data(serializer, answered.data)
    return Reply(
        data,
        about.requestId,
        about.warnings,
        answered.raw,
        about.message,
        about.developId,
        answered.known,
        lazy = answered.data,
    )
}

/** The data as its type. What is large does not become text as a whole, which would take twice its room. */
@OptIn(ExperimentalSerializationApi::class)
private fun <T> data(serializer: KSerializer<T>, canonical: CoreText): T {
    if (canonical.size > IN_PIECES_FROM) return JSON.decodeFromStream(serializer, canonical.stream())
    val text = canonical.toString()
    return JSON.decodeFromString(serializer, if (text == "null") nothing(serializer) else text)
}

/** Bytes of data that are read in pieces. */
private const val IN_PIECES_FROM = 1 shl 18

/** What stands for no data: an object and a list are there even then. */
private fun nothing(serializer: KSerializer<*>): String = when {
    serializer.descriptor.isNullable -> "null"
    serializer.descriptor.kind == StructureKind.LIST -> "[]"
    serializer.descriptor.kind == StructureKind.CLASS || serializer.descriptor.kind == StructureKind.OBJECT -> "{}"
    else -> "null"
}
