package io.github.xportcn.conformance

import io.github.xportcn.CallOptions
import io.github.xportcn.Outcome
import io.github.xportcn.PushMessage
import io.github.xportcn.Reply
import io.github.xportcn.Settled
import io.github.xportcn.Waited
import io.github.xportcn.XportcnClient
import io.github.xportcn.java.JavaCall
import io.github.xportcn.java.JavaClient
import io.github.xportcn.java.JavaItemsCall
import io.github.xportcn.java.JavaPagesCall
import kotlin.reflect.full.functions
import kotlin.streams.toList
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runInterruptible
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.serializer

/** A reply, and its data written back from its type. */
internal class Typed(val reply: Reply<*>, val data: String)

/** The package as programs use it: from Kotlin, or from Java. */
internal interface Use : AutoCloseable {
    fun with(options: CallOptions): Use

    /** Calls by a type of its own; what the types refuse goes by the endpoint's id, so that the core says why. */
    suspend fun call(id: String, params: JsonObject): Typed

    suspend fun items(id: String, params: JsonObject, atMost: Int): List<String>

    suspend fun pages(id: String, params: JsonObject, each: (Typed) -> Unit)

    suspend fun recover(ticket: String): Outcome

    suspend fun settle(id: String, params: JsonObject): Settled

    suspend fun waitUntil(of: String, state: String, id: String): Waited

    fun onPush(message: PushMessage)

    fun verifyPush(authorization: String, body: ByteArray): PushMessage

    fun shapes(): String
}

internal class KotlinUse(private val client: XportcnClient) : Use {
    override fun with(options: CallOptions) = KotlinUse(client.withOptions(options))

    override suspend fun call(id: String, params: JsonObject): Typed {
        val facade = Facade(client, id)
        val arguments = facade.arguments(params)
            ?: return client.request(id, params).let { Typed(it, it.data.toString()) }
        return facade.call(arguments).let { Typed(it, facade.canonical(it.data)) }
    }

    override suspend fun items(id: String, params: JsonObject, atMost: Int): List<String> {
        val facade = Facade(client, id, "Items")
        return facade.flow(checkNotNull(facade.arguments(params))).take(atMost).toList().map(facade::canonical)
    }

    override suspend fun pages(id: String, params: JsonObject, each: (Typed) -> Unit) {
        val facade = Facade(client, id, "Pages")
        facade.flow(checkNotNull(facade.arguments(params))).collect {
            each(Typed(it as Reply<*>, facade.canonical(it.data)))
        }
    }

    override suspend fun recover(ticket: String) = client.recover(ticket)

    override suspend fun settle(id: String, params: JsonObject) = client.settle(id, params)

    override suspend fun waitUntil(of: String, state: String, id: String) = client.waitUntil(of, state, id)

    override fun onPush(message: PushMessage) = client.onPush(message)

    override fun verifyPush(authorization: String, body: ByteArray) = client.verifyPush(authorization, body)

    override fun shapes() = client.shapes()

    override fun close() = client.close()
}

/** Waits in a thread, which a coroutine that is cancelled interrupts. */
internal class JavaUse(private val client: JavaClient) : Use {
    override fun with(options: CallOptions) = JavaUse(client.withOptions(options))

    override suspend fun call(id: String, params: JsonObject): Typed = waiting {
        val call = javaCall(client, id)
        if (fill(call, params)) {
            typed(call, call.execute())
        } else {
            client.request(id, params).let {
                Typed(it, "${it.data}")
            }
        }
    }

    override suspend fun items(id: String, params: JsonObject, atMost: Int): List<String> = waiting {
        val call = javaCall(client, id) as JavaItemsCall<*, *, *>
        check(fill(call, params))
        // What an item is, only Kotlin's function tells at run time.
        val facade = Facade(client.kotlin(), id, "Items")
        call.items().use { items -> items.limit(atMost.toLong()).toList().map(facade::canonical) }
    }

    override suspend fun pages(id: String, params: JsonObject, each: (Typed) -> Unit) = waiting {
        val call = javaCall(client, id) as JavaPagesCall<*, *>
        check(fill(call, params))
        call.pages().use { pages -> pages.forEach { each(typed(call, it)) } }
    }

    override suspend fun recover(ticket: String) = waiting { client.recover(ticket) }

    override suspend fun settle(id: String, params: JsonObject) = waiting { client.settle(id, params) }

    override suspend fun waitUntil(of: String, state: String, id: String) = waiting { client.waitUntil(of, state, id) }

    override fun onPush(message: PushMessage) = client.onPush(message)

    override fun verifyPush(authorization: String, body: ByteArray) = client.verifyPush(authorization, body)

    override fun shapes() = client.shapes()

    override fun close() = client.close()

    @Suppress("UNCHECKED_CAST")
    private fun typed(call: JavaCall<*, *>, reply: Reply<*>) =
        Typed(reply, typed.encodeToString((call as JavaCall<Any?, *>).serializer, reply.data))

    private suspend fun <T> waiting(work: () -> T): T = runInterruptible(Dispatchers.IO, work)
}

/** The call of an endpoint, as Java begins it. */
internal fun javaCall(client: JavaClient, id: String): JavaCall<*, *> =
    id.split(".").fold(client as Any) { of, word -> of.javaClass.getMethod(camel(word)).invoke(of) } as JavaCall<*, *>

/** Sets fields by their setters; false where there is none, or its type does not take the value. */
internal fun fill(call: JavaCall<*, *>, params: JsonObject): Boolean = params.all { (name, value) ->
    val setter = call::class.functions.singleOrNull { it.name == name && it.parameters.size == 2 } ?: return false
    val given = runCatching {
        typed.decodeFromJsonElement(typed.serializersModule.serializer(setter.parameters[1].type), value)
    }
    given.isSuccess && setter.call(call, given.getOrThrow()) == call
}
