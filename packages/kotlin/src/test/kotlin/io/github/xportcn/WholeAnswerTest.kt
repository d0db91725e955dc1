package io.github.xportcn

import io.github.xportcn.models.TaobaoAfterSaleRenderReply
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource

/** What a call knows of its answer beside the data. */
class WholeAnswerTest {
    @ParameterizedTest
    @CsvSource("java", "okhttp")
    fun `a reply has status, headers, attempts and duration`(carrier: String) = runBlocking<Unit> {
        platform { number ->
            if (number == 1) answer("busy", "503 Busy") else answer(envelope("r"), "200 OK", "X-Own: a", "X-Own: b")
        }.use { peer ->
            val config = XportcnConfig("k", "s", "u") {
                options = CallOptions { initialBackoff = 1.milliseconds }
                baseUrl = peer.url
            }
            XportcnClient(config, carrier(carrier)).use { client ->
                val reply = client.render()
                assertEquals(200, reply.status)
                assertEquals("application/json", reply.header("content-TYPE"))
                assertEquals(
                    listOf("a", "b"),
                    reply.headers.filter {
                        it.first.equals("x-own", true)
                    }.map { it.second },
                )
                assertEquals(2, reply.attempts)
                assertTrue(reply.duration < 30.seconds)
            }
        }
    }

    @Test
    fun `an error has the last answer's status and headers, attempts and duration`() {
        val options = CallOptions {
            maxRetries = 1
            initialBackoff = 1.milliseconds
        }
        val busy = Local {
            delay(30)
            Response(503, listOf("X-Request-Id" to "gw-7"), "busy".encodeToByteArray())
        }
        XportcnClient(ACCOUNT, busy).withOptions(options).use { client ->
            val error = failure<XportcnException.Http> { client.render() }
            assertEquals(503, error.response?.status)
            assertEquals("gw-7", error.response?.header("x-request-id"))
            assertEquals("gw-7", error.requestId)
            assertEquals(2, error.attempts)
            assertTrue(error.duration >= 50.milliseconds, "${error.duration}")
            val lost = failure<XportcnException.AmbiguousWrite> { client.pay() }
            assertEquals(503, lost.response?.status)
        }
        XportcnClient(
            ACCOUNT,
            Local {
                throw TransportFailure("dns", false, "gone")
            },
        ).withOptions(options).use { client ->
            val error = failure<XportcnException.Transport> { client.pay() }
            assertNull(error.response)
            assertEquals(2, error.attempts)
            val wrong = failure<XportcnException.InvalidRequest> { client.taobao.order.pay(orderId = "") }
            assertEquals(0, wrong.attempts)
        }
    }

    @Test
    fun `an answer that was kept is read as that of a call`() {
        val body = """{"code":200,"requestId":"r","data":{"currency":"CNY"}}""".encodeToByteArray()
        XportcnClient(ACCOUNT, Local { error("nothing is sent") }).use { client ->
            val plain = client.read("taobao.after_sale.render", body)
            assertEquals(JsonPrimitive("CNY"), plain.data.jsonObject["currency"])
            val typed = client.read("taobao.after_sale.render", body, data = TaobaoAfterSaleRenderReply.serializer())
            assertEquals(Pair("CNY", "r"), Pair(typed.data.currency, typed.requestId))
            assertEquals(Pair(200, 0), Pair(typed.status, typed.attempts))
            assertTrue(body.contentEquals(typed.raw))
            val gone =
                failure<XportcnException.Http> {
                    client.read("taobao.after_sale.render", "gone".encodeToByteArray(), 404)
                }
            assertEquals(404, gone.status)
        }
    }
}
