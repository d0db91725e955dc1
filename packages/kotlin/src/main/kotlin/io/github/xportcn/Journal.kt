package io.github.xportcn

import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import kotlinx.serialization.json.JsonElement

/**
 * A write that a journal keeps.
 *
 * @property key What the journal knows it by.
 * @property endpoint What was called.
 * @property state `open`, `answered`, `failed`, or what was found out: `done`, `not done`, `partly` or `unknown`.
 * @property entry All that is known of it, as JSON that only this package reads. It holds no secret, but addresses.
 */
public class JournaledWrite(
    public val key: String,
    public val endpoint: String,
    public val state: String,
    public val entry: String,
) {
    /** Whether it is still to be found out what became of it. */
    public val isOpen: Boolean get() = state == "open" || state == "unknown"

    private val all get() = listOf(key, endpoint, state, entry)

    override fun equals(other: Any?): Boolean = other is JournaledWrite && all == other.all

    override fun hashCode(): Int = all.hashCode()

    /** Without its entry, which holds addresses. */
    override fun toString(): String = "JournaledWrite(key=$key, endpoint=$endpoint, state=$state)"
}

/**
 * Where a [Journal] keeps writes: to be implemented over the program's own database, Room for example, as one table with
 * the fields of [JournaledWrite] and the key as its primary key. One process has a store at a time.
 */
public interface JournalStore {
    /** The write of this key; null if there is none. */
    public suspend fun find(key: String): JournaledWrite?

    /** Puts a write in the place of the one of its key. When it returns, the write outlasts a crash of the machine. */
    public suspend fun keep(write: JournaledWrite)

    /** All writes that are open, as [JournaledWrite.isOpen] tells, the oldest first. */
    public suspend fun open(): List<JournaledWrite>
}

/** Keeps writes as long as the process lives: for tests, and for programs that only give up and call again. */
public class MemoryJournalStore : JournalStore {
    private val writes = LinkedHashMap<String, JournaledWrite>()

    override suspend fun find(key: String): JournaledWrite? = synchronized(writes) { writes[key] }

    override suspend fun keep(write: JournaledWrite): Unit = synchronized(writes) { writes[write.key] = write }

    override suspend fun open(): List<JournaledWrite> = synchronized(writes) { writes.values.filter { it.isOpen } }
}

/**
 * Another coroutine is at work on the write of this key. Nothing was sent.
 *
 * @property key The key.
 */
public class WriteInUse internal constructor(public val key: String) :
    IllegalStateException("the write `$key` is being settled elsewhere; wait until that is over, and ask again")

/**
 * What was found out about a write that an earlier run had left open.
 *
 * @property write The write, as it was left.
 * @property settled What became of it; null if that was not found out.
 * @property failure Why it was not.
 */
public class RecoveredWrite internal constructor(
    public val write: JournaledWrite,
    public val settled: Settled?,
    public val failure: Exception?,
) {
    override fun toString(): String = "RecoveredWrite(write=$write, settled=$settled, failure=$failure)"
}

/**
 * A journal of writes: none is sent twice, also where the process dies.
 *
 * What is about to be sent is in the store before it is sent, and how it ended after. Whoever calls again with the same
 * key, also after a crash, gets the answer that was kept, or what became of the write: it is looked for before anything is
 * sent, and sent again only if it certainly was not carried out.
 *
 * @param store Where writes are kept. Only one journal has it at a time.
 */
public class Journal(private val store: JournalStore) {
    private val busy = HashSet<String>()
    private val lock = Mutex()

    /**
     * Sends a write by its id, or goes on with the write of this key, until it is known what became of it.
     *
     * - A key that the store does not have is kept, then sent.
     * - What was answered, or found done, is told again; a reply that was kept has no raw body. Nothing is sent.
     * - What may have been sent is looked for. If it certainly was not carried out, it is sent again, once, with
     *   [CallOptions.retryAfterRecovery].
     * - What was refused, or found not done, has its key free again, also for other parameters.
     *
     * @param key What the journal knows the write by. A creation that names none has its own reference, as
     *   `sellerOrderNumber`, for one.
     * @throws XportcnException if it was certainly not carried out, or the key belongs to another write.
     * @throws WriteInUse while another coroutine is at work on the key.
     * @throws Exception what the store throws before a sending: then nothing was sent.
     */
    public suspend fun settle(
        client: XportcnClient,
        id: String,
        params: Map<String, JsonElement> = emptyMap(),
        key: String? = null,
    ): Settled = settle(client.caller, id, params, key)

    internal suspend fun settle(caller: Caller, id: String, params: Map<String, *>, key: String?): Settled {
        val given = Params().apply { extra(params) }.json()
        val named = caller.key(id, given, key)
        return claimed(named) {
            caller.settleKept(named, id, given, store.find(named)?.entry.orEmpty(), keeper(named, id))
        }
    }

    /** Finds out about all writes that are open, one after the other. Nothing is sent. */
    public suspend fun recoverOpen(client: XportcnClient): List<RecoveredWrite> = recoverOpen(client.caller)

    internal suspend fun recoverOpen(caller: Caller): List<RecoveredWrite> = store.open().map { write ->
        try {
            val settled = claimed(write.key) { recovered(caller, store.find(write.key) ?: write) }
            RecoveredWrite(write, settled, null)
        } catch (error: XportcnException) {
            RecoveredWrite(write, null, error)
        } catch (error: WriteInUse) {
            RecoveredWrite(write, null, error)
        }
    }

    private suspend fun recovered(caller: Caller, write: JournaledWrite): Settled =
        caller.recoverKept(write.entry, keeper(write.key, write.endpoint))

    private suspend fun <T> claimed(key: String, work: suspend () -> T): T {
        if (!lock.withLock { busy.add(key) }) throw WriteInUse(key)
        try {
            return work()
        } finally {
            withContext(NonCancellable) { lock.withLock { busy.remove(key) } }
        }
    }

    private fun keeper(key: String, endpoint: String): Keeper = { entry, state ->
        val write = JournaledWrite(key, endpoint, state, entry)
        if (state == "open") {
            store.keep(write)
        } else {
            // What was answered is told all the same, and looked for next time.
            withContext(NonCancellable) {
                runCatching { store.keep(write) }
                    .onFailure { tell(LogLevel.WARNING) { "$endpoint: the journal does not have how it ended: $it" } }
            }
        }
    }
}

/** Keeps an entry, with its state. */
internal typealias Keeper = suspend (entry: String, state: String) -> Unit
