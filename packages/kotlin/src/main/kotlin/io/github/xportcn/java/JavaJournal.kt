package io.github.xportcn.java

import io.github.xportcn.Journal
import io.github.xportcn.JournalStore
import io.github.xportcn.JournaledWrite
import io.github.xportcn.RecoveredWrite
import io.github.xportcn.Settled
import java.util.concurrent.CompletableFuture
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** Where a [JavaJournal] keeps writes, as [JournalStore], by functions that wait: to be implemented over JDBC, for example. */
public interface BlockingJournalStore {
    /** The write of this key; null if there is none. */
    public fun find(key: String): JournaledWrite?

    /** Puts a write in the place of the one of its key. When it returns, the write outlasts a crash of the machine. */
    public fun keep(write: JournaledWrite)

    /** All writes that are open, as [JournaledWrite.isOpen] tells, the oldest first. */
    public fun open(): List<JournaledWrite>
}

/** A journal of writes, as [Journal]: none is sent twice, also where the process dies. */
public class JavaJournal(store: BlockingJournalStore) {
    private val journal = Journal(Stored(store))

    /** Sends a write by its id, or goes on with the write of its key, as [Journal.settle]. */
    @JvmOverloads
    public fun settle(client: JavaClient, id: String, params: Map<String, *>, key: String? = null): Settled =
        blocking { journal.settle(client.kotlin().caller, id, params, key) }

    /** As [settle], without waiting for it. */
    @JvmOverloads
    public fun settleAsync(
        client: JavaClient,
        id: String,
        params: Map<String, *>,
        key: String? = null,
    ): CompletableFuture<Settled> = later { journal.settle(client.kotlin().caller, id, params, key) }

    /** Finds out about all writes that are open, one after the other. Nothing is sent. */
    public fun recoverOpen(client: JavaClient): List<RecoveredWrite> =
        blocking { journal.recoverOpen(client.kotlin().caller) }
}

/** A store that waits as one that suspends. */
private class Stored(private val store: BlockingJournalStore) : JournalStore {
    override suspend fun find(key: String): JournaledWrite? = withContext(Dispatchers.IO) { store.find(key) }

    override suspend fun keep(write: JournaledWrite): Unit = withContext(Dispatchers.IO) { store.keep(write) }

    override suspend fun open(): List<JournaledWrite> = withContext(Dispatchers.IO) { store.open() }
}
