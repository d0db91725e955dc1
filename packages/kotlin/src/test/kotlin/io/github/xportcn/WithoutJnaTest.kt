package io.github.xportcn

import java.io.File
import kotlinx.coroutines.async
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonPrimitive
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What needs no JNA. */
class WithoutJnaTest {
    @Test
    fun `a program without JNA makes every kind of use, and loads no class of it`() {
        val lines = program { "net/java/dev/jna" !in it }
        assertEquals(ALL, used(lines))
        assertTrue(lines.count { "io.github.xportcn." in it } > 50, "classes are told as they are loaded")
        assertEquals(emptyList<String>(), lines.filter { "com.sun.jna" in it })
    }

    @Test
    fun `with JNA on the class path none of it is loaded either, unless it is chosen`() {
        assertEquals(emptyList<String>(), program { true }.filter { "com.sun.jna" in it })
        val chosen = program("-Dio.github.xportcn.door=jna") { true }
        assertEquals(ALL, used(chosen))
        assertTrue(chosen.any { "com.sun.jna.Native " in it })
    }

    private fun used(lines: List<String>) = lines.filter { it.startsWith("use: ") }.map { it.removePrefix("use: ") }

    /** What [main] prints in a process of its own, with the classes that it loads. */
    private fun program(vararg options: String, isThere: (String) -> Boolean): List<String> {
        val java = "${System.getProperty("java.home")}/bin/java"
        val path = System.getProperty("java.class.path").split(File.pathSeparator).filter {
            isThere(it) &&
                "slf4j" !in it
        }
        val command = listOf(java, "-Xlog:class+load", *options, "-cp", path.joinToString(File.pathSeparator))
        val ended = ProcessBuilder(command + "io.github.xportcn.WithoutJnaTestKt").redirectErrorStream(true).start()
        val lines = ended.inputStream.bufferedReader().readLines()
        assertEquals(0, ended.waitFor(), lines.filterNot { it.startsWith("[") }.joinToString("\n"))
        return lines
    }
}

private const val ORDER = "1034499579120189839"
private const val PAGE =
    """{"totalRecords":1,"totalPage":1,"pageSize":20,"currentPage":1,"data":[{"offerId":"7"}]}"""

private fun use(name: String, work: suspend (XportcnClient) -> Boolean) = name to work

/** Each kind of use that a program makes of a client, and what is to be true of it. */
private val uses = listOf(
    use("a call") { it.taobao.order.get(orderId = ORDER).data.orderId == ORDER },
    use("pages") { it.alibaba.product.keywordSearchPages(keyword = "x").toList().size == 1 },
    use("items") { it.alibaba.product.keywordSearchItems(keyword = "x").toList().single().offerId == "7" },
    use("other options") {
        it.withOptions(CallOptions { maxRetries = 0 }).taobao.order.get(orderId = ORDER).attempts ==
            1
    },
    use("a refusal") {
        failure<XportcnException.InvalidRequest> { it.taobao.afterSale.render("", goodsStatus = 1, refundType = 1) }
            .path == "subOrderId"
    },
    use("recovery") {
        val lost = failure<XportcnException.AmbiguousWrite> { it.taobao.order.pay(orderId = ORDER) }
        it.withOptions(CallOptions { recoveryWindow = 1.milliseconds }).recover(lost) is Outcome.Unknown
    },
    use("a journal") {
        val store = MemoryJournalStore()
        val cancel = mapOf("orderId" to JsonPrimitive(ORDER))
        val answered = Journal(store).settle(it, "taobao.order.cancel", cancel, "key")
        answered is Settled.Answered &&
            Journal(store).settle(it, "taobao.order.cancel", cancel, "key") is Settled.Answered
    },
    use("a wait, and a pushed message") { client ->
        runBlocking {
            val waited = async { client.waitUntil("taobao.order", "shipped", ORDER) }
            delay(100)
            val signed = client.signPush("ORDER_PAY_SUCCESS")
            client.onPush(client.verifyPush(signed.authorization, signed.body))
            waited.cancel()
            true
        }
    },
    use("an answer that was kept") {
        it.read("taobao.order.get", """{"code":200,"requestId":"r"}""".encodeToByteArray()).requestId == "r"
    },
    use("shapes") { "orderId" in it.shapes() },
)

private val ALL = uses.map { it.first }

/** Makes every use of a client, and prints its name. */
fun main() = runBlocking {
    val answers = Local { request ->
        when {
            "pay" in request.url -> throw TransportFailure("reset", true, "lost")
            "keywords" in request.url -> answered("""{"code":200,"requestId":"r-2","data":$PAGE}""")
            else -> answered("""{"code":200,"requestId":"r-1","data":{"orderId":"$ORDER"}}""")
        }
    }
    XportcnClient(
        XportcnConfig("sandbox-key", "sandbox-secret", "sandbox-user") {
            observe = true
        },
        answers,
    ).use { client ->
        for ((name, use) in uses) {
            check(use(client)) { name }
            println("use: $name")
        }
    }
}
