package io.github.xportcn.conformance

import io.github.xportcn.core.Core
import io.github.xportcn.core.Exchange
import io.github.xportcn.core.Header
import io.github.xportcn.core.RecoveryStep
import io.github.xportcn.core.Step
import io.github.xportcn.json
import io.github.xportcn.signPush
import io.github.xportcn.verifyPush
import java.time.Instant.ofEpochMilli
import java.time.OffsetDateTime
import java.time.ZoneOffset.UTC
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.longOrNull

/** The operations that need no network. */
internal fun sign(case: JsonObject): JsonObject {
    val headers = Core(case.inner("settings").toString()).sign(case.text("timestamp"), case.text("nonce"))
    return JsonObject(mapOf("headers" to json(headers)))
}

internal fun headers(case: JsonObject): JsonObject {
    val exchange = Core(case.inner("settings").toString()).call(case.text("id"), case.text("params"), "")
    return sent(exchange.step(case.number("nowMs").toULong(), hex(case.text("random"))) as Step.Send)
}

internal fun read(case: JsonObject): JsonObject {
    val core = Core(case.inner("settings").toString())
    val answer = core.read(case.text("id"), case.number("status").toUShort(), bytes(case.getValue("body")))
    return told(answer.data, answer.reply)
}

internal fun push(case: JsonObject): JsonObject {
    val body = bytes(case.getValue("body"))
    val message = verifyPush(case.text("accessKey"), case.text("accessSecret"), case.text("authorization"), body)
    return buildJsonObject { put("message", JsonPrimitive(message.json.toString())) }
}

internal fun signPush(case: JsonObject): JsonObject {
    val signed = signPush(
        case.text("accessKey"),
        case.text("accessSecret"),
        case.text("message"),
        case.getValue("content").jsonPrimitive.contentOrNull?.let(::json),
        case.getValue("platform").jsonPrimitive.longOrNull,
        case.getValue("timeMs").jsonPrimitive.longOrNull?.let { OffsetDateTime.ofInstant(ofEpochMilli(it), UTC) },
    )
    return buildJsonObject {
        put("authorization", JsonPrimitive(signed.authorization))
        put("body", JsonPrimitive(signed.body.decodeToString()))
    }
}

internal fun trace(case: JsonObject): JsonObject {
    val core = Core(case.inner("settings").toString())
    val calls = case.getValue("calls").jsonArray.map { it.jsonObject }
    val exchanges = HashMap<Int, Exchange>()
    val answers = ArrayList<JsonElement>()
    val events = ArrayList<JsonElement>()
    for (event in case.getValue("events").jsonArray.map { it.jsonObject }) {
        val number = event.number("call").toInt()
        val exchange = exchanges.getOrPut(number) {
            core.call(calls[number].text("id"), calls[number].text("params"), calls[number].text("options"))
                .also { it.listen() }
        }
        when {
            "step" in event -> {
                val step = event.inner("step")
                answers += answered(exchange, exchange.step(step.number("nowMs").toULong(), hex(step.text("random"))))
                events += JsonPrimitive(exchange.events())
            }
            "response" in event -> {
                val response = event.inner("response")
                val pairs = response.getValue("headers").jsonArray.map { it.jsonArray }
                val headers = pairs.map { (name, value) ->
                    Header(name.jsonPrimitive.content, value.jsonPrimitive.content)
                }
                exchange.onResponse(response.number("status").toUShort(), headers, bytes(response.getValue("body")))
            }
            "failure" in event -> {
                val failure = event.inner("failure")
                val maybeSent = failure.getValue("maybeSent").jsonPrimitive.boolean
                exchange.onFailure(failure.text("kind"), maybeSent, failure.text("detail"))
            }
            else -> exchange.cancel()
        }
    }
    return JsonObject(mapOf("answers" to JsonArray(answers), "events" to JsonArray(events)))
}

internal fun search(case: JsonObject): JsonObject {
    val core = Core(case.inner("settings").toString())
    val (settle, wait) = case.inner("settle") to case.inner("wait")
    val recovery = when {
        "ticket" in case -> core.recover(case.text("ticket"), case.text("options"))
        "settle" in case -> core.settle(settle.text("id"), settle.text("params"), case.text("options"))
        else -> core.wait(wait.text("of"), wait.text("state"), wait.text("id"), case.text("options"))
    }
    val answers = ArrayList<JsonElement>()
    for (event in case.getValue("events").jsonArray.map { it.jsonObject }) {
        when {
            "step" in event -> answers += searched(recovery.step(event.number("step").toULong()))
            "reply" in event -> recovery.onReply(event.inner("reply").text("data"), event.inner("reply").text("about"))
            "failure" in event -> {
                val failure = event.inner("failure")
                val isRetryable = failure.getValue("isRetryable").jsonPrimitive.boolean
                recovery.onFailure(failure.text("error"), isRetryable, failure.text("ticket"))
            }
            else -> answers += JsonObject(mapOf("wakes" to JsonPrimitive(recovery.onPush(event.text("push")))))
        }
    }
    return JsonObject(mapOf("answers" to JsonArray(answers)))
}

private fun searched(step: RecoveryStep): JsonObject = when (step) {
    is RecoveryStep.Call -> {
        val call = mapOf("id" to JsonPrimitive(step.id), "params" to JsonPrimitive(step.params))
        JsonObject(mapOf("call" to JsonObject(call)))
    }
    is RecoveryStep.Wait -> JsonObject(mapOf("wait" to JsonPrimitive(step.millis.toLong())))
    is RecoveryStep.Done -> JsonObject(mapOf("done" to JsonPrimitive(step.outcome)))
    is RecoveryStep.Last -> JsonObject(mapOf("last" to JsonPrimitive(true)))
    else -> error("a write without a journal is told $step")
}

private fun answered(exchange: Exchange, step: Step): JsonElement {
    val attempts = JsonPrimitive(exchange.attempts().toLong())
    return when (step) {
        is Step.Send -> JsonObject(mapOf("send" to sent(step)))
        is Step.Wait -> JsonObject(mapOf("wait" to JsonPrimitive(step.millis.toLong())))
        is Step.Done -> {
            val facts = told(step.answer.data, step.answer.reply)
            JsonObject(mapOf("done" to JsonObject(facts + ("attempts" to attempts))))
        }
        is Step.Failed ->
            JsonObject(mapOf("done" to JsonObject(mapOf("error" to json(step.error), "attempts" to attempts))))
    }
}

internal fun told(data: String, reply: String): JsonObject = buildJsonObject {
    put("data", JsonPrimitive(data))
    put("reply", json(reply))
}

private fun sent(step: Step.Send): JsonObject = buildJsonObject {
    put("method", JsonPrimitive(step.method))
    put("url", JsonPrimitive(step.url))
    put("headers", JsonObject(step.headers.associate { it.name to JsonPrimitive(it.value) }))
    put("body", step.body?.let { JsonPrimitive(it.decodeToString()) } ?: JsonNull)
    put("timeoutMs", JsonPrimitive(step.timeoutMs.toLong()))
}

private fun hex(digits: String): ByteArray = digits.chunked(2).map { it.toInt(16).toByte() }.toByteArray()
