package io.github.xportcn

import java.io.File
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What a program is told that lacks something. */
class LibraryTest {
    @Test
    fun `where there is no native library, the error tells what to do, each time`() {
        val lines = program("-Duniffi.component.xportcn.libraryOverride=nowhere")
        val told = lines.take(2).all { "no native library that can be loaded on linux-" in it && "README" in it }
        assertTrue(told, "$lines")
    }

    @Test
    fun `where there is nothing to send with, the error tells what to add`() {
        val lines = program("--limit-modules=java.base,java.logging", without = "okhttp")
        assertTrue("com.squareup.okhttp3:okhttp" in lines[0], lines[0])
        assertTrue("Authorization" in lines[1], "pushes need nothing to send with: ${lines[1]}")
        assertEquals("OkHttpTransport", program("--limit-modules=java.base,java.logging")[2])
    }

    /** What [main] prints in a process of its own, with a part of the class path left out. */
    private fun program(option: String, without: String? = null): List<String> {
        val java = "${System.getProperty("java.home")}/bin/java"
        val entries = System.getProperty("java.class.path").split(File.pathSeparator)
        val path = entries.filter { without == null || without !in it }
        val command =
            listOf(java, option, "-cp", path.joinToString(File.pathSeparator), "io.github.xportcn.LibraryTestKt")
        val ended = ProcessBuilder(command).redirectErrorStream(true).start()
        val lines = ended.inputStream.bufferedReader().readLines()
        assertEquals(0, ended.waitFor(), "$lines")
        return lines
    }
}

/** Begins, and prints how that ends. */
fun main() {
    println(runCatching { XportcnClient(ACCOUNT) }.exceptionOrNull()?.message)
    println(runCatching { verifyPush("k", "s", "", ByteArray(0)) }.exceptionOrNull()?.message)
    println(runCatching { Transport.standard() }.getOrNull()?.javaClass?.simpleName)
}

/** Makes a client; gives what is thrown. */
fun made(): Throwable? = runCatching { XportcnClient(ACCOUNT, Local { answered("") }).close() }.exceptionOrNull()
