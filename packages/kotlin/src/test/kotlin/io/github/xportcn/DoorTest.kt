package io.github.xportcn

import io.github.xportcn.core.CoreException
import io.github.xportcn.core.Frame
import io.github.xportcn.core.NativeLibrary
import io.github.xportcn.core.OpenCall
import io.github.xportcn.core.OpenCore
import io.github.xportcn.core.Told
import io.github.xportcn.core.direct
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val PAY = "taobao.order.pay"
private const val PAID = """{"orderId":"1034499579120189839"}"""
private const val ODD = """{"code":200,"msg":"好","requestId":"r-7","data":{"currency":["x"]}}"""

/** The two doors to the core, by JNI and by uniffi: the same goes in, and the same comes out. */
class DoorTest {
    @Test
    fun `JNI and uniffi tell the same of every step`() {
        assertTrue(NativeLibrary.isLoaded)
        val render = """{"subOrderId":"1","goodsStatus":1,"refundType":1}"""
        val ends = mapOf<String, (OpenCall) -> Told>(
            "the reply" to { it.receive(answer(200), ODD.encodeToByteArray()) },
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
                val told = listOf(true, false).map { byJni ->
                    OpenCore(ACCOUNT.json(), byJni).begin(begin(endpoint, params)).use {
                        listOf(it.first, end(it)).map(Told::toString)
                    }
                }
                assertEquals(told[1], told[0], "$endpoint: $name")
                assertTrue(told[0].all { it.length > 20 }, "$endpoint: $name: ${told[0]}")
            }
        }
    }

    @Test
    fun `JNI and uniffi refuse the same, in the same words`() {
        fun refused(byJni: Boolean, work: () -> Unit) =
            (assertThrows(CoreException.Failed::class.java, work) as CoreException.Failed).json.also {
                assertTrue(byJni || it.isNotEmpty())
            }
        val wrong = listOf(
            PAY to "{}",
            "taobao.order.pai" to PAID,
            "taobao.after_sale.render" to """{"subOrderId":"1","a":2}""",
            PAY to "[",
        )
        for ((endpoint, params) in wrong) {
            val (one, other) = listOf(true, false).map { byJni ->
                refused(byJni) { OpenCore(ACCOUNT.json(), byJni).begin(begin(endpoint, params)).close() }
            }
            assertEquals(other, one)
        }
        for (settings in listOf("{}", "", """{"accessKey":"k","accessSecret":"s","userId":"u","limits":1}""")) {
            val (one, other) = listOf(true, false).map { byJni ->
                refused(byJni) { OpenCore(settings, byJni).maxBytes }
            }
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
            val (one, other) = listOf(true, false).map { OpenCore(config.json(), it) }
                .map { listOf(it.maxBytes, it.isDirect, it.headersThatMatter) }
            assertEquals(other, one)
            assertEquals(70_000L, one[0])
        }
    }

    @Test
    fun `what one door has learned of the limit, the other knows`() {
        val config = XportcnConfig("key", "hidden", "user") { limit = Limit(1.0, 1) }
        val open = OpenCore(config.json())
        open.begin(begin(PAY, PAID)).use { assertTrue("${it.first}".startsWith("0 "), "it is sent") }
        val again = open.core.begin(direct(begin(PAY, PAID)))
        again.exchange.use { assertTrue(again.frame.startsWith("1 "), "it waits for its place: ${again.frame}") }
    }

    @Test
    fun `cores that nobody has any more are given back`() {
        val before = memory()
        repeat(20_000) { OpenCore(ACCOUNT.json()) }
        System.gc()
        Thread.sleep(100)
        repeat(1_000) { OpenCore(ACCOUNT.json()) }
        assertTrue(memory() - before < 60_000, "it has grown by ${memory() - before} KB")
    }

    @Test
    fun `a call needs no JNA`() {
        val java = "${System.getProperty("java.home")}/bin/java"
        val entries = System.getProperty("java.class.path").split(File.pathSeparator)
        val path = entries.filter { "net/java/dev/jna" !in it && "slf4j" !in it }
        assertTrue(path.size < entries.size)
        val command = listOf(java, "-cp", path.joinToString(File.pathSeparator), "io.github.xportcn.WithoutJna")
        val ended = ProcessBuilder(command).redirectErrorStream(true).start()
        val said = ended.inputStream.bufferedReader().readText()
        assertEquals("7 r-1\nno JNA", said.trim())
        assertEquals(0, ended.waitFor(), said)
    }

    private fun memory(): Long =
        File("/proc/self/status").readLines().first { it.startsWith("VmRSS") }.filter(Char::isDigit).toLong()
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

/** A program without JNA on its class path. */
object WithoutJna {
    @JvmStatic
    fun main(arguments: Array<String>) = runBlocking {
        check(runCatching { Class.forName("com.sun.jna.Native") }.isFailure)
        val body = """{"code":200,"requestId":"r-1","data":{"orderId":"7"}}"""
        XportcnClient(ACCOUNT, Local { answered(body) }).use { client ->
            val reply = client.taobao.order.get(orderId = "7")
            println("${reply.data.orderId} ${reply.requestId}")
        }
        println("no JNA")
    }
}
