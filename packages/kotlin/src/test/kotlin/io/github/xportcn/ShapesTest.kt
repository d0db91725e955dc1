package io.github.xportcn

import io.github.xportcn.models.AlibabaProductOfferSummary
import io.github.xportcn.models.TaobaoOrderLine
import io.github.xportcn.models.TaobaoOrderStatus
import java.io.File
import java.lang.reflect.Method
import java.lang.reflect.Modifier
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
