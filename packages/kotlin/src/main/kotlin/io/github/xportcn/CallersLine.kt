package io.github.xportcn

import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.suspendCoroutineUninterceptedOrReturn
import kotlin.coroutines.jvm.internal.CoroutineStackFrame

/** Stands between the frames of the thread that found an error and those of the code that made the call. */
private val BOUNDARY = StackTraceElement("xportcn", "called from", null, 0)

/** What stands between the program and what waits for it. */
private val OWN = listOf("io.github.xportcn.CallersLine", "io.github.xportcn.java.")

/** More frames than this tell a reader nothing. */
private const val MOST_FRAMES = 64

/**
 * Adds to an error the lines of the suspended functions that wait for it: they are on no thread's stack. Only what fails
 * pays for that.
 */
internal suspend fun <E : Throwable> seenFromCaller(error: E): E {
    suspendCoroutineUninterceptedOrReturn<Unit> { continuation ->
        addFrames(error, frames(continuation))
    }
    return error
}

/** Adds to an error the lines of the thread that waits for it. */
internal fun <E : Throwable> seenFromThread(error: E): E {
    addFrames(error, Throwable().stackTrace.dropWhile { frame -> OWN.any { frame.className.startsWith(it) } })
    return error
}

private fun frames(continuation: Continuation<*>): List<StackTraceElement> =
    generateSequence(continuation as? CoroutineStackFrame) { it.callerFrame }
        .take(MOST_FRAMES)
        .mapNotNull { it.getStackTraceElement() }
        .filterNot { it.className.startsWith("io.github.xportcn.Caller") }
        .toList()

private fun addFrames(error: Throwable, frames: List<StackTraceElement>) {
    if (frames.isNotEmpty()) error.stackTrace = error.stackTrace + BOUNDARY + frames.take(MOST_FRAMES)
}
