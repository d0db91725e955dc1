package io.github.xportcn

import java.io.File
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The log of programs that have SLF4J. */
class Slf4jTest {
    private val api = jar("slf4j-api")

    @Test
    fun `SLF4J has the log where a program has it, with one line for all odd values of a reply`() {
        val lines = program(api, jar("slf4j-simple")).filter { "io.github.xportcn" in it }
        assertEquals(1, lines.size, "$lines")
        assertTrue("WARN io.github.xportcn - taobao.after_sale.render: data.currency: expected" in lines[0], lines[0])
        assertTrue("; data.refundOrderTemplate: expected" in lines[0], lines[0])
    }

    @Test
    fun `where SLF4J has nothing that writes, Java's own log has the lines`() {
        val lines = program(api).filter { "data.currency" in it }
        assertEquals(1, lines.size, "$lines")
        assertTrue(lines[0].startsWith("WARNING: taobao.after_sale.render: "), lines[0])
    }

    private fun jar(name: String): String = checkNotNull(
        File("${System.getProperty("slf4j")}/$name/$VERSION_OF_SLF4J/$name-$VERSION_OF_SLF4J.jar").takeIf {
            it.exists()
        },
    ).path

    /** What the program of [EventsTest] prints with further jars. */
    private fun program(vararg jars: String): List<String> {
        val path = (listOf(System.getProperty("java.class.path")) + jars).joinToString(File.pathSeparator)
        val command = listOf(
            "${System.getProperty("java.home")}/bin/java",
            "-Duser.language=en",
            "-cp",
            path,
            "io.github.xportcn.EventsTestKt",
        )
        val ended = ProcessBuilder(command).redirectErrorStream(true).start()
        return ended.inputStream.bufferedReader().readLines().also { assertEquals(0, ended.waitFor(), "$it") }
    }
}

private const val VERSION_OF_SLF4J = "2.0.17"
