package io.github.xportcn

import java.time.Duration
import java.time.Instant
import kotlinx.serialization.Serializable
import kotlinx.serialization.builtins.ListSerializer

/** Something that happened to a call, for logs, metrics and traces. No secret, no signature and no body is in it. */
public sealed interface CallEvent {
    /** When, by this machine's clock. */
    public val at: Instant

    /**
     * The call began.
     *
     * @property endpoint The id of the endpoint that is called.
     * @property isWrite Whether it changes something.
     */
    public class Started(
        override val at: Instant,
        public val endpoint: String,
        public val isWrite: Boolean,
    ) : CallEvent {
        private fun parts() = arrayOf<Pair<String, Any?>>("at" to at, "endpoint" to endpoint, "isWrite" to isWrite)

        override fun equals(other: Any?): Boolean = other is Started && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Started", parts())
    }

    /**
     * The call waits for its place within the client's own limit.
     *
     * @property wait How long.
     */
    public class Limited(override val at: Instant, public val wait: Duration) : CallEvent {
        private fun parts() = arrayOf<Pair<String, Any?>>("at" to at, "wait" to wait)

        override fun equals(other: Any?): Boolean = other is Limited && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Limited", parts())
    }

    /**
     * An attempt is being sent.
     *
     * @property attempt Its number, from 1.
     * @property method The HTTP method.
     * @property url The URL, without a signature.
     * @property timeout How long its answer is waited for.
     */
    public class Sent(
        override val at: Instant,
        public val attempt: Int,
        public val method: String,
        public val url: String,
        public val timeout: Duration,
    ) : CallEvent {
        private fun parts() = arrayOf<Pair<String, Any?>>(
            "at" to at,
            "attempt" to attempt,
            "method" to method,
            "url" to url,
            "timeout" to timeout,
        )

        override fun equals(other: Any?): Boolean = other is Sent && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Sent", parts())
    }

    /**
     * An attempt was answered.
     *
     * @property attempt Its number, from 1.
     * @property duration How long it took.
     * @property status The HTTP status.
     * @property headers The headers that matter, by name in lower case.
     * @property bytes Bytes of the body.
     * @property code The platform's code, if it refused the call.
     * @property requestId The platform's name for the call, where it gave one.
     */
    public class Answered(
        override val at: Instant,
        public val attempt: Int,
        public val duration: Duration,
        public val status: Int,
        public val headers: Map<String, String>,
        public val bytes: Long,
        public val code: String?,
        public val requestId: String?,
    ) : CallEvent {
        private fun parts() = arrayOf<Pair<String, Any?>>(
            "at" to at,
            "attempt" to attempt,
            "duration" to duration,
            "status" to status,
            "headers" to headers,
            "bytes" to bytes,
            "code" to code,
            "requestId" to requestId,
        )

        override fun equals(other: Any?): Boolean = other is Answered && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Answered", parts())
    }

    /**
     * An attempt has no answer.
     *
     * @property attempt Its number, from 1.
     * @property duration How long it took.
     * @property failure The kind, as [TransportFailure.kind], or `cancelled`.
     * @property maybeSent Whether any of it may have left.
     * @property detail The beginning of the transport's own words.
     */
    public class Failed(
        override val at: Instant,
        public val attempt: Int,
        public val duration: Duration,
        public val failure: String,
        public val maybeSent: Boolean,
        public val detail: String,
    ) : CallEvent {
        private fun parts() = arrayOf<Pair<String, Any?>>(
            "at" to at,
            "attempt" to attempt,
            "duration" to duration,
            "failure" to failure,
            "maybeSent" to maybeSent,
            "detail" to detail,
        )

        override fun equals(other: Any?): Boolean = other is Failed && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Failed", parts())
    }

    /**
     * A value in the reply did not fit its field and became null.
     *
     * @property warning Which.
     */
    public class Warned(override val at: Instant, public val warning: Warning) : CallEvent {
        private fun parts() = arrayOf<Pair<String, Any?>>("at" to at, "warning" to warning)

        override fun equals(other: Any?): Boolean = other is Warned && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Warned", parts())
    }

    /**
     * This machine's clock is off. The next attempt is signed with the platform's time.
     *
     * @property behind How far this machine's clock is behind; negative if it is ahead.
     */
    public class ClockCorrected(override val at: Instant, public val behind: Duration) : CallEvent {
        private fun parts() = arrayOf<Pair<String, Any?>>("at" to at, "behind" to behind)

        override fun equals(other: Any?): Boolean = other is ClockCorrected && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("ClockCorrected", parts())
    }

    /**
     * Another attempt will follow.
     *
     * @property attempt Its number, from 1.
     * @property wait How long to wait for it.
     * @property error The kind of the error of the attempt before, as [XportcnException.kind].
     * @property isAsked Whether the wait is as long as the platform asked for.
     */
    public class Retrying(
        override val at: Instant,
        public val attempt: Int,
        public val wait: Duration,
        public val error: String,
        public val isAsked: Boolean,
    ) : CallEvent {
        private fun parts() = arrayOf<Pair<String, Any?>>(
            "at" to at,
            "attempt" to attempt,
            "wait" to wait,
            "error" to error,
            "isAsked" to isAsked,
        )

        override fun equals(other: Any?): Boolean = other is Retrying && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Retrying", parts())
    }

    /**
     * The call is over.
     *
     * @property attempts How many attempts were sent.
     * @property duration How long it took, with all waits.
     * @property error The kind of its error, as [XportcnException.kind]; null if it succeeded.
     * @property code The platform's code, if it refused the call.
     * @property requestId The platform's name for the call, where it gave one.
     */
    public class Ended(
        override val at: Instant,
        public val attempts: Int,
        public val duration: Duration,
        public val error: String?,
        public val code: String?,
        public val requestId: String?,
    ) : CallEvent {
        private fun parts() = arrayOf<Pair<String, Any?>>(
            "at" to at,
            "attempts" to attempts,
            "duration" to duration,
            "error" to error,
            "code" to code,
            "requestId" to requestId,
        )

        override fun equals(other: Any?): Boolean = other is Ended && parts().contentEquals(other.parts())

        override fun hashCode(): Int = parts().contentHashCode()

        override fun toString(): String = shown("Ended", parts())
    }
}

/** What the core tells of a call, of which each kind of event has its own members. */
@Serializable
private class Happened(
    val event: String,
    val atMs: Long,
    val endpoint: String = "",
    val isWrite: Boolean = false,
    val waitMs: Long = 0,
    val attempt: Int = 0,
    val attempts: Int = 0,
    val method: String = "",
    val url: String = "",
    val timeoutMs: Long = 0,
    val durationMs: Long = 0,
    val status: Int = 0,
    val headers: Map<String, String> = emptyMap(),
    val bytes: Long = 0,
    val code: String? = null,
    val requestId: String? = null,
    val failure: String = "",
    val maybeSent: Boolean = false,
    val detail: String = "",
    val path: String = "",
    val expected: String = "",
    val found: String = "",
    val behindMs: Long = 0,
    val error: String? = null,
    val isAsked: Boolean = false,
) {
    fun event(): CallEvent {
        val at = Instant.ofEpochMilli(atMs)
        val (wait, duration, behind) = listOf(waitMs, durationMs, behindMs).map(Duration::ofMillis)
        return when (event) {
            "started" -> CallEvent.Started(at, endpoint, isWrite)
            "limited" -> CallEvent.Limited(at, wait)
            "sent" -> CallEvent.Sent(at, attempt, method, url, Duration.ofMillis(timeoutMs))
            "answered" -> CallEvent.Answered(at, attempt, duration, status, headers, bytes, code, requestId)
            "failed" -> CallEvent.Failed(at, attempt, duration, failure, maybeSent, detail)
            "warned" -> CallEvent.Warned(at, Warning(path, expected, found))
            "clock-corrected" -> CallEvent.ClockCorrected(at, behind)
            "retrying" -> CallEvent.Retrying(at, attempt, wait, error.orEmpty(), isAsked)
            "ended" -> CallEvent.Ended(at, attempts, duration, error, code, requestId)
            else -> error("the core has an event `$event` that this package does not know")
        }
    }
}

/** The core's list of events. */
internal fun callEvents(json: String): List<CallEvent> =
    JSON.decodeFromString(ListSerializer(Happened.serializer()), json).map { it.event() }
