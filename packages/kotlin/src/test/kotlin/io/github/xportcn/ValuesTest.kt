package io.github.xportcn

import io.github.xportcn.models.AlibabaPushOrderMessage
import io.github.xportcn.models.TaobaoOrderStatus
import java.math.BigDecimal
import java.time.OffsetDateTime
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Values on their way out and in, without a network. */
class ValuesTest {
    private val quick = CallOptions { maxRetries = 0 }

    private fun client(body: String) = XportcnClient(ACCOUNT, Local { answered(body) }).withOptions(quick)

    @Test
    fun `what does not fit becomes null and a warning, and what is unknown is kept`() = runBlocking<Unit> {
        val data = """{"currency":7,"canRefundTimes":{"a":1},"newField":"kept","distributorId":1034499579120189839}"""
        val body = """{"code":200,"requestId":"r","data":$data}"""
        val reply = client(body).taobao.afterSale.render("1", goodsStatus = 1, refundType = 1)
        assertEquals("1034499579120189839", reply.data.distributorId)
        assertEquals(JsonPrimitive("kept"), reply.json.jsonObject["newField"])
        assertEquals(body, reply.raw.decodeToString())
        assertEquals("r", reply.requestId)
    }

    @Test
    fun `no data stands for an object without fields and a list without elements`() = runBlocking<Unit> {
        val none = """{"code":200,"requestId":"r","data":null}"""
        assertNull(client(none).taobao.afterSale.render("1", goodsStatus = 1, refundType = 1).data.currency)
    }

    @Test
    fun `a code that is not published keeps its value`() = runBlocking<Unit> {
        val page = """{"data":[{"orderStatus":4},{"orderStatus":77},{"orderStatus":"4"}]}"""
        val body = """{"code":200,"requestId":"r","data":$page}"""
        val orders = client(body).taobao.order.page(pageNo = 1, pageSize = 10).data.data.orEmpty().map {
            it?.orderStatus
        }
        assertEquals(listOf(TaobaoOrderStatus.CANCELLED, TaobaoOrderStatus(77), TaobaoOrderStatus("4")), orders)
    }

    @Test
    fun `amounts and moments keep their digits`() {
        for (text in listOf("0.30000000000000004", "12345678901234567890.12", "0", "-1.50")) {
            assertEquals(text, AmountSerializer.write(BigDecimal(text)))
        }
        assertTrue(AmountSerializer.write(BigDecimal("1E+999999999")).length < 100)
        assertEquals("2024-08-01T12:00:00+08:00", TimeSerializer.write(OffsetDateTime.parse("2024-08-01T12:00+08:00")))
    }

    @Test
    fun `an amount without end is refused before it is sent`() {
        val refused = failure<XportcnException.InvalidRequest> {
            client("").request("taobao.order.purchase_create", mapOf("purchaseAmount" to JsonPrimitive("1E+999999999")))
        }
        assertFalse(refused.isRetryable)
    }

    @Test
    fun `half a character becomes the mark for it, as the core has it`() = runBlocking<Unit> {
        val sent = ArrayList<String>()
        val transport = Local {
            sent += checkNotNull(it.body).decodeToString()
            answered("""{"code":200,"data":{}}""")
        }
        val client = XportcnClient(ACCOUNT, transport)
        for (text in listOf("\uD83D", "a\uDE00b", "\uD83Dx\uDE00", "\uD83D\uDE00")) {
            client.taobao.afterSale.render(text, goodsStatus = 1, refundType = 1)
        }
        val ids = sent.map { (json(it).jsonObject["subOrderId"] as JsonPrimitive).content }
        assertEquals(listOf("\uFFFD", "a\uFFFDb", "\uFFFDx\uFFFD", "\uD83D\uDE00"), ids)
    }

    @Test
    fun `settings are checked, and the secret is not shown`() {
        fun refused(config: XportcnConfig) = assertThrows(XportcnException.Config::class.java) { XportcnClient(config) }
        assertEquals(
            "baseUrl",
            refused(
                XportcnConfig("k", "Very-Secret", "u") {
                    baseUrl = "http://example.com"
                },
            ).field,
        )
        assertEquals("accessKey", refused(XportcnConfig("", "Very-Secret", "u")).field)
        assertEquals(
            "paths",
            refused(XportcnConfig("k", "Very-Secret", "u") { paths = mapOf("taobao.nothing" to "/x") }).field,
        )
        val client = XportcnClient(XportcnConfig("k", "Very-Secret", "u"))
        val options =
            assertThrows(XportcnException.Config::class.java) { client.withOptions(CallOptions { maxRetries = -1 }) }
        assertEquals("maxRetries", options.field)
        val timeout =
            assertThrows(XportcnException.Config::class.java) {
                client.withOptions(CallOptions { timeout = (-1).seconds })
            }
        assertEquals("timeout", timeout.field)
        assertTrue("`timeout`" in timeout.message.orEmpty(), timeout.message)
        val broken = refused(XportcnConfig("k", "Very-Secret\nWords", "u"))
        assertFalse("Very-Secret" in broken.stackTraceToString())
        val config = XportcnConfig("k", "Very-Secret", "u")
        assertFalse("Very-Secret" in "$config ${XportcnClient(config)}")
    }

    @Test
    fun `requests do not show their headers`() = runBlocking<Unit> {
        var shown = ""
        val transport = Local {
            shown = it.toString()
            answered("""{"code":200,"data":{}}""")
        }
        XportcnClient(ACCOUNT, transport).taobao.afterSale.render("1", goodsStatus = 1, refundType = 1)
        assertEquals("Request(POST)", shown)
    }

    @Test
    fun `a pushed message is read if it is the platform's`() {
        val text = """{\"orderId\":\"3305075341149134260\",\"totalAmount\":10000}"""
        val body =
            """{"messageType":"ORDER_CREATE","messageBody":"$text","messagePlatform":1,"timestamp":"1779263269913"}"""
        val mac = Mac.getInstance("HmacSHA256").apply {
            init(SecretKeySpec("sandbox-secret".encodeToByteArray(), "HmacSHA256"))
        }
        val authorization = mac.doFinal("sandbox-key$body".encodeToByteArray()).joinToString("") { "%02x".format(it) }
        val client = XportcnClient(ACCOUNT, Local { answered("") })
        val message = client.verifyPush(authorization, body.encodeToByteArray())
        assertEquals("alibaba.push.order_status_changed", message.push)
        assertEquals(JsonPrimitive(1), message.json.jsonObject["platform"])
        assertEquals(OffsetDateTime.parse("2026-05-20T15:47:49.913+08:00"), message.time)
        val content = message.body as AlibabaPushOrderMessage
        assertEquals("3305075341149134260", content.orderId)
        assertEquals(BigDecimal(10000), content.totalAmount)

        assertThrows(XportcnException.PushSignature::class.java) {
            client.verifyPush(authorization, "$body ".encodeToByteArray())
        }
        for (wrong in listOf("", "0", "\uD83D", authorization.dropLast(1), authorization.uppercase() + "0")) {
            assertThrows(XportcnException.PushSignature::class.java) {
                client.verifyPush(wrong, body.encodeToByteArray())
            }
        }
    }

    @Test
    fun `a reply without sense is an error and nothing worse`() {
        val bodies =
            listOf(
                "",
                "\u0000",
                "[",
                "{".repeat(100_000),
                """{"code":200,"data":{"currency":"\ud800"}}""",
                "null",
                "1e999",
            )
        for (body in bodies) {
            val outcome =
                runCatching {
                    runBlocking { client(body).taobao.afterSale.render("1", goodsStatus = 1, refundType = 1) }
                }
            outcome.exceptionOrNull()?.let { assertTrue(it is XportcnException, "$it") }
        }
        failure<XportcnException.Decode> { client("[").taobao.afterSale.render("1", goodsStatus = 1, refundType = 1) }
    }

    @Test
    fun `many calls leave nothing in the core`() = runBlocking<Unit> {
        val client = client("""{"code":200,"requestId":"r","data":{"currency":"CNY","distributorId":"20001"}}""")
        suspend fun round(calls: Int): Long {
            repeat(calls) { client.taobao.afterSale.render("1", goodsStatus = 1, refundType = 1) }
            return residentBytes()
        }
        round(5_000)
        val before = round(5_000)
        val grown = round(20_000) - before
        assertTrue(grown < 32L shl 20, "$grown bytes")
    }
}

/** The memory that the process holds after its garbage is collected. */
internal fun residentBytes(): Long {
    System.gc()
    val pages = java.io.File("/proc/self/statm").readText().split(" ")[1].toLong()
    return pages * 4096
}
