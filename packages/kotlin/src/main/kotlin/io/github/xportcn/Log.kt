package io.github.xportcn

import java.util.logging.Level
import java.util.logging.Logger

/** How much a line of the log matters, by the names that all languages have for it. */
internal enum class LogLevel(val ofJava: Level) {
    DEBUG(Level.FINE),
    INFO(Level.INFO),
    WARNING(Level.WARNING),
    ERROR(Level.SEVERE),
}

private val log = Logger.getLogger("io.github.xportcn")

/** From which level on lines are printed; null where the logger has them. */
private val printed: LogLevel? = System.getenv("XPORTCN_LOG")?.takeIf { it.isNotEmpty() }?.let { given ->
    val known = LogLevel.entries.firstOrNull { it.name.equals(given, ignoreCase = true) }
    if (known == null) System.err.println("xportcn: XPORTCN_LOG is `$given`; it may be debug, info, warning or error")
    known
}

internal fun isLogged(level: LogLevel): Boolean = if (printed ==
    null
) {
    log.isLoggable(level.ofJava)
} else {
    level >= printed
}

/**
 * Tells the log `io.github.xportcn`, or the standard error where the variable XPORTCN_LOG says so. A handler that throws takes
 * no answer away.
 */
internal fun tell(level: LogLevel, text: () -> String) {
    try {
        if (!isLogged(level)) return
        if (printed ==
            null
        ) {
            log.log(level.ofJava, text())
        } else {
            System.err.println("xportcn ${level.name.lowercase()}: ${text()}")
        }
    } catch (_: Throwable) {
        // The handler is the program's own; who called waits for an answer, not for the log.
    }
}

/** All values of a reply that did not fit, in one line. */
internal fun tellWarnings(endpoint: String, warnings: List<Warning>) {
    if (warnings.isEmpty()) return
    tell(LogLevel.WARNING) {
        warnings.joinToString("; ", "$endpoint: ") { "${it.path}: expected ${it.expected}, found ${it.found}" }
    }
}

/** The kinds of events that are told beyond the lowest level. */
private val TOLD = listOf("\"limited\"", "\"clock-corrected\"", "\"retrying\"")

/** Whether the log has anything of these events, which are the core's JSON. */
internal fun isToldOf(events: String): Boolean = isLogged(LogLevel.DEBUG) || TOLD.any { it in events }

/** Tells the log of an event. Warnings and writes in doubt are told where they are known whole. */
internal fun tell(endpoint: String, event: CallEvent) = when (event) {
    is CallEvent.Started -> tell(LogLevel.DEBUG) { "$endpoint: called" }
    is CallEvent.Limited -> tell(LogLevel.INFO) { "$endpoint: waits ${event.wait} for its place within the limit" }
    is CallEvent.Sent -> tell(LogLevel.DEBUG) { "$endpoint: attempt ${event.attempt}: ${event.method} ${event.url}" }
    is CallEvent.Answered -> tell(LogLevel.DEBUG) {
        val named = listOfNotNull(event.code?.let { "code $it" }, event.requestId?.let { "request $it" })
        val answer = listOf("HTTP ${event.status}", "${event.bytes} bytes") + named
        "$endpoint: attempt ${event.attempt}: ${answer.joinToString(", ")}, after ${event.duration}"
    }
    is CallEvent.Failed -> tell(LogLevel.DEBUG) {
        "$endpoint: attempt ${event.attempt}: no answer, ${event.failure}, after ${event.duration}: ${event.detail}"
    }
    is CallEvent.Warned -> Unit
    is CallEvent.ClockCorrected -> tell(LogLevel.INFO) {
        "$endpoint: this clock is ${event.behind} behind; the call is signed with the platform's time"
    }
    is CallEvent.Retrying -> tell(LogLevel.INFO) {
        "$endpoint: attempt ${event.attempt} follows in ${event.wait}, over ${event.error}"
    }
    is CallEvent.Ended -> tell(LogLevel.DEBUG) {
        "$endpoint: ended after ${event.attempts} attempts and ${event.duration}: ${event.error ?: "answered"}"
    }
}
