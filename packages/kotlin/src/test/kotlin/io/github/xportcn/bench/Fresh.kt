package io.github.xportcn.bench

import java.io.File

/** What a new process takes for its first call, and to read a large reply; see [Child]. */
internal fun fresh(inputs: File): List<Row> {
    val calls = (1..9).map {
        val bare = child(inputs, "bare").milliseconds
        val ours = child(inputs, "ours-call").milliseconds - bare
        Round(ours, child(inputs, "plain-call").milliseconds - bare)
    }
    val peaks = (1..3).map {
        Triple(peak(inputs, "ours-read"), peak(inputs, "kotlinx-read"), peak(inputs, "moshi-read"))
    }
    // The aim is 1.5: a third of the rest is the unpacking of the native library, another that Java's log begins.
    return listOf(
        row("first call", "ms", "MessageDigest and kotlinx.serialization by hand", calls, budget = 2.8),
        row(
            "peak memory of reading 10 MB",
            "MB",
            "kotlinx.serialization on the raw body",
            peaks.map { Round(it.first, it.second) },
            budget = 1.0,
        ),
        row("peak memory of reading 10 MB", "MB", "Moshi on the raw body", peaks.map { Round(it.first, it.third) }),
    )
}

private class Ended(val milliseconds: Double, val said: String)

private fun peak(inputs: File, what: String): Double = child(inputs, what).said.toDouble()

/** The class path of a program that has the package, Moshi, and what they need: not all that tests have. */
private val path = System.getProperty("java.class.path").split(File.pathSeparator)
    .filter { entry ->
        listOf("xportcn", "classes", "kotlin-", "kotlinx-", "moshi", "okio").any {
            it in
                entry.substringAfterLast("/")
        }
    }
    .joinToString(File.pathSeparator)

/** A process of its own. Its heap grows as it is needed, and is collected by one thread: so it is the same each time. */
private fun child(inputs: File, what: String): Ended {
    val command = listOf(
        "${System.getProperty("java.home")}/bin/java", "-Xms16m", "-Xmx256m", "-XX:+UseSerialGC",
        "-cp", path, "io.github.xportcn.bench.ChildKt", what, "$inputs",
    )
    val started = System.nanoTime()
    val process = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    val said = process.inputStream.bufferedReader().readText().trim()
    check(process.waitFor() == 0) { "the process for $what failed" }
    return Ended((System.nanoTime() - started) / 1e6, said)
}
