package io.github.xportcn.bench

import io.github.xportcn.ACCOUNT
import io.github.xportcn.JSON
import io.github.xportcn.Local
import io.github.xportcn.XportcnClient
import io.github.xportcn.answered
import io.github.xportcn.core.Begin
import io.github.xportcn.core.Core
import io.github.xportcn.core.Exchange
import io.github.xportcn.core.Received
import io.github.xportcn.core.Step
import io.github.xportcn.lent
import io.github.xportcn.models.OfferPage
import io.github.xportcn.reply
import io.github.xportcn.residentBytes
import java.io.File
import java.security.MessageDigest
import java.security.SecureRandom
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

private const val SEARCH = "alibaba.product.keyword_search"

/** The package beside its peers, in one run: medians of rounds that take turns. Exits with 1 if a budget is missed. */
fun main(arguments: Array<String>) {
    val inputs = File(arguments.single())
    val rows = listOf(
        decoding("24 KB reply, microseconds", inputs.resolve("reply_24k.json").readBytes(), rounds = 6000, budget = 2.0),
        decoding("1 MB reply, microseconds", inputs.resolve("reply_1m.json").readBytes(), rounds = 200, budget = 3.0),
    ) + signing() + memory()
    rows.forEach(::println)
    exitProcess(if (rows.all { it.ok }) 0 else 1)
}

/** Reads an answer into the package's types, beside the same types from JSON that needs no reading by the core. */
private fun decoding(name: String, body: ByteArray, rounds: Int, budget: Double): Row {
    val core = Core(ACCOUNT.json())
    val canonical = core.read(SEARCH, 200u, body).data.encodeToByteArray()
    val random = ByteArray(32)
    fun ours(exchange: Exchange): OfferPage {
        val step = lent(body) { exchange.receive(Received(200u, emptyList(), 1u, random), it) } as Step.Done
        return reply(SEARCH, OfferPage.serializer(), step.answer, body).data
    }
    val times = (1..rounds).map {
        core.begin(Begin(SEARCH, """{"keyword":"x"}""", "", 0u, random)).exchange.use { exchange ->
            val started = System.nanoTime()
            val mine = ours(exchange)
            val middle = System.nanoTime()
            val other = JSON.decodeFromString(OfferPage.serializer(), canonical.decodeToString())
            val ended = System.nanoTime()
            check(mine == other) { "the two do not read the same" }
            Pair(middle - started, ended - middle)
        }
    }
    val (ours, theirs) = medians(times)
    return Row(name, ours, "kotlinx.serialization alone, the same types", theirs, budget)
}

/** From the call to the signed request. */
private fun signing(): List<Row> = runBlocking {
    var asked = 0L
    val client = XportcnClient(ACCOUNT, Local { asked = System.nanoTime(); answered("""{"code":200,"data":{}}""") })
    val rounds = (1..40_000).map {
        val started = System.nanoTime()
        client.taobao.afterSale.render(subOrderId = "1034499579120189839", goodsStatus = 1, refundType = 1)
        val ours = asked - started
        val begun = System.nanoTime()
        check(byHand().size == 7)
        Pair(ours, System.nanoTime() - begun)
    }
    val (ours, theirs) = medians(rounds)
    val name = "call to signed request, microseconds"
    listOf(
        Row(name, ours, "50 microseconds", 50.0, budget = 1.0),
        Row(name, ours, "MessageDigest and kotlinx.serialization by hand", theirs, budget = null),
    )
}

private val entropy = SecureRandom()
private const val ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

private fun byHand(): Map<String, String> {
    val body = buildJsonObject {
        put("subOrderId", "1034499579120189839")
        put("goodsStatus", JsonPrimitive(1))
        put("refundType", JsonPrimitive(1))
    }
    val timestamp = (System.currentTimeMillis() / 1000).toString()
    val nonce = String(CharArray(32) { ALPHABET[entropy.nextInt(62)] })
    val digest = MessageDigest.getInstance("MD5").digest("sandbox-key$timestamp${nonce}sandbox-secret".encodeToByteArray())
    return mapOf(
        "url" to "https://www.xportcn.com/api/open/order/refund/render",
        "access-key" to "sandbox-key",
        "timestamp" to timestamp,
        "nonce-str" to nonce,
        "user-id" to "sandbox-user",
        "signature" to digest.joinToString("") { "%02X".format(it) },
        "body" to body.toString(),
    )
}

/** What the process holds after many calls; its heap is all there from the start. */
private fun memory(): List<Row> = runBlocking {
    val client = XportcnClient(ACCOUNT, Local { answered("""{"code":200,"requestId":"r","data":{"currency":"CNY"}}""") })
    suspend fun after(calls: Int): Double {
        repeat(calls) { client.taobao.afterSale.render(subOrderId = "1", goodsStatus = 1, refundType = 1) }
        return residentBytes() / 1e6
    }
    after(10_000)
    val before = after(5_000)
    val after = after(50_000)
    listOf(Row("resident memory after 50,000 calls, MB", after, "the same before them", before, budget = 1.05))
}

/** In microseconds, of the later half: the first warms up. */
private fun medians(rounds: List<Pair<Long, Long>>): Pair<Double, Double> {
    val warm = rounds.drop(rounds.size / 2)
    fun median(times: List<Long>) = times.sorted()[times.size / 2] / 1000.0
    return Pair(median(warm.map { it.first }), median(warm.map { it.second }))
}

/** A row of `make bench`; without a budget it only tells. */
private class Row(val case: String, val ours: Double, val peer: String, val peerValue: Double, val budget: Double?) {
    val ratio = ours / peerValue
    val ok = budget == null || ratio <= budget

    override fun toString(): String = buildJsonObject {
        fun tell(name: String, value: Double) = put(name, JsonPrimitive("%.3f".format(java.util.Locale.ROOT, value).toDouble()))
        put("host", "kotlin")
        put("case", case)
        tell("ours", ours)
        put("peer", peer)
        tell("peer_value", peerValue)
        tell("ratio", ratio)
        budget?.let { tell("budget", it) }
        put("better", "lower")
        put("ok", JsonPrimitive(ok))
    }.toString()
}
