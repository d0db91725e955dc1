package io.github.xportcn

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What programs put between the client and its transport. */
class InterceptorTest {
    private val quick = XportcnConfig("k", "s", "u") { options = CallOptions { initialBackoff = 1.milliseconds } }

    private fun client(transport: Transport, vararg interceptors: Interceptor) =
        XportcnClient(quick, transport, interceptors.toList())

    @Test
    fun `interceptors stand around each attempt, the outermost first, and add headers`() = runBlocking<Unit> {
        val order = ArrayList<String>()
        fun marking(name: String) = Interceptor { chain ->
            order += "$name ${chain.endpoint}"
            chain.proceed(chain.request.withHeader("X-Mark", name)).also { order += "$name ${it.status}" }
        }
        var attempts = 0
        val sent = ArrayList<Request>()
        val transport = Local {
            sent += it
            attempts += 1
            if (attempts == 1) Response(503, emptyList(), ByteArray(0)) else answered(envelope("r"))
        }
        client(transport, marking("a"), marking("b")).use { it.render() }
        val id = "taobao.after_sale.render"
        assertEquals(listOf("a $id", "b $id", "b 503", "a 503", "a $id", "b $id", "b 200", "a 200"), order)
        val marks = sent.map { request -> request.headers.filter { it.first == "X-Mark" }.map { it.second } }
        assertEquals(listOf(listOf("b"), listOf("b")), marks)
    }

    @Test
    fun `an interceptor may answer itself`() = runBlocking<Unit> {
        val cached = Interceptor { answered(envelope("kept")) }
        client(Local { error("nothing is sent") }, cached).use { assertEquals("kept", it.render().requestId) }
    }

    @Test
    fun `an interceptor changes none of the headers that sign a request`() = runBlocking<Unit> {
        val replacing = Interceptor { chain ->
            for (name in listOf("Signature", "access-key", "user-agent")) {
                val refused = assertThrows(IllegalArgumentException::class.java) { chain.request.withHeader(name, "x") }
                assertTrue(name in refused.message.orEmpty())
            }
            chain.proceed()
        }
        client(Local { answered(envelope("r")) }, replacing).use { assertEquals("r", it.render().requestId) }
    }

    @Test
    fun `an interceptor that throws, or sends again, leaves a write in doubt`() {
        var sent = 0
        val transport = Local {
            sent += 1
            answered(envelope("r"))
        }
        client(transport, { error("mine") }).use { client ->
            val lost = failure<XportcnException.AmbiguousWrite> { client.pay() }
            assertEquals("mine", lost.cause?.cause?.message)
        }
        assertEquals(0, sent)
        client(transport, { chain -> chain.proceed().let { chain.proceed() } }).use { client ->
            failure<XportcnException.AmbiguousWrite> { client.pay() }
        }
        assertEquals(1, sent)
        client(transport, {
            throw TransportFailure("other", false, "held back")
        }).withOptions(CallOptions { maxRetries = 0 })
            .use { client -> failure<XportcnException.Transport> { client.pay() } }
    }
}
