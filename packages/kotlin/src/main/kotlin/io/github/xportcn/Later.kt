package io.github.xportcn

import java.util.concurrent.CompletableFuture
import java.util.concurrent.CompletionException
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.suspendCancellableCoroutine

/** Suspends until a future has its value. Cancelling the coroutine cancels the future. */
internal suspend fun <T> awaited(future: CompletableFuture<T>): T = suspendCancellableCoroutine { waiting ->
    future.whenComplete { value, error ->
        val cause = (error as? CompletionException)?.cause ?: error
        if (cause == null) waiting.resume(value) else waiting.resumeWithException(cause)
    }
    waiting.invokeOnCancellation { future.cancel(true) }
}
