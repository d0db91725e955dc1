package io.github.xportcn

import io.github.xportcn.models.AlibabaProductOfferSummary
import io.github.xportcn.models.TaobaoOrderLine
import io.github.xportcn.models.TaobaoOrderStatus
import java.io.File
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import java.time.Instant
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What classes show to programs that are compiled against them, and to their tests. */
class ShapesTest {
    @Test
    fun `no model, and no setting, has a signature that a further field would change`() {
        val built = classes().filter { type -> type.declaredClasses.any { it.simpleName == "Builder" } }
            .filter {
                it.packageName.endsWith(".models") ||
                    it in setOf(CallOptions::class.java, XportcnConfig::class.java)
            }
        assertTrue(built.size > 150, "${built.size} classes")
        for (type in built) {
            val shown = type.declaredConstructors.filter { Modifier.isPublic(it.modifiers) && !it.isSynthetic }
            assertEquals(emptyList<Any>(), shown, "a constructor would get a further parameter")
            for (method in type.declaredMethods.filter(::isShown)) {
                assertTrue(method.parameterCount <= 1 && !method.name.startsWith("component"), "$method")
                assertNotEquals("copy", method.name, "$type")
            }
        }
    }

    @Test
    fun `no class of values is a data class, and all are equal by their parts, which they show`() {
        val copied = classes().filter { Modifier.isPublic(it.modifiers) }.filter { type ->
            type.declaredMethods.any { it.name == "copy" || it.name == "copy\$default" }
        }
        assertEquals(emptyList<Class<*>>(), copied)
        val at = Instant.ofEpochMilli(5)
        val warning = Warning("data.a", "text", "list")
        for ((one, same, other) in listOf<List<Any>>(
            listOf(warning, Warning("data.a", "text", "list"), Warning("data.a", "text", "number")),
            listOf(Limit(1, 2), Limit(1, 2), Limit(1, 3)),
            listOf(
                CallEvent.Limited(at, 1.seconds),
                CallEvent.Limited(at, 1.seconds),
                CallEvent.Limited(at, 2.seconds),
            ),
            listOf(CallEvent.Warned(at, warning), CallEvent.Warned(at, warning), CallEvent.Limited(at, 1.seconds)),
            listOf(Outcome.Unknown("why"), Outcome.Unknown("why"), Outcome.Done(emptyList())),
            listOf(Waited.TimedOut(null, "why"), Waited.TimedOut(null, "why"), Waited.TimedOut(null, null)),
            listOf(Settled.Recovered(Outcome.NotDone), Settled.Recovered(Outcome.NotDone), Outcome.NotDone),
        )) {
            assertEquals(one, same)
            assertEquals(one.hashCode(), same.hashCode())
            assertNotEquals(one, other)
            assertEquals(one.toString(), same.toString())
            assertNotEquals(one.toString(), other.toString())
        }
        assertEquals("Warning(path=data.a, expected=text, found=list)", "$warning")
        assertEquals("Limited(at=1970-01-01T00:00:00.005Z, wait=PT1S)", "${CallEvent.Limited(at, 1.seconds)}")
    }

    private fun isShown(method: Method) = Modifier.isPublic(method.modifiers) && !method.isSynthetic

    private fun classes(): List<Class<*>> {
        val root = File(TaobaoOrderLine::class.java.protectionDomain.codeSource.location.path)
        return root.walk().filter { it.extension == "class" && !it.path.contains("/core/") }
            .map { it.relativeTo(root).path.removeSuffix(".class").replace('/', '.') }
            .map { Class.forName(it, false, javaClass.classLoader) }.toList()
    }

    @Test
    fun `models are equal by their fields, and show them`() {
        val line = TaobaoOrderLine {
            itemId = "1"
            quantity = 2
        }
        assertEquals(line, TaobaoOrderLine.Builder().itemId("1").quantity(2).build())
        assertEquals(line.hashCode(), TaobaoOrderLine.Builder().itemId("1").quantity(2).build().hashCode())
        assertNotEquals(line, TaobaoOrderLine.Builder().itemId("1").quantity(3).build())
        assertTrue(line.toString().startsWith("TaobaoOrderLine(itemId=1, "), "$line")
        assertTrue("quantity=2" in line.toString(), "$line")
        assertNull(AlibabaProductOfferSummary {}.offerId)
        assertEquals(setOf(TaobaoOrderStatus(4)), setOf(TaobaoOrderStatus("4"), TaobaoOrderStatus.CANCELLED))
    }

    @Test
    fun `tests of programs make requests, responses and replies, which are equal by what was answered`() {
        val reply =
            Reply("data", requestId = "r", raw = byteArrayOf(1), response = ResponseHead(200, listOf("A" to "b")))
        assertEquals(
            reply,
            Reply("data", "r", raw = byteArrayOf(1), response = reply.head(), attempts = 2, duration = 1.seconds),
        )
        assertEquals(reply.hashCode(), Reply("data", "r").hashCode())
        assertNotEquals(reply, Reply("data", "r", raw = byteArrayOf(2), response = reply.head()))
        assertNotEquals(reply, Reply("data", "other", raw = byteArrayOf(1), response = reply.head()))
        assertEquals(listOf(200, "b", 1), listOf(reply.status, reply.header("a"), reply.attempts))
        val request = Request("GET", "http://127.0.0.1/").withHeader("x", "1")
        assertEquals(listOf("x" to "1"), request.headers)
        val response = Response.of(200, mapOf("A" to listOf("b", "c")), ByteArray(3))
        assertEquals(listOf("A" to "b", "A" to "c"), response.headers)
        assertEquals("Response(status=200, 3 bytes)", "$response")
    }

    private fun Reply<*>.head() = ResponseHead(status, headers)
}
