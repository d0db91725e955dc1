package io.github.xportcn

import io.github.xportcn.core.CoreFailure
import io.github.xportcn.core.CoreText
import io.github.xportcn.core.Frame
import io.github.xportcn.core.KeptAnswer
import io.github.xportcn.core.Library
import io.github.xportcn.core.OpenPager
import io.github.xportcn.core.OpenRecovery
import io.github.xportcn.core.RecoveryNext
import io.github.xportcn.core.TestPush
import kotlinx.serialization.json.jsonObject
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue

private const val START = 1_722_484_800_000
private const val SEARCH = "alibaba.product.keyword_search"
private const val PAY = "taobao.order.pay"
private const val PAID = """{"orderId":"1034499579120189839"}"""
private const val PATIENT = """{"recoveryWindow":20000,"retryAfterRecovery":true}"""

/** All that a door is asked for beside calls, in one order, and what it tells. */
internal class Story(private val door: Library) {
    private val core = door.open(
        XportcnConfig("sandbox-key", "sandbox-secret", "sandbox-user") {
            observe = true
        }.json(),
    )
    private val told = ArrayList<String>()
    private val kinds = HashSet<String>()

    fun lines(): List<String> {
        options()
        kept()
        pages()
        recoveries()
        journal()
        waits()
        pushes()
        shapes()
        assertEquals(setOf("Call", "Wait", "Done", "Keep", "Kept", "Last"), kinds)
        assertTrue(told.count { it.startsWith("refused") } in 10..told.size / 2, told.joinToString("\n"))
        return told
    }

    private fun options() {
        for (options in listOf("", PATIENT, """{"maxRetries":-1}""", """{"colour":1}""", "[")) {
            tell { core.checkOptions(options) }
        }
    }

    private fun kept() {
        val odd = """{"code":200,"msg":"好","requestId":"r-7","data":{"currency":["x"]}}""".encodeToByteArray()
        tell { core.read("taobao.after_sale.render", 200, odd).shown() }
        tell { core.read("taobao.after_sale.render", 502, odd).shown() }
        tell { core.read("taobao.after_sale.render", 200, ByteArray(3) { -1 }).shown() }
        tell { core.read("no.such", 200, odd).shown() }
    }

    private fun pages() {
        val pager = core.pager(SEARCH, """{"keyword":"鞋"}""")
        val totals = """"totalRecords":3,"totalPage":2,"pageSize":2,"currentPage":1"""
        val page = """{$totals,"data":[{"offerId":"1"},{"offerId":"2"}]}"""
        tell { pager.params() }
        tell { pager.advance(utf8(page), "{}") }
        tell { pager.params() }
        tell { pager.advance(utf8("""{"totalRecords":3,"data":[{"offerId":"3"}]}"""), "{}") }
        tell { pager.params() }
        ended(pager)
        tell { core.pager("taobao.after_sale.render", "{}").close() }
        tell { core.pager(SEARCH, "[").close() }
        val broken = core.pager(SEARCH, "{}")
        val unread = """{"warnings":[{"path":"data.data","expected":"list","found":"text"}]}"""
        tell { broken.advance(utf8("""{"data":null}"""), unread) }
        ended(broken)
    }

    private fun ended(pager: OpenPager) {
        pager.close()
        pager.close()
    }

    private fun recoveries() {
        val ticket = lost()
        searched { core.recover(ticket, PATIENT) }
        searched(answers = NONE) { core.recover(ticket, """{"recoveryWindow":1000}""") }
        searched { core.settle(PAY, PAID, PATIENT) }
        searched { core.recover("{}", "") }
        searched { core.recover(ticket, "[") }
        searched { core.settle("address.list", "{}", "") }
    }

    /** The ticket of a payment whose answer is lost. */
    private fun lost(): String {
        val begin = Frame(START).flag(false).flag(false).text(PAY).text("").text(PAID).bytes()
        val failed = Frame(START + 5).flag(true).flag(true).flag(false).text("reset").text("by the peer").bytes()
        begin.fill(7, 0, 32)
        failed.fill(7, 0, 32)
        val told = core.begin(begin).use { it.fail(failed) }
        assertEquals(3, told.number().toInt())
        told.text()
        repeat(2) { told.number() }
        val error = XportcnException.of(told.text()) as XportcnException.AmbiguousWrite
        return error.ticket.also { told(it) }
    }

    private fun journal() {
        var entry = ""
        searched(ALL, keep = { entry = it }) { core.settleKept("pay 1", PAY, PAID, PATIENT, "") }
        searched { core.settleKept("pay 1", PAY, PAID, PATIENT, entry) }
        searched { core.settleKept("pay 1", PAY, """{"orderId":"2"}""", PATIENT, entry) }
        searched { core.recoverKept(entry, PATIENT) }
        var open = ""
        searched(answers = NONE, keep = { open = open.ifEmpty { it } }) {
            core.settleKept("pay 2", PAY, PAID, """{"recoveryWindow":1000}""", "")
        }
        searched { core.recoverKept(open, PATIENT) }
        searched { core.recoverKept("[", "") }
        tell { door.journalKey("taobao.order.purchase_create", """{"sellerOrderNumber":"n-1"}""") }
        tell { door.journalKey(PAY, PAID) }
        tell { door.journalKey("no.such", "{}") }
    }

    private fun waits() {
        searched { core.wait("taobao.order", "shipped", "\"1034499579120189839\"", """{"waitTimeout":60000}""") }
        searched(answers = NONE) { core.wait("taobao.order", "paid", "\"1\"", """{"waitTimeout":5000}""") }
        searched { core.wait("taobao.order", "no state", "\"1\"", "") }
        searched { core.wait("no.such", "paid", "1", "") }
    }

    private fun pushes() {
        val content = """{"orderId":"1034499579120189839"}"""
        for (push in listOf(
            TestPush("ORDER_PAY_SUCCESS", "", null, null, START),
            TestPush("ORDER_PAY_SUCCESS", content, 1, START - 5, START),
            TestPush("ORDER_PAY_SUCCESS", """{"colour":1}""", null, null, START),
            TestPush("no.such", "", 0, null, START),
        )) {
            tell {
                val (authorization, body) = door.signPush("key", "hidden", push)
                told(door.readPush("key", "hidden", authorization, body))
                "$authorization ${body.decodeToString()}"
            }
        }
        tell { door.readPush("key", "hidden", "0".repeat(64), content.encodeToByteArray()) }
    }

    private fun shapes() {
        val begin = Frame(START).flag(false).flag(false).text(PAY).text("").text(PAID).bytes()
        val body = """{"code":200,"requestId":"r-1","data":{"orderId":"1034499579120189839"}}"""
        core.begin(begin).use {
            it.receive(Frame(START + 5).number(200).number(0).bytes(), body.encodeToByteArray())
        }
        tell { core.shapes() }
        assertTrue(PAY in told.last(), told.last())
    }

    /** Goes through a search to its end; of its calls those are answered whose numbers are said to be. */
    private fun searched(answers: (Int) -> Boolean = MOST, keep: (String) -> Unit = {}, begin: () -> OpenRecovery) {
        var search: OpenRecovery? = null
        tell { search = begin() }
        search?.use { told("${steps(it, answers, keep)} steps") } ?: return
        assertEquals(false, search?.onPush("{}"), "what is over takes no message")
    }

    private fun steps(search: OpenRecovery, answers: (Int) -> Boolean, keep: (String) -> Unit): Int {
        var (now, calls) = Pair(START, 0)
        for (count in 1..2000) {
            val next = search.step(now)
            kinds += next.javaClass.simpleName
            when (next) {
                is RecoveryNext.Call -> {
                    told("call ${next.id} ${next.params}")
                    if (answers(++calls)) {
                        search.onReply(utf8(FOUND), """{"requestId":"r-1","message":"好"}""")
                    } else {
                        search.onFailure("no answer", isRetryable = true, "")
                    }
                }
                is RecoveryNext.Wait -> {
                    told("wait ${next.millis}")
                    tell { search.onPush("""{"orderId":"1034499579120189839"}""") }
                    now += next.millis
                }
                is RecoveryNext.Keep -> {
                    told("keep ${next.entry} ${next.state}")
                    keep(next.entry)
                    search.onKept()
                }
                is RecoveryNext.Done -> return count.also { told("done ${next.outcome}") }
                is RecoveryNext.Kept -> return count.also { told("kept ${next.answer.shown()}") }
                is RecoveryNext.Last -> return count.also { told("last") }
            }
            tell { search.ticket() }
        }
        error("a search has no end: ${told.takeLast(6)}")
    }

    private fun told(text: String) {
        told += text
    }

    private fun tell(work: () -> Any?) {
        told += try {
            "${work()}"
        } catch (error: CoreFailure) {
            "refused: ${error.json}".also { json(error.json).jsonObject.getValue("kind") }
        }
    }
}

private val ALL = { _: Int -> true }
private val MOST = { call: Int -> call % 3 != 1 }
private val NONE = { _: Int -> false }

/** An order that is neither paid nor shipped, nor anything else that is waited for. */
private const val FOUND = """{"orderId":"1034499579120189839","status":"0","orderStatus":"0"}"""

private fun utf8(text: String) = CoreText(text.encodeToByteArray())

private fun KeptAnswer.shown() = "$data $about"
