package io.github.xportcn.bench

import io.github.xportcn.ACCOUNT
import io.github.xportcn.About
import io.github.xportcn.Answered
import io.github.xportcn.JSON
import io.github.xportcn.Known
import io.github.xportcn.core.Frame
import io.github.xportcn.core.NativeLibrary
import io.github.xportcn.core.OpenCore
import io.github.xportcn.models.AlibabaProductOfferPage
import io.github.xportcn.reply
import java.io.File
import java.time.Duration

private const val ALONE = "kotlinx.serialization on the raw body"
private const val SEARCH = "alibaba.product.keyword_search"

/** Reads replies of all sizes, beside what reads them else. */
internal fun readings(inputs: File): List<Row> {
    // All that reads is compiled before anything counts.
    reading("", inputs.resolve("reply_24k.json"), rounds = 2000, budget = null)
    // The aim for 1 KB is 1.6: of 7.5 us the core's reading has 2.5, Kotlin's types 3.3, the way between them 1.5.
    return reading("1 KB", inputs.resolve("reply_1k.json"), rounds = 6000, budget = 1.75) +
        reading("24 KB", inputs.resolve("reply_24k.json"), rounds = 2000, budget = 1.3) +
        reading("1 MB", inputs.resolve("reply_1m.json"), rounds = 100, budget = 2.0) +
        reading("10 MB", inputs.resolve("reply_10m.json"), rounds = 12, budget = null)
}

/** The budget is that beside kotlinx.serialization alone. */
private fun reading(size: String, file: File, rounds: Int, budget: Double?): List<Row> {
    val body = file.readBytes()
    val core = NativeLibrary.library.open(ACCOUNT.json())
    val ordered = core.read(SEARCH, 200, body).data.bytes()
    val peers = listOf<Pair<String, () -> Any>>(
        "kotlinx.serialization on data that our core put in order" to { inOrder(ordered) },
        ALONE to { PlainKotlinx.read(body) },
        "Moshi on the raw body" to { PlainMoshi.read(body) },
    )
    check(inOrder(ordered) == ours(core, body)) { "the same types do not hold the same" }
    val plain = PlainMoshi.read(body)
    check(plain == PlainKotlinx.read(body) && ids(plain) == ids(ours(core, body))) {
        "the plain classes do not hold the same"
    }
    val measured = List(peers.size) { ArrayList<Round>() }
    repeat(rounds) {
        val mine = timed(core, body)
        peers.forEachIndexed { index, (_, read) -> measured[index] += Round(mine, microseconds { read() }) }
    }
    return peers.mapIndexed { index, (name, _) ->
        row("read a reply of $size", "µs", name, measured[index], budget.takeIf { name == ALONE })
    }
}

/** Microseconds from an answer's body to the package's types. */
private fun timed(core: OpenCore, body: ByteArray): Double {
    val begin = Frame(0).flag(false).flag(false).text(SEARCH).text("").text("""{"keyword":"x"}""")
    return core.begin(begin.bytes()).use { exchange ->
        microseconds {
            val told = exchange.receive(Frame(1).number(200).number(0).bytes(), body)
            check(told.number() == 2L && told.text() == "") { "it is no reply" }
            val known = Known(null, told.number().toInt(), Duration.ofMillis(told.number()))
            val about = About(told.maybe(), told.maybe(), told.maybe())
            reply(SEARCH, AlibabaProductOfferPage.serializer(), Answered(told.data(), about, body, known))
        }
    }
}

private fun ours(core: OpenCore, body: ByteArray): AlibabaProductOfferPage =
    Answered(core.read(SEARCH, 200, body).data, About(), body, Known.NOTHING)
        .let { reply(SEARCH, AlibabaProductOfferPage.serializer(), it).data }

private fun inOrder(canonical: ByteArray): AlibabaProductOfferPage =
    JSON.decodeFromString(AlibabaProductOfferPage.serializer(), canonical.decodeToString())

private fun ids(page: AlibabaProductOfferPage): List<String?>? = page.data?.map { it?.offerId }

private fun ids(reply: PlainReply): List<String?>? = reply.data?.data?.map { it.offerId?.toString() }
