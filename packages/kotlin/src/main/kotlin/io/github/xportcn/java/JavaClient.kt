package io.github.xportcn.java

import io.github.xportcn.CallListener
import io.github.xportcn.CallOptions
import io.github.xportcn.Caller
import io.github.xportcn.Interceptor
import io.github.xportcn.Outcome
import io.github.xportcn.PushMessage
import io.github.xportcn.Reply
import io.github.xportcn.Settled
import io.github.xportcn.SignedPush
import io.github.xportcn.Transport
import io.github.xportcn.Waited
import io.github.xportcn.XportcnClient
import io.github.xportcn.XportcnConfig
import io.github.xportcn.XportcnException
import io.github.xportcn.configFromEnv
import io.github.xportcn.jsonOf
import java.time.OffsetDateTime
import java.util.concurrent.CompletableFuture
import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.JsonElement

/**
 * The client for Java: `client.taobao().afterSale().render().subOrderId("1").execute()`. It may be shared by threads.
 *
 * Every call has a form that waits, and one that gives a [CompletableFuture]. What goes wrong is an [XportcnException], which
 * is unchecked. Values beside text, numbers, lists and maps of them are as in Kotlin.
 */
public class JavaClient private constructor(private val client: XportcnClient) :
    JavaGroups(client.caller), AutoCloseable {
    private val caller: Caller = client.caller

    /**
     * The same client with other options, which replace all that it has. It shares connections, clock and limit of calls.
     *
     * @throws XportcnException.Config if an option is wrong.
     */
    public fun withOptions(options: CallOptions): JavaClient = JavaClient(client.withOptions(options))

    /** Calls an endpoint by its id, with parameters by their canonical names: texts, numbers, lists, maps. */
    public fun request(id: String, params: Map<String, *>): Reply<JsonElement> = blocking { requested(id, params) }

    /** As [request], without waiting for it. */
    public fun requestAsync(id: String, params: Map<String, *>): CompletableFuture<Reply<JsonElement>> =
        later { requested(id, params) }

    private suspend fun requested(id: String, params: Map<String, *>) =
        caller.call(id, JsonElement.serializer()) { extra(params) }

    /** Finds out what became of a write whose answer is lost, as [XportcnClient.recover]. */
    public fun recover(lost: XportcnException.AmbiguousWrite): Outcome = recover(lost.ticket)

    /** As [recover], from the ticket that was kept. */
    public fun recover(ticket: String): Outcome = blocking { caller.recover(ticket) }

    /** As [recover], without waiting for it. */
    public fun recoverAsync(ticket: String): CompletableFuture<Outcome> = later { caller.recover(ticket) }

    /** Sends a write by its id, and finds out what became of it if its answer is lost, as [XportcnClient.settle]. */
    public fun settle(id: String, params: Map<String, *>): Settled = blocking { caller.settle(id) { extra(params) } }

    /** As [settle], without waiting for it. */
    public fun settleAsync(id: String, params: Map<String, *>): CompletableFuture<Settled> =
        later { caller.settle(id) { extra(params) } }

    /** Waits until an order or a refund comes into a state, as [XportcnClient.waitUntil]. */
    public fun waitUntil(of: String, state: String, id: String): Waited = blocking { caller.waitUntil(of, state, id) }

    /** As [waitUntil], without waiting for it. */
    public fun waitUntilAsync(of: String, state: String, id: String): CompletableFuture<Waited> =
        later { caller.waitUntil(of, state, id) }

    /** Has what waits for the object of a pushed message look at once. */
    public fun onPush(message: PushMessage): Unit = client.onPush(message)

    /** Reads an answer that was kept, without a call, as [XportcnClient.read]. */
    public fun read(id: String, body: ByteArray, status: Int): Reply<JsonElement> = client.read(id, body, status)

    /** As [read], with the data in its type: `TaobaoAfterSaleRenderReply.Companion.serializer()`. */
    public fun <T> read(id: String, body: ByteArray, status: Int, data: KSerializer<T>): Reply<T> =
        client.read(id, body, status, data)

    /** The shapes of all replies so far, as [XportcnClient.shapes]. */
    public fun shapes(): String = client.shapes()

    /** Checks that a pushed message comes from the platform, and reads it. */
    public fun verifyPush(authorization: String, body: ByteArray): PushMessage = client.verifyPush(authorization, body)

    /** A message as the platform pushes them, signed, for tests of what receives it; its content is the documented example. */
    public fun signPush(message: String): SignedPush = client.signPush(message)

    /** As [signPush], with a content of your own: texts, numbers, lists, maps. */
    @JvmOverloads
    public fun signPush(
        message: String,
        content: Map<String, *>,
        platform: Long? = null,
        time: OffsetDateTime? = null,
    ): SignedPush = client.signPush(message, jsonOf(content), platform, time)

    /** The same client for Kotlin. */
    public fun kotlin(): XportcnClient = client

    /** Ends the client and those made from it; later calls are refused. */
    override fun close(): Unit = client.close()

    override fun toString(): String = client.toString()

    /** Puts a client together. */
    public class Builder internal constructor(private val config: XportcnConfig) {
        private var transport: Transport? = null
        private val interceptors = ArrayList<Interceptor>()
        private val listeners = ArrayList<CallListener.Factory>()
        private var onEvent: CallListener? = null

        /** What carries requests: `java.net.http` where there is one, else OkHttp, unless given. */
        public fun transport(transport: Transport): Builder = apply { this.transport = transport }

        /** Carries requests by a transport without coroutines. */
        public fun transport(transport: AsyncTransport): Builder = transport(Carried(transport))

        /** Adds what stands between the client and the transport, within those that were added before. */
        public fun interceptor(interceptor: AsyncInterceptor): Builder = apply { interceptors += Asked(interceptor) }

        /** Adds who listens to each call by itself, as [io.github.xportcn.OpenTelemetryListener]. */
        public fun listener(listener: CallListener.Factory): Builder = apply { listeners += listener }

        /** Is told of everything that happens to calls. What it throws costs no reply. */
        public fun onEvent(listener: CallListener): Builder = apply { onEvent = listener }

        /**
         * The client.
         *
         * @throws XportcnException.Config if a setting is wrong.
         */
        public fun build(): JavaClient = JavaClient(
            XportcnClient(
                config,
                transport ?: Transport.standard(),
                interceptors.toList(),
                listeners.toList(),
                onEvent,
            ),
        )
    }

    public companion object {
        /** Begins a client with these settings: `new XportcnConfig.Builder(...).build()`. */
        @JvmStatic
        public fun builder(config: XportcnConfig): Builder = Builder(config)

        /**
         * A client of the account that the environment has, as [configFromEnv] reads it.
         *
         * @throws XportcnException.Config if a variable is missing, or a setting is wrong.
         */
        @JvmStatic
        public fun fromEnv(): JavaClient = Builder(configFromEnv()).build()

        /** A client made in Kotlin, for Java. */
        @JvmStatic
        public fun of(client: XportcnClient): JavaClient = JavaClient(client)
    }
}
