package io.github.xportcn.bench

import io.github.xportcn.ACCOUNT
import io.github.xportcn.JSON
import io.github.xportcn.Local
import io.github.xportcn.XportcnClient
import io.github.xportcn.answered
import io.github.xportcn.json
import io.github.xportcn.models.AlibabaOrderAddress
import io.github.xportcn.models.AlibabaOrderCargo
import java.io.File
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

private const val BY_HAND = "MessageDigest and kotlinx.serialization by hand"

/** From the call to the signed request. */
internal fun requests(inputs: File): List<Row> {
    val small = PlainRender("1034499579120189839", goodsStatus = 1, refundType = 1)
    val call = rounds(
        count = 20_000,
        ours = { taobao.afterSale.render(small.subOrderId, goodsStatus = 1, refundType = 1) },
        byHand = { PlainKotlinx.request("/open/order/refund/render", PlainRender.serializer(), small) },
    )
    val params = json(inputs.resolve("params_order.json").readText()).jsonObject.getValue("params").jsonObject
    fun text(name: String) = params.getValue(name).jsonPrimitive.content
    val address = JSON.decodeFromJsonElement(AlibabaOrderAddress.serializer(), params.getValue("addressParam"))
    val lines = JSON.decodeFromJsonElement(
        ListSerializer(AlibabaOrderCargo.serializer()),
        params.getValue("cargoParamList"),
    )
    val plain = PlainOrder(
        text("flow"),
        text("message"),
        text("tradeType"),
        JSON.decodeFromJsonElement(PlainAddress.serializer(), params.getValue("addressParam")),
        lines.map {
            PlainLine(
                checkNotNull(it.offerId).toLong(),
                checkNotNull(it.specId),
                checkNotNull(it.quantity).intValueExact(),
            )
        },
    )
    val order = rounds(
        count = 10_000,
        ours = {
            alibaba.order.create(plain.flow, address, lines, message = plain.message, tradeType = plain.tradeType)
        },
        byHand = { PlainKotlinx.request("/alibaba/order/create", PlainOrder.serializer(), plain) },
    )
    return listOf(
        row("build and sign a small request", "µs", median(call) { it.ours }, limit = 50.0),
        row("build and sign a small request", "µs", BY_HAND, call, budget = 3.0),
        row("build and sign an order of 20 lines", "µs", BY_HAND, order, budget = 2.0),
    )
}

private fun rounds(count: Int, ours: suspend XportcnClient.() -> Any, byHand: () -> PlainRequest): List<Round> =
    runBlocking {
        var asked = 0L
        var sent = ByteArray(0)
        val client =
            XportcnClient(
                ACCOUNT,
                Local {
                    asked = System.nanoTime()
                    sent = checkNotNull(it.body)
                    answered("""{"code":200,"data":{}}""")
                },
            )
        client.ours()
        check(members(sent.decodeToString()) == members(byHand().body.decodeToString())) {
            "the two do not send the same"
        }
        // The first half warms up.
        (1..2 * count).map {
            val started = System.nanoTime()
            client.ours()
            Round((asked - started) / 1000.0, microseconds { byHand() })
        }.drop(count)
    }

private fun members(body: String): JsonObject = json(body).jsonObject
