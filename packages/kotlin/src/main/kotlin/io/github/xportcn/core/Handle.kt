package io.github.xportcn.core

import java.lang.ref.PhantomReference
import java.lang.ref.ReferenceQueue
import java.util.concurrent.ConcurrentHashMap

/**
 * An object of the core. It is given back once: when it is closed, or when the next one is made after nobody has it any more.
 */
internal class Handle(private val value: Long, free: (Long) -> Unit) : AutoCloseable {
    @Volatile
    private var isOpen = true
    private val lost = Lost(this, value, free)

    /** Works with an object that is never closed. Threads do so at the same time. */
    inline fun <T> shared(work: (Long) -> T): T {
        val done = work(value)
        // What is read later is not lost while the work goes on.
        check(isOpen)
        return done
    }

    /** Works with the object, one thread at a time; null once it was closed. */
    inline fun <T : Any> unlessClosed(work: (Long) -> T?): T? = synchronized(this) { if (isOpen) work(value) else null }

    override fun close() = synchronized(this) {
        if (isOpen) lost.giveBack()
        isOpen = false
    }

    private class Lost(handle: Handle, private val value: Long, private val free: (Long) -> Unit) :
        PhantomReference<Handle>(handle, gone) {
        init {
            all.add(this)
            while (true) (gone.poll() as Lost?)?.giveBack() ?: break
        }

        fun giveBack() {
            if (all.remove(this)) free(value)
        }
    }

    private companion object {
        val gone = ReferenceQueue<Handle>()
        val all: MutableSet<Lost> = ConcurrentHashMap.newKeySet()
    }
}
