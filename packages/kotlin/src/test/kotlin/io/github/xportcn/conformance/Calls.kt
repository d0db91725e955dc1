package io.github.xportcn.conformance

import io.github.xportcn.CallOptions
import io.github.xportcn.Limit
import io.github.xportcn.Outcome
import io.github.xportcn.References
import io.github.xportcn.Reply
import io.github.xportcn.Settled
import io.github.xportcn.Signature
import io.github.xportcn.TimestampUnit
import io.github.xportcn.Waited
import io.github.xportcn.XportcnConfig
import io.github.xportcn.XportcnException
import java.time.Duration
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.longOrNull

/** The operations that call through the package's client. */
internal class Calls(private val use: (XportcnConfig) -> Use) {
    fun made(case: JsonObject): JsonObject = client(case).use { JsonObject(mapOf("made" to JsonPrimitive(true))) }

    suspend fun call(case: JsonObject): JsonObject =
        client(case).use { made -> told(called(made.with(options(case.inner("options"))), case)) }

    suspend fun shapes(case: JsonObject): JsonObject = client(case).use { made ->
        try {
            called(made, case)
        } catch (_: XportcnException) {
            // What is refused has a shape too.
        }
        buildJsonObject { put("shapes", JsonPrimitive(made.shapes())) }
    }

    suspend fun items(case: JsonObject): JsonObject = client(case).use { made ->
        val found = made.items(case.text("id"), case.inner("params"), case.number("atMost").toInt())
        buildJsonObject {
            put("items", JsonPrimitive(found.joinToString(",", "[", "]")))
            put("count", JsonPrimitive(found.size))
        }
    }

    suspend fun pages(case: JsonObject): JsonObject = client(case).use { made ->
        val pages = ArrayList<JsonObject>()
        val error = try {
            made.pages(case.text("id"), case.inner("params")) { pages += told(it) }
            null
        } catch (error: XportcnException) {
            facts(error)
        }
        buildJsonObject {
            put("pages", JsonArray(pages))
            if (error != null) put("error", error)
        }
    }

    suspend fun load(case: JsonObject): JsonObject = client(case).use { made ->
        val lanes = Semaphore(case.number("concurrency").toInt())
        val results = coroutineScope {
            (0 until case.number("count")).map { number ->
                async(Dispatchers.Default) { lanes.withPermit { outcome(made, case, number) } }
            }.awaitAll()
        }
        val failed = results.mapNotNull { it["kind"]?.jsonPrimitive?.content }.groupingBy { it }.eachCount()
        buildJsonObject {
            put("succeeded", JsonPrimitive(results.count { "ok" in it }))
            put("failed", JsonObject(failed.mapValues { JsonPrimitive(it.value) }))
            put("results", JsonArray(results))
        }
    }

    private suspend fun outcome(made: Use, case: JsonObject, number: Long): JsonObject = try {
        val params = numbered(case.getValue("params"), number).jsonObject
        JsonObject(mapOf("ok" to JsonPrimitive(made.call(case.text("id"), params).data)))
    } catch (error: XportcnException) {
        JsonObject(mapOf("kind" to JsonPrimitive(error.kind)))
    }

    /** A coroutine that is cancelled has nobody to tell; the log has it. */
    suspend fun cancel(case: JsonObject): JsonObject = client(case).use { made ->
        coroutineScope {
            val job = launch(Dispatchers.Default) {
                called(made, case)
                error("the call ended before it was cancelled")
            }
            delay(case.number("afterMs"))
            val started = System.nanoTime()
            job.cancelAndJoin()
            buildJsonObject {
                put("dropped", JsonPrimitive(true))
                put("elapsedMs", JsonPrimitive(case.number("afterMs") + (System.nanoTime() - started) / 1_000_000))
            }
        }
    }

    suspend fun recover(case: JsonObject): JsonObject = client(case).use { made ->
        told(made.with(options(case.inner("options"))).recover(case.text("ticket")))
    }

    suspend fun settle(case: JsonObject): JsonObject = client(case).use { made ->
        val patient = made.with(options(case.inner("options")))
        when (val settled = patient.settle(case.text("id"), case.inner("params"))) {
            is Settled.Answered -> told(Typed(settled.reply, settled.reply.data.toString()))
            is Settled.Recovered -> told(settled.outcome)
        }
    }

    suspend fun wait(case: JsonObject): JsonObject = client(case).use { made ->
        val patient = made.with(options(case.inner("options")))
        coroutineScope {
            val push = case["push"]?.jsonObject?.let {
                launch {
                    delay(it.number("afterMs"))
                    made.onPush(made.verifyPush(it.text("authorization"), it.text("body").encodeToByteArray()))
                }
            }
            val waited = patient.waitUntil(case.text("of"), case.text("state"), case.text("id"))
            push?.join()
            told(waited)
        }
    }

    /** Writes of several users at the same time, each seen to its end. */
    suspend fun settles(case: JsonObject): JsonObject {
        val clients = case.getValue("settings").jsonArray.map { client(JsonObject(mapOf("settings" to it))) }
        try {
            val lanes = Semaphore(case.number("concurrency").toInt())
            val results = coroutineScope {
                case.getValue("calls").jsonArray.map { it.jsonObject }.map { write ->
                    val made = clients[write.number("by").toInt()]
                    async(Dispatchers.Default) { lanes.withPermit { end(made, write) } }
                }.awaitAll()
            }
            return JsonObject(mapOf("results" to JsonArray(results)))
        } finally {
            clients.forEach { it.close() }
        }
    }

    private suspend fun end(made: Use, write: JsonObject): JsonObject = try {
        when (val settled = made.settle(write.text("id"), write.inner("params"))) {
            is Settled.Answered -> JsonObject(mapOf("ok" to JsonPrimitive(settled.reply.data.toString())))
            is Settled.Recovered -> told(settled.outcome)
        }
    } catch (error: XportcnException) {
        JsonObject(mapOf("kind" to JsonPrimitive(error.kind)))
    }

    private suspend fun called(made: Use, case: JsonObject): Typed = made.call(case.text("id"), case.inner("params"))

    private fun client(case: JsonObject): Use = use(config(case.inner("settings")))
}

private fun config(settings: JsonObject): XportcnConfig {
    fun maybe(name: String): String? = settings[name]?.jsonPrimitive?.content
    return XportcnConfig(
        accessKey = settings.text("accessKey"),
        accessSecret = settings.text("accessSecret"),
        userId = settings.text("userId"),
    ) {
        this.options = options(settings)
        this.baseUrl = maybe("baseUrl")
        this.signature = maybe("signature")?.let { if (it == "md5") Signature.MD5 else Signature.HMAC_SHA256 }
        this.timestampUnit = maybe("timestampUnit")?.let {
            if (it == "s") TimestampUnit.SECONDS else TimestampUnit.MILLISECONDS
        }
        this.limit = settings["limit"]?.jsonObject?.let {
            Limit(it.getValue("perSecond").jsonPrimitive.double, it.number("burst").toInt())
        }
        this.paths = settings.inner("paths").mapValues { it.value.jsonPrimitive.content }
        this.references = maybe("references")?.let {
            when (it) {
                "off" -> References.OFF
                "auto" -> References.AUTO
                else -> References.AUTO_IN_MESSAGES
            }
        }
        this.maxReplyBytes = settings["maxReplyBytes"]?.jsonPrimitive?.longOrNull
        this.strict = settings["strict"]?.jsonPrimitive?.boolean
        this.observe = settings["observe"]?.jsonPrimitive?.boolean
    }
}

private fun options(given: JsonObject): CallOptions {
    fun time(name: String): Duration? = given[name]?.jsonPrimitive?.longOrNull?.let(Duration::ofMillis)
    return CallOptions {
        this.maxRetries = given["maxRetries"]?.jsonPrimitive?.longOrNull?.toInt()
        this.timeout = time("timeout")
        this.deadline = time("deadline")
        this.initialBackoff = time("initialBackoff")
        this.maxBackoff = time("maxBackoff")
        this.retryWrites = given["retryWrites"]?.jsonPrimitive?.boolean
        this.recoveryWindow = time("recoveryWindow")
        this.retryAfterRecovery = given["retryAfterRecovery"]?.jsonPrimitive?.boolean
        this.waitTimeout = time("waitTimeout")
    }
}

private fun told(typed: Typed): JsonObject = buildJsonObject {
    put("data", JsonPrimitive(typed.data))
    put("reply", about(typed.reply))
}

/** Written back from its own type. */
private fun told(waited: Waited): JsonObject {
    val members = when (waited) {
        is Waited.Reached -> mapOf("outcome" to JsonPrimitive("reached"), "found" to waited.found)
        is Waited.Never -> mapOf("outcome" to JsonPrimitive("never"), "found" to waited.found)
        is Waited.TimedOut -> mapOf(
            "outcome" to JsonPrimitive("timed out"),
            "found" to waited.found,
            "reason" to waited.reason?.let(::JsonPrimitive),
        )
    }
    val given = members.mapNotNull { (name, value) -> value?.let { name to it } }.toMap()
    return buildJsonObject { put("waited", JsonPrimitive(JsonObject(given).toString())) }
}

/** Written back from its own type. */
private fun told(outcome: Outcome): JsonObject {
    val members = when (outcome) {
        is Outcome.Done -> mapOf("outcome" to JsonPrimitive("done"), "found" to JsonArray(outcome.found))
        is Outcome.NotDone -> mapOf("outcome" to JsonPrimitive("not done"))
        is Outcome.Partly -> mapOf(
            "outcome" to JsonPrimitive("partly"),
            "found" to JsonArray(outcome.found),
            "missing" to JsonArray(outcome.missing.map(::JsonPrimitive)),
            "reason" to JsonPrimitive(outcome.reason),
        )
        is Outcome.Unknown -> mapOf("outcome" to JsonPrimitive("unknown"), "reason" to JsonPrimitive(outcome.reason))
    }
    return buildJsonObject { put("outcome", JsonPrimitive(JsonObject(members).toString())) }
}

private fun about(reply: Reply<*>): JsonElement = buildJsonObject {
    put("requestId", JsonPrimitive(reply.requestId))
    put("message", JsonPrimitive(reply.message))
    put("developId", JsonPrimitive(reply.developId))
    val warnings = reply.warnings.map { warning ->
        val facts = mapOf("path" to warning.path, "expected" to warning.expected, "found" to warning.found)
        JsonObject(facts.mapValues { JsonPrimitive(it.value) })
    }
    put("warnings", JsonArray(warnings))
}

private fun numbered(params: JsonElement, number: Long): JsonElement = when {
    params is JsonObject -> JsonObject(params.mapValues { numbered(it.value, number) })
    params is JsonArray -> JsonArray(params.jsonArray.map { numbered(it, number) })
    params is JsonPrimitive && params.isString -> JsonPrimitive(params.content.replace("{n}", number.toString()))
    else -> params as? JsonPrimitive ?: JsonNull
}
