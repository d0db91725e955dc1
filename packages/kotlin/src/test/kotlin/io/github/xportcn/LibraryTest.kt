package io.github.xportcn

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class LibraryTest {
    @Test
    fun `where there is no native library, the error tells what to do, each time`() {
        val java = "${System.getProperty("java.home")}/bin/java"
        val nowhere = "-Duniffi.component.xportcn.libraryOverride=nowhere"
        val program = ProcessBuilder(java, nowhere, "-cp", System.getProperty("java.class.path"), "io.github.xportcn.LibraryTestKt")
        val ended = program.redirectErrorStream(true).start()
        val lines = ended.inputStream.bufferedReader().readLines()
        assertEquals(0, ended.waitFor(), "$lines")
        assertEquals(2, lines.size, "$lines")
        assertTrue(lines.all { "no native library that can be loaded on linux-" in it && "README" in it }, "$lines")
    }
}

/** Begins without a library. */
fun main() {
    val client = runCatching { XportcnClient(ACCOUNT) }
    val push = runCatching { verifyPush("k", "s", "", ByteArray(0)) }
    for (outcome in listOf(client, push)) println((outcome.exceptionOrNull() as UnsatisfiedLinkError).message)
}
