package io.github.xportcn

import io.github.xportcn.core.journalKey
import java.time.Duration
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.transform
import kotlinx.coroutines.isActive
import kotlinx.coroutines.withContext
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.descriptors.StructureKind
import kotlinx.serialization.json.JsonPrimitive

/** Makes calls on a client's terms. */
internal class Caller(private val connection: Connection, val terms: Terms) {
    /** The same with other options, which are checked. */
    fun with(options: CallOptions): Caller = Caller(connection, terms.with(options)).also { it.check() }

    fun check(): Unit = raising { connection.core.checkOptions(terms.options) }

    suspend fun <T> call(id: String, serializer: KSerializer<T>, params: Params.() -> Unit): Reply<T> =
        call(id, serializer, Params().apply(params).json())

    suspend fun <T> call(id: String, serializer: KSerializer<T>, params: String): Reply<T> = apart {
        reply(id, serializer, connection.run(id, params, terms))
    }

    suspend fun recover(ticket: String): Outcome = apart {
        val recovery = connection.ask { core -> core.recover(whole(ticket), terms.options) }
        (Search(connection, terms).run(recovery) as Settled.Recovered).outcome
    }

    suspend fun settle(id: String, params: Params.() -> Unit): Settled = apart {
        val recovery = connection.ask { core -> core.settle(id, Params().apply(params).json(), terms.options) }
        Search(connection, terms).run(recovery)
    }

    /** The key of a write in a journal: the one that is given, or the reference that the write carries. */
    fun key(id: String, params: String, given: String?): String =
        if (given != null) whole(given) else raising { journalKey(id, params) }

    suspend fun settleKept(key: String, id: String, params: String, entry: String, keep: Keeper): Settled = apart {
        val recovery = connection.ask { core -> core.settleKept(key, id, params, terms.options, entry) }
        Search(connection, terms, keep).run(recovery)
    }

    suspend fun recoverKept(entry: String, keep: Keeper): Settled = apart {
        val recovery = connection.ask { core -> core.recoverKept(entry, terms.options) }
        Search(connection, terms, keep).run(recovery)
    }

    suspend fun waitUntil(of: String, state: String, id: String): Waited = apart {
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
                val reply = withContext(Dispatchers.Default + terms.context()) {
                    val answered = connection.run(id, next, terms)
                    val isShown = raising { pager.advance(answered.data, answered.about.json()) }
                    if (isShown) reply(id, serializer, answered) else null
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
        val answer = raising { connection.core.read(id, status.coerceIn(0, UShort.MAX_VALUE.toInt()).toUShort(), body) }
        val about = JSON.decodeFromString(About.serializer(), answer.reply)
        return reply(
            id,
            serializer,
            Answered(answer.data, about, body, Known(ResponseHead(status, emptyList()), 0, Duration.ZERO)),
        )
    }

    /** Works beside the caller's thread. A cancelled coroutine ends in a cancellation, whatever became of its write. */
    private suspend fun <T> apart(work: suspend CoroutineScope.() -> T): T = try {
        withContext(Dispatchers.Default + terms.context(), work)
    } catch (error: XportcnException) {
        seenFromCaller(error)
        throw if (error !is XportcnException.AmbiguousWrite || isActive()) error else WriteCancelled(error)
    }

    private suspend fun isActive() = currentCoroutineContext().isActive
}

/** The reply with its data as its type. */
internal fun <T> reply(id: String, serializer: KSerializer<T>, answered: Answered): Reply<T> {
    val text = answered.data
    val about = answered.about
    tellWarnings(id, about.warnings)
    val data = JSON.decodeFromString(serializer, if (text == "null") nothing(serializer) else text)
    val (requestId, message, developId) = listOf(about.requestId, about.message, about.developId)
    return Reply(data, requestId, about.warnings, answered.raw, message, developId, answered.known, lazy = text)
}

/** What stands for no data: an object and a list are there even then. */
private fun nothing(serializer: KSerializer<*>): String = when {
    serializer.descriptor.isNullable -> "null"
    serializer.descriptor.kind == StructureKind.LIST -> "[]"
    serializer.descriptor.kind == StructureKind.CLASS || serializer.descriptor.kind == StructureKind.OBJECT -> "{}"
    else -> "null"
}
