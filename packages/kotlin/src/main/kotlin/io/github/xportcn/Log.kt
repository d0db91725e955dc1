package io.github.xportcn

import java.util.logging.Level
import java.util.logging.Logger

private val log = Logger.getLogger("io.github.xportcn")

/** Tells the log `io.github.xportcn`. A handler that throws takes no answer away. */
internal fun tell(level: Level, text: () -> String) {
    try {
        if (log.isLoggable(level)) log.log(level, text())
    } catch (_: Throwable) {
        // The handler is the program's own; who called waits for an answer, not for the log.
    }
}
