package io.github.xportcn.bench

import java.util.Locale
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/** A row of `make bench`; without a budget it only tells. */
internal class Row(
    private val case: String,
    private val unit: String,
    private val ours: Double,
    private val peer: String,
    private val peerValue: Double,
    private val ratio: Double,
    private val budget: Double?,
) {
    val ok = budget == null || ratio <= budget

    override fun toString(): String = buildJsonObject {
        put("host", "kotlin")
        put("case", case)
        put("ours", rounded(ours))
        put("peer", peer)
        put("peer_value", rounded(peerValue))
        put("ratio", rounded(ratio))
        budget?.let { put("budget", it) }
        put("better", "lower")
        put("unit", unit)
        put("ok", JsonPrimitive(ok))
    }.toString()
}

/** What one round measured: ours, and right after it the peer. */
internal class Round(val ours: Double, val peer: Double)

/** Medians. The ratio is that of the rounds' own ratios, which a machine that becomes slower hardly moves. */
internal fun row(case: String, unit: String, peer: String, rounds: List<Round>, budget: Double? = null): Row = Row(
    case,
    unit,
    median(rounds) { it.ours },
    peer,
    median(rounds) { it.peer },
    median(rounds) { it.ours / it.peer },
    budget,
)

/** A value beside a limit of its own. */
internal fun row(case: String, unit: String, ours: Double, limit: Double): Row =
    Row(case, unit, ours, "a budget of ${limit.toInt()} $unit", limit, ours / limit, budget = 1.0)

internal fun <T> median(values: List<T>, of: (T) -> Double): Double = values.map(of).sorted()[values.size / 2]

/** Does a piece of work, and gives how many microseconds it took. */
internal inline fun microseconds(work: () -> Unit): Double {
    val started = System.nanoTime()
    work()
    return (System.nanoTime() - started) / 1000.0
}

private fun rounded(value: Double): Double = "%.3f".format(Locale.ROOT, value).toDouble()
