package io.github.xportcn

import io.github.xportcn.java.JavaClient
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Errors as programs pass them on. */
class ErrorsTest {
    private val broken = Local { throw TransportFailure("reset", true, "gone") }
    private val once = CallOptions { maxRetries = 0 }

    @Test
    fun `an error outlasts Java's serialisation, with all that it tells`() {
        val lost = failure<XportcnException.AmbiguousWrite> { XportcnClient(ACCOUNT, broken).pay() }
        val read = copied(lost)
        assertEquals(listOf(lost.message, lost.kind, lost.endpoint), listOf(read.message, read.kind, read.endpoint))
        assertEquals(listOf(lost.ticket, lost.recovery), listOf(read.ticket, read.recovery))
        assertEquals(listOf(1, lost.duration, false), listOf(read.attempts, read.duration, read.isRetryable))
        assertEquals("reset", (read.cause as XportcnException.Transport).transportKind)
        assertEquals("gone", (read.cause?.cause as TransportFailure).detail)
        val refused =
            Local { Response(200, listOf("X-A" to "b"), """{"code":40108,"message":"no"}""".encodeToByteArray()) }
        val api = copied(failure<XportcnException.Api> { XportcnClient(ACCOUNT, refused).withOptions(once).render() })
        assertEquals(listOf("40108", "no", "b"), listOf(api.code, api.platformMessage, api.response?.header("x-a")))
        assertEquals("lost", copied(WriteInUse("lost")).key)
    }

    private inline fun <reified T> copied(value: T): T {
        val bytes = ByteArrayOutputStream().also { ObjectOutputStream(it).use { out -> out.writeObject(value) } }
        return ObjectInputStream(ByteArrayInputStream(bytes.toByteArray())).use { it.readObject() as T }
    }

    @Test
    fun `an error shows the line that made the call, also where the call was suspended`() {
        val client = XportcnClient(ACCOUNT, broken).withOptions(once)
        val error = assertThrows(XportcnException.Transport::class.java) { runBlocking { outer(client) } }
        val methods = error.stackTrace.map { it.methodName }
        assertTrue("inner" in methods && "outer" in methods, error.stackTraceToString())
        val line = error.stackTrace.first { it.methodName == "inner" }
        assertEquals("ErrorsTest.kt", line.fileName)
        assertTrue(line.lineNumber > 1, "$line")
    }

    private suspend fun outer(client: XportcnClient) {
        withContext(Dispatchers.IO) { inner(client) }
        error("not reached")
    }

    private suspend fun inner(client: XportcnClient): String {
        val reply = client.render()
        return "$reply"
    }

    @Test
    fun `an error shows the line that waited for the call`() {
        val client = JavaClient.of(XportcnClient(ACCOUNT, broken).withOptions(once))
        val error = assertThrows(XportcnException.Transport::class.java) { waiting(client) }
        assertTrue("waiting" in error.stackTrace.map { it.methodName }, error.stackTraceToString())
    }

    private fun waiting(client: JavaClient) {
        client.address().list().execute()
        error("not reached")
    }
}
