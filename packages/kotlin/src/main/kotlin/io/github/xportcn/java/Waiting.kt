package io.github.xportcn.java

import io.github.xportcn.WriteCancelled
import io.github.xportcn.XportcnException
import io.github.xportcn.seenFromThread
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.future.future
import kotlinx.coroutines.launch

/** Begins in the caller's thread, whose context of a trace it is, and does not wait. Cancelling the future ends it. */
@OptIn(DelicateCoroutinesApi::class)
internal fun <T> later(work: suspend () -> T): CompletableFuture<T> =
    GlobalScope.future(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { work() }

/** Waits in the caller's thread. Interrupting the thread ends the work; what may have been carried out is thrown as that. */
@OptIn(DelicateCoroutinesApi::class)
internal fun <T> blocking(work: suspend () -> T): T {
    // A job that is cancelled keeps neither a value nor which cancellation ended it.
    var outcome: Result<T>? = null
    val call = GlobalScope.launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { outcome = runCatching { work() } }
    val wasInterrupted = ended(call)
    if (wasInterrupted) Thread.currentThread().interrupt()
    return checkNotNull(outcome).getOrElse { error ->
        throw when {
            error is WriteCancelled -> seenFromThread(error.lost)
            error is CancellationException && wasInterrupted -> seenFromThread(interrupted(error))
            else -> seenFromThread(error)
        }
    }
}

/** Waits for the end, which cancelling brings soon; gives whether the thread was interrupted. */
private fun ended(call: Job): Boolean {
    val end = CountDownLatch(1)
    call.invokeOnCompletion { end.countDown() }
    var wasInterrupted = false
    while (true) {
        try {
            end.await()
            return wasInterrupted
        } catch (_: InterruptedException) {
            wasInterrupted = true
            call.cancel()
        }
    }
}

private fun interrupted(cause: Throwable) = XportcnException.of(
    """{"kind":"Cancelled","text":"the thread was interrupted while it waited for a call"}""",
    cause,
)
