package io.github.xportcn

import java.util.logging.Level
import java.util.logging.Logger
import kotlin.time.toKotlinDuration
import org.slf4j.LoggerFactory
import org.slf4j.helpers.NOPLoggerFactory

/** How much a line of the log matters, by the names that all languages have for it. */
internal enum class LogLevel { DEBUG, INFO, WARNING, ERROR }

/** Where lines go. */
internal interface Log {
    fun isLogged(level: LogLevel): Boolean

    fun write(level: LogLevel, line: String)
}

private const val NAME = "io.github.xportcn"

/** Chosen once: what the environment says, else SLF4J where the program has it, else Java's own. */
private val log: Log by lazy(LazyThreadSafetyMode.PUBLICATION) { printed() ?: slf4j() ?: JavaLog() }

internal fun isLogged(level: LogLevel): Boolean = log.isLogged(level)

/**
 * Tells the log `io.github.xportcn`, or the standard error where the variable XPORTCN_LOG says so. A handler that throws takes
 * no answer away.
 */
internal fun tell(level: LogLevel, text: () -> String) {
    try {
        if (log.isLogged(level)) log.write(level, text())
    } catch (_: Throwable) {
        // The handler is the program's own; who called waits for an answer, not for the log.
    }
}

private fun printed(): Log? {
    val given = System.getenv("XPORTCN_LOG")?.takeIf { it.isNotEmpty() } ?: return null
    val from = LogLevel.entries.firstOrNull { it.name.equals(given, ignoreCase = true) }
    if (from == null) System.err.println("xportcn: XPORTCN_LOG is `$given`; it may be debug, info, warning or error")
    return from?.let(::Printed)
}

/** Null where SLF4J is not there, or has nothing that writes: Java's own log has the lines then. */
private fun slf4j(): Log? = try {
    if (LoggerFactory.getILoggerFactory() is NOPLoggerFactory) null else Slf4jLog()
} catch (_: LinkageError) {
    null
}

private class Printed(private val from: LogLevel) : Log {
    override fun isLogged(level: LogLevel) = level >= from

    override fun write(level: LogLevel, line: String): Unit =
        System.err.println("xportcn ${level.name.lowercase()}: $line")
}

private class Slf4jLog : Log {
    private val logger = LoggerFactory.getLogger(NAME)

    override fun isLogged(level: LogLevel) = when (level) {
        LogLevel.DEBUG -> logger.isDebugEnabled
        LogLevel.INFO -> logger.isInfoEnabled
        LogLevel.WARNING -> logger.isWarnEnabled
        LogLevel.ERROR -> logger.isErrorEnabled
    }

    override fun write(level: LogLevel, line: String) = when (level) {
        LogLevel.DEBUG -> logger.debug(line)
        LogLevel.INFO -> logger.info(line)
        LogLevel.WARNING -> logger.warn(line)
        LogLevel.ERROR -> logger.error(line)
    }
}

private class JavaLog : Log {
    private val logger = Logger.getLogger(NAME)

    override fun isLogged(level: LogLevel) = logger.isLoggable(ofJava(level))

    override fun write(level: LogLevel, line: String): Unit = logger.log(ofJava(level), line)

    private fun ofJava(level: LogLevel): Level = when (level) {
        LogLevel.DEBUG -> Level.FINE
        LogLevel.INFO -> Level.INFO
        LogLevel.WARNING -> Level.WARNING
        LogLevel.ERROR -> Level.SEVERE
    }
}

/** All values of a reply that did not fit, in one line. */
internal fun tellWarnings(endpoint: String, warnings: List<Warning>) {
    if (warnings.isEmpty()) return
    tell(LogLevel.WARNING) {
        warnings.joinToString("; ", "$endpoint: ") { "${it.path}: expected ${it.expected}, found ${it.found}" }
    }
}

/** Tells the log of an event. Warnings and writes in doubt are told where they are known whole. */
internal fun tell(endpoint: String, event: CallEvent) = when (event) {
    is CallEvent.Started -> tell(LogLevel.DEBUG) { "$endpoint: called" }
    is CallEvent.Limited -> tell(LogLevel.INFO) {
        "$endpoint: waits ${event.wait.toKotlinDuration()} for its place within the limit"
    }
    is CallEvent.Sent -> tell(LogLevel.DEBUG) { "$endpoint: attempt ${event.attempt}: ${event.method} ${event.url}" }
    is CallEvent.Answered -> tell(LogLevel.DEBUG) {
        val named = listOfNotNull(event.code?.let { "code $it" }, event.requestId?.let { "request $it" })
        val answer = listOf("HTTP ${event.status}", "${event.bytes} bytes") + named
        "$endpoint: attempt ${event.attempt}: ${answer.joinToString(", ")}, after ${event.duration.toKotlinDuration()}"
    }
    is CallEvent.Failed -> tell(LogLevel.DEBUG) {
        "$endpoint: attempt ${event.attempt}: no answer, ${event.failure}, after ${event.duration.toKotlinDuration()}: ${event.detail}"
    }
    is CallEvent.Warned -> Unit
    is CallEvent.ClockCorrected -> tell(LogLevel.INFO) {
        "$endpoint: this clock is ${event.behind.toKotlinDuration()} behind; the call is signed with the platform's time"
    }
    is CallEvent.Retrying -> tell(LogLevel.INFO) {
        "$endpoint: attempt ${event.attempt} follows in ${event.wait.toKotlinDuration()}, over ${event.error}"
    }
    is CallEvent.Ended -> tell(LogLevel.DEBUG) {
        "$endpoint: ended after ${event.attempts} attempts and ${event.duration.toKotlinDuration()}: ${event.error ?: "answered"}"
    }
}
