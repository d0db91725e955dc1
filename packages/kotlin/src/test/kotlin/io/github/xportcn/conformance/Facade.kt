package io.github.xportcn.conformance

import io.github.xportcn.AmountSerializer
import io.github.xportcn.JSON
import io.github.xportcn.Reply
import io.github.xportcn.TimeSerializer
import io.github.xportcn.XportcnClient
import java.lang.reflect.InvocationTargetException
import kotlin.reflect.KFunction
import kotlin.reflect.KParameter
import kotlin.reflect.KType
import kotlin.reflect.full.callSuspendBy
import kotlin.reflect.full.functions
import kotlin.reflect.full.memberProperties
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.modules.SerializersModule
import kotlinx.serialization.serializer

internal val typed = Json(JSON) {
    serializersModule = SerializersModule {
        contextual(java.math.BigDecimal::class, AmountSerializer)
        contextual(java.time.OffsetDateTime::class, TimeSerializer)
    }
}

/** A function of the facade that is found by an endpoint's id and called with JSON, as a user writes it in Kotlin. */
internal class Facade(client: XportcnClient, id: String, form: String = "") {
    private val owner: Any
    private val function: KFunction<*>

    init {
        val words = id.split(".").map(::camel)
        owner = words.dropLast(1).fold(client as Any) { of, word ->
            checkNotNull(of::class.memberProperties.single { it.name == word }.getter.call(of))
        }
        function = owner::class.functions.single { it.name == words.last() + form }
    }

    /** The arguments, or null where Kotlin's types do not take them. */
    fun arguments(params: JsonObject): Map<KParameter, Any?>? {
        val byName = function.parameters.associateBy { it.name }
        val given = params.entries.associate { (name, value) ->
            val parameter = byName[name] ?: return null
            val read = runCatching { typed.decodeFromJsonElement(serializer(parameter.type), value) }
            parameter to read.getOrElse { return null }
        }
        val missing = function.parameters.any { it.kind == KParameter.Kind.VALUE && !it.isOptional && it !in given }
        return if (missing) null else given + (function.parameters.first() to owner)
    }

    suspend fun call(arguments: Map<KParameter, Any?>): Reply<*> = unwrapped {
        function.callSuspendBy(arguments) as Reply<*>
    }

    fun flow(arguments: Map<KParameter, Any?>): Flow<*> = function.callBy(arguments) as Flow<*>

    /** JSON text of data or an item of the type that the function gives. */
    fun canonical(value: Any?): String = typed.encodeToString(serializer(given()), value)

    /** The type within a reply, or within a flow of items or of replies. */
    private fun given(): KType {
        val inner = checkNotNull(function.returnType.arguments.first().type)
        return if (inner.classifier == Reply::class) checkNotNull(inner.arguments.first().type) else inner
    }

    private fun serializer(type: KType): KSerializer<Any?> = typed.serializersModule.serializer(type)
}

internal fun canonical(value: JsonElement): String = value.toString()

private suspend fun <T> unwrapped(work: suspend () -> T): T = try {
    work()
} catch (error: InvocationTargetException) {
    throw error.targetException
}

internal fun camel(word: String): String =
    word.split("_").reduce { out, next -> out + next.replaceFirstChar(Char::uppercase) }
