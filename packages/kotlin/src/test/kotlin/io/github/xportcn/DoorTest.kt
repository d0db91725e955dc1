package io.github.xportcn

import io.github.xportcn.core.CoreFailure
import io.github.xportcn.core.Frame
import io.github.xportcn.core.JniLibrary
import io.github.xportcn.core.NativeLibrary
import io.github.xportcn.core.OpenCall
import io.github.xportcn.core.Told
import io.github.xportcn.core.UniffiLibrary
import java.io.File
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val PAY = "taobao.order.pay"
private const val PAID = """{"orderId":"1034499579120189839"}"""
private const val CHINESE = """{"code":200,"requestId":"r-8","data":{"currency":["x"],"note":"元","more":[1]}}"""
private const val ODD = """{"code":200,"msg":"好","requestId":"r-7","data":{"currency":["x"]}}"""

/** The doors to the core: the same goes in, and the same comes out. */
private val DOORS = listOf(NativeLibrary.library, UniffiLibrary)

class DoorTest {
    @Test
    fun `JNI and uniffi tell the same of every step`() {
        assertEquals(JniLibrary, DOORS[0])
        val render = """{"subOrderId":"1","goodsStatus":1,"refundType":1}"""
        val ends = mapOf<String, (OpenCall) -> Told>(
            "the reply" to { it.receive(answer(200), ODD.encodeToByteArray()) },
            "a reply whose data is not ASCII" to { it.receive(answer(200), CHINESE.encodeToByteArray()) },
            "a large one" to {
                it.receive(answer(200), CHINESE.replace("元", "元".repeat(200_000)).encodeToByteArray())
            },
            "a refusal" to { it.receive(answer(200), """{"code":40001,"msg":"no"}""".encodeToByteArray()) },
            "what is no reply" to { it.receive(answer(200), ByteArray(3) { -1 }) },
            "an answer of many bytes" to { it.receive(answer(200), ODD.padEnd(9_000_000).encodeToByteArray()) },
            "a failure" to { it.fail(failure(isFailure = true)) },
            "the caller has gone" to { it.fail(failure(isFailure = false)) },
            "a wait, and after it" to { call ->
                call.fail(frame(5).flag(true).flag(false).flag(false).text("connect").text("")).let {
                    call.resume(bytes(60_000))
                }
            },
            "a report that is none" to { it.resume(bytes(5)) },
            "what is no frame" to { it.resume(ByteArray(3)) },
        )
        for ((endpoint, params) in listOf("taobao.after_sale.render" to render, PAY to PAID)) {
            for ((name, end) in ends) {
                val told = DOORS.map { door ->
                    door.open(ACCOUNT.json()).begin(begin(endpoint, params)).use {
                        listOf(shown(it.first), shown(end(it)))
                    }
                }
                assertEquals(told[1], told[0], "$endpoint: $name")
                assertTrue(told[0].all { it.length > 20 }, "$endpoint: $name: ${told[0]}")
            }
        }
    }

    @Test
    fun `JNI and uniffi refuse the same, in the same words`() {
        fun refused(work: () -> Unit) = assertThrows(CoreFailure::class.java, work).json
        val wrong = listOf(
            PAY to "{}",
            "taobao.order.pai" to PAID,
            "taobao.after_sale.render" to """{"subOrderId":"1","a":2}""",
            PAY to "[",
        )
        for ((endpoint, params) in wrong) {
            val (one, other) = DOORS.map { door ->
                refused { door.open(ACCOUNT.json()).begin(begin(endpoint, params)).close() }
            }
            assertEquals(other, one)
        }
        for (settings in listOf("{}", "", """{"accessKey":"k","accessSecret":"s","userId":"u","limits":1}""")) {
            val (one, other) = DOORS.map { door -> refused { door.open(settings) } }
            assertEquals(other, one)
        }
    }

    @Test
    fun `JNI and uniffi know the same of a client`() {
        for (base in listOf("https://example.com/api", "http://127.0.0.1:9")) {
            val config = XportcnConfig("key", "hidden", "user") {
                baseUrl = base
                maxReplyBytes = 70_000
            }
            val (one, other) = DOORS.map { it.open(config.json()) }
                .map { listOf(it.maxBytes, it.isDirect, it.headersThatMatter) }
            assertEquals(other, one)
            assertEquals(70_000L, one[0])
        }
    }

    @Test
    fun `JNI and uniffi tell the same of what not every call needs`() {
        val (one, other) = DOORS.map { Story(it).lines() }
        assertEquals(other.size, one.size)
        for ((mine, its) in one.zip(other)) assertEquals(its, mine)
    }

    @Test
    fun `cores that nobody has any more are given back`() {
        val before = memory()
        repeat(20_000) { DOORS[0].open(ACCOUNT.json()) }
        System.gc()
        Thread.sleep(100)
        repeat(1_000) { DOORS[0].open(ACCOUNT.json()) }
        assertTrue(memory() - before < 60_000, "it has grown by ${memory() - before} KB")
    }

    private fun memory(): Long =
        File("/proc/self/status").readLines().first { it.startsWith("VmRSS") }.filter(Char::isDigit).toLong()
}

/** What a frame tells, wherever the data stands. */
private fun shown(told: Told): String {
    val whole = "$told"
    if (told.number() != 2L) return whole
    val about = listOf(told.text(), told.number(), told.number(), told.maybe(), told.maybe(), told.maybe())
    val data = told.data()
    assertEquals("$data", data.bytes().decodeToString())
    return "$about $data ${List(told.number().toInt()) { List(3) { told.text() } }}"
}

private fun frame(nowMs: Long) = Frame(nowMs)

private fun bytes(nowMs: Long) = fixed(Frame(nowMs))

/** The frame with the same random bytes each time: they are the nonce. */
private fun fixed(frame: Frame) = frame.bytes().also { it.fill(7, 0, 32) }

private fun begin(endpoint: String, params: String) =
    fixed(Frame(1_722_484_800_000).flag(true).flag(false).text(endpoint).text("").text(params))

private fun answer(status: Long) =
    fixed(Frame(1_722_484_800_005).number(status).number(1).text("date").text("Thu, 01 Aug 2024 04:00:00 GMT"))

private fun failure(isFailure: Boolean) =
    fixed(Frame(1_722_484_800_005).flag(isFailure).flag(true).flag(!isFailure).text("reset").text("by the peer"))

private fun OpenCall.fail(frame: Frame) = fail(fixed(frame))
