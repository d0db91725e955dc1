package io.github.xportcn

import io.github.xportcn.core.OpenRecovery
import java.util.concurrent.ConcurrentHashMap
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement

/** How a wait for a state ended. */
public sealed interface Waited {
    /**
     * The state is there.
     *
     * @property found The order or the refund.
     */
    public class Reached(public val found: JsonElement) : Waited {
        private fun parts() = arrayOf<Pair<String, Any?>>("found" to found)

        override fun equals(other: Any?): Boolean = other is Reached && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Reached", parts())
    }

    /**
     * The state cannot come any more.
     *
     * @property found The order or the refund.
     */
    public class Never(public val found: JsonElement) : Waited {
        private fun parts() = arrayOf<Pair<String, Any?>>("found" to found)

        override fun equals(other: Any?): Boolean = other is Never && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Never", parts())
    }

    /**
     * The time is over, and the state is not there.
     *
     * @property found The order or the refund as it was last seen; null if it was not seen.
     * @property reason Why it was not seen in the last look, if a call failed.
     */
    public class TimedOut(public val found: JsonElement?, public val reason: String?) : Waited {
        private fun parts() = arrayOf<Pair<String, Any?>>("found" to found, "reason" to reason)

        override fun equals(other: Any?): Boolean = other is TimedOut && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("TimedOut", parts())
    }
}

/** The searches and waits behind one client, each with what ends its pause. */
internal class Pauses {
    private val waiting = ConcurrentHashMap.newKeySet<Pause>()

    /** Runs a search whose pauses can be ended. */
    suspend fun <T> of(recovery: OpenRecovery, search: suspend (Pause) -> T): T {
        val pause = Pause(recovery)
        waiting.add(pause)
        try {
            return search(pause)
        } finally {
            waiting.remove(pause)
        }
    }

    /** Has what waits for the object of a pushed message look at once. */
    fun onPush(message: String): Unit = waiting.forEach { it.onPush(message) }
}

/** The pause of one search. What wakes it before it begins ends it at once. */
internal class Pause(private val recovery: OpenRecovery) {
    private val woken = Channel<Unit>(Channel.CONFLATED)

    suspend fun wait(millis: Long) {
        withTimeoutOrNull(millis) { woken.receive() }
    }

    fun onPush(message: String) {
        if (recovery.onPush(message)) woken.trySend(Unit)
    }
}

@Serializable
private class Ended(val outcome: String, val found: JsonElement? = null, val reason: String? = null)

/** The core's account of how a wait ended. */
internal fun waited(json: String): Waited {
    val ended = JSON.decodeFromString(Ended.serializer(), json)
    return when (ended.outcome) {
        "reached" -> Waited.Reached(checkNotNull(ended.found))
        "never" -> Waited.Never(checkNotNull(ended.found))
        "timed out" -> Waited.TimedOut(ended.found, ended.reason)
        else -> error("the core has an outcome `${ended.outcome}` that this package does not know")
    }
}
