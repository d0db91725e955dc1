package io.github.xportcn.conformance

import io.github.xportcn.JavaHttpTransport
import io.github.xportcn.KtorTransport
import io.github.xportcn.OkHttpTransport
import io.github.xportcn.XportcnClient
import io.github.xportcn.XportcnException
import io.github.xportcn.core.CoreException
import io.github.xportcn.core.NativeLibrary
import io.github.xportcn.core.UniffiLibrary
import io.github.xportcn.java.JavaClient
import io.github.xportcn.json
import io.ktor.client.engine.cio.CIO
import java.io.PrintStream
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.longOrNull

/**
 * This package behind the lines of `tests/conformance`: one JSON object in, one out. `--okhttp` and `--ktor` send with these,
 * `--java` calls as Java does, and `--jna` goes to the core by JNA.
 */
fun main(arguments: Array<String>) {
    val unknown = arguments.toSet() - setOf("--okhttp", "--ktor", "--java", "--jna")
    require(unknown.isEmpty()) { "there is no $unknown" }
    if ("--jna" in arguments) System.setProperty("io.github.xportcn.door", "jna")
    check((NativeLibrary.library == UniffiLibrary) == ("--jna" in arguments)) { "it is the wrong door" }
    val engine by lazy { CIO.create() }
    val calls = Calls { config ->
        val transport = when {
            "--okhttp" in arguments -> OkHttpTransport()
            "--ktor" in arguments -> KtorTransport(engine)
            else -> JavaHttpTransport()
        }
        if ("--java" in arguments) {
            JavaUse(JavaClient.builder(config).transport(transport).build())
        } else {
            KotlinUse(XportcnClient(config, transport))
        }
    }
    val out = PrintStream(System.out, true, "UTF-8")
    System.`in`.bufferedReader().forEachLine { line ->
        val case = json(line).jsonObject
        val answer = try {
            runBlocking { answer(calls, case) }
        } catch (error: CoreException.Failed) {
            JsonObject(mapOf("error" to json(error.json)))
        } catch (error: XportcnException) {
            JsonObject(mapOf("error" to facts(error)))
        }
        out.println(answer)
    }
}

private suspend fun answer(calls: Calls, case: JsonObject): JsonObject = when (val op = case.text("op")) {
    "hello" -> buildJsonObject {
        put("host", JsonPrimitive("kotlin ${KotlinVersion.CURRENT}, java ${Runtime.version()}"))
    }
    "client" -> calls.made(case)
    "sign" -> sign(case)
    "headers" -> headers(case)
    "read" -> read(case)
    "push" -> push(case)
    "sign-push" -> signPush(case)
    "trace" -> trace(case)
    "search" -> search(case)
    "call" -> calls.call(case)
    "items" -> calls.items(case)
    "pages" -> calls.pages(case)
    "shapes" -> calls.shapes(case)
    "load" -> calls.load(case)
    "cancel" -> calls.cancel(case)
    "recover" -> calls.recover(case)
    "settle" -> calls.settle(case)
    "settles" -> calls.settles(case)
    "wait" -> calls.wait(case)
    else -> error("there is no operation $op")
}

internal fun JsonObject.text(name: String): String = getValue(name).jsonPrimitive.content

internal fun JsonObject.number(name: String): Long = checkNotNull(getValue(name).jsonPrimitive.longOrNull)

internal fun JsonObject.inner(name: String): JsonObject = this[name] as? JsonObject ?: JsonObject(emptyMap())

/** The members of an error, from its class's own properties. */
internal fun facts(error: XportcnException): JsonObject = buildJsonObject {
    fun tell(name: String, value: String?) = put(name, JsonPrimitive(value))
    tell("kind", error.kind)
    tell("text", error.message)
    put("isRetryable", JsonPrimitive(error.isRetryable))
    tell("endpoint", error.endpoint)
    tell("requestId", error.requestId)
    when (error) {
        is XportcnException.AmbiguousWrite -> {
            tell("recovery", error.recovery)
            tell("ticket", error.ticket)
            put("cause", facts(error.cause as XportcnException))
        }
        is XportcnException.Api -> {
            tell("code", error.code)
            tell("message", error.platformMessage)
            tell("bodyHead", error.bodyHead)
            tell("hint", error.hint)
        }
        is XportcnException.Config -> {
            tell("field", error.field)
            tell("reason", error.reason)
        }
        is XportcnException.Decode -> {
            tell("path", error.path)
            tell("reason", error.reason)
            tell("bodyHead", error.bodyHead)
        }
        is XportcnException.Http -> {
            put("status", JsonPrimitive(error.status))
            tell("bodyHead", error.bodyHead)
            tell("hint", error.hint)
        }
        is XportcnException.InvalidRequest -> {
            tell("path", error.path)
            tell("reason", error.reason)
        }
        is XportcnException.Misuse -> tell("reason", error.reason)
        is XportcnException.PushSignature -> tell("reason", error.reason)
        is XportcnException.Transport -> {
            tell("transportKind", error.transportKind)
            tell("detail", error.detail)
        }
        is XportcnException.Cancelled, is XportcnException.Timeout -> {}
    }
}

/** Text as it stands, or bytes in base64. */
internal fun bytes(body: JsonElement): ByteArray = when (body) {
    is JsonPrimitive -> body.content.encodeToByteArray()
    else -> java.util.Base64.getDecoder().decode(body.jsonObject.text("base64"))
}
