package io.github.xportcn

import io.github.xportcn.core.OpenRecovery
import io.github.xportcn.core.RecoveryNext
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement

/** What became of a write whose answer is lost. */
public sealed interface Outcome {
    /**
     * It was carried out.
     *
     * @property found The objects that show it; none where it was a deletion. What they hold must not be repeated.
     */
    public class Done(public val found: List<JsonElement>) : Outcome {
        private fun parts() = arrayOf<Pair<String, Any?>>("found" to found)

        override fun equals(other: Any?): Boolean = other is Done && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Done", parts())
    }

    /** It was not carried out: it can be called again. */
    public data object NotDone : Outcome

    /**
     * A part of it was carried out.
     *
     * @property found The objects that show it. What they hold must not be repeated.
     * @property missing What does not show.
     * @property reason What is known of the rest.
     */
    public class Partly(
        public val found: List<JsonElement>,
        public val missing: List<String>,
        public val reason: String,
    ) : Outcome {
        private fun parts() = arrayOf<Pair<String, Any?>>("found" to found, "missing" to missing, "reason" to reason)

        override fun equals(other: Any?): Boolean = other is Partly && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Partly", parts())
    }

    /**
     * Whether it was carried out cannot be told.
     *
     * @property reason Why.
     */
    public class Unknown(public val reason: String) : Outcome {
        private fun parts() = arrayOf<Pair<String, Any?>>("reason" to reason)

        override fun equals(other: Any?): Boolean = other is Unknown && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Unknown", parts())
    }
}

/** How a write ended. */
public sealed interface Settled {
    /**
     * It was answered.
     *
     * @property reply The reply, with the data as canonical JSON.
     */
    public class Answered(public val reply: Reply<JsonElement>) : Settled {
        private fun parts() = arrayOf<Pair<String, Any?>>("reply" to reply)

        override fun equals(other: Any?): Boolean = other is Answered && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Answered", parts())
    }

    /**
     * Its answer was lost, and it was looked for.
     *
     * @property outcome What became of it.
     */
    public class Recovered(public val outcome: Outcome) : Settled {
        private fun parts() = arrayOf<Pair<String, Any?>>("outcome" to outcome)

        override fun equals(other: Any?): Boolean = other is Recovered && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Recovered", parts())
    }
}

/**
 * The coroutine was cancelled while a write was on its way, which may have been carried out. Keep the ticket and throw
 * this on, as any cancellation: [XportcnClient.recover] finds out later.
 *
 * It reaches what stands within the cancelled coroutine. Builders around it, as `withTimeout`, have exceptions of their
 * own.
 *
 * @property lost The write, with its ticket.
 */
public class WriteCancelled internal constructor(public val lost: XportcnException.AmbiguousWrite) :
    CancellationException(lost.message) {
    init {
        initCause(lost)
    }
}

/** A search for a write: makes the calls that the core asks for. */
internal class Search(
    private val connection: Connection,
    private val terms: Terms,
    private val keep: Keeper = { _, _ -> },
) {
    private var last: () -> Reply<JsonElement> = { error("a search that made no call has no reply") }
    private var lost: XportcnException.AmbiguousWrite? = null

    /** Does what the search says until it is over. */
    suspend fun run(recovery: OpenRecovery): Settled = when (val end = end(recovery)) {
        is End.Last -> Settled.Answered(end.reply)
        is End.Told -> Settled.Recovered(outcome(end.json))
    }

    /** Does what a wait says until it is over. */
    suspend fun wait(recovery: OpenRecovery): Waited = when (val end = end(recovery)) {
        // All calls failed, or it would have told more: the reply throws.
        is End.Last -> error("a wait has no reply")
        is End.Told -> waited(end.json)
    }

    private suspend fun end(recovery: OpenRecovery): End = recovery.use {
        try {
            connection.pauses.of(it) { pause -> ended(it, pause) }
        } catch (cancelled: WriteCancelled) {
            throw WriteCancelled(reported(it, cancelled.lost))
        } catch (cancelled: CancellationException) {
            // Who does not want to wait any longer keeps what is needed to look later.
            throw lost ?: cancelled
        }
    }

    private suspend fun ended(recovery: OpenRecovery, pause: Pause): End {
        while (true) {
            when (val step = recovery.step(now())) {
                is RecoveryNext.Call -> call(recovery, step)
                is RecoveryNext.Wait -> pause.wait(step.millis)
                is RecoveryNext.Done -> return End.Told(step.outcome)
                is RecoveryNext.Last -> return End.Last(last())
                is RecoveryNext.Keep -> {
                    keep(step.entry, step.state)
                    recovery.onKept()
                }
                is RecoveryNext.Kept -> {
                    val about = JSON.decodeFromString(About.serializer(), step.answer.about)
                    val kept = Answered(step.answer.data, about, ByteArray(0), Known.NOTHING)
                    return End.Last(reply("the journal", JsonElement.serializer(), kept))
                }
            }
        }
    }

    private suspend fun call(recovery: OpenRecovery, step: RecoveryNext.Call) {
        try {
            val answered = connection.run(step.id, step.params.encodeToByteArray(), terms)
            recovery.onReply(answered.data, answered.about.json())
            last = { reply(step.id, JsonElement.serializer(), answered) }
        } catch (error: XportcnException) {
            if (error is XportcnException.AmbiguousWrite) {
                lost = reported(recovery, error)
                currentCoroutineContext().ensureActive()
                return
            }
            currentCoroutineContext().ensureActive()
            // The client was closed: it looks no longer.
            if (error is XportcnException.Misuse) throw lost ?: error
            recovery.onFailure(error.message.orEmpty(), error.isRetryable, "")
            last = { throw error }
        }
    }

    /** Reports a write whose answer is lost; what was seen before it belongs to its ticket. */
    private fun reported(
        recovery: OpenRecovery,
        write: XportcnException.AmbiguousWrite,
    ): XportcnException.AmbiguousWrite {
        recovery.onFailure(write.message.orEmpty(), write.isRetryable, write.ticket)
        return write.with(recovery.ticket())
    }
}

private sealed interface End {
    /** With the reply to the last call. */
    class Last(val reply: Reply<JsonElement>) : End

    /** With what the core tells, as JSON. */
    class Told(val json: String) : End
}

@Serializable
private class Told(
    val outcome: String,
    val found: List<JsonElement> = emptyList(),
    val missing: List<String> = emptyList(),
    val reason: String = "",
)

/** The core's account of an outcome. */
internal fun outcome(json: String): Outcome {
    val told = JSON.decodeFromString(Told.serializer(), json)
    return when (told.outcome) {
        "done" -> Outcome.Done(told.found)
        "not done" -> Outcome.NotDone
        "partly" -> Outcome.Partly(told.found, told.missing, told.reason)
        "unknown" -> Outcome.Unknown(told.reason)
        else -> error("the core has an outcome `${told.outcome}` that this package does not know")
    }
}
