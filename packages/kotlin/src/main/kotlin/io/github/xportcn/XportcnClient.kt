package io.github.xportcn

import io.github.xportcn.calls.Groups
import io.github.xportcn.core.NativeLibrary
import java.time.OffsetDateTime
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.KSerializer
import kotlinx.serialization.json.JsonElement

/**
 * Calls the platform: `client.taobao.afterSale.render(...)`. It may be shared by coroutines and threads.
 *
 * Every call gives a [Reply], whose [Reply.data] is the data; calls with pages have two more forms, which give flows.
 * Cancelling a coroutine ends its call, in [WriteCancelled] where that leaves a write open. What goes wrong is thrown as
 * [XportcnException].
 */
public class XportcnClient private constructor(
    private val config: XportcnConfig,
    private val connection: Connection,
    internal val caller: Caller,
) : Groups(caller), AutoCloseable {
    private constructor(config: XportcnConfig, connection: Connection, terms: Terms) :
        this(config, connection, Caller(connection, terms))

    /**
     * A client with these settings.
     *
     * @param transport What carries requests: `java.net.http` where there is one, else OkHttp, unless given.
     * @param interceptors What stands between the client and the transport, the outermost first.
     * @param listeners Who listens to each call by itself, as [OpenTelemetryListener].
     * @param onEvent Is told of everything that happens to calls. What it throws costs no reply.
     * @throws XportcnException.Config if a setting is wrong.
     */
    public constructor(
        config: XportcnConfig,
        transport: Transport = Transport.standard(),
        interceptors: List<Interceptor> = emptyList(),
        listeners: List<CallListener.Factory> = emptyList(),
        onEvent: CallListener? = null,
    ) : this(
        config,
        Connection(raising { NativeLibrary.library.open(config.json()) }, transport, interceptors),
        Terms("", listeners).with(onEvent),
    )

    /**
     * Everything that happens to the calls of this client and of those that share its connections, from now on. Who collects
     * too slowly misses the oldest.
     */
    public val events: Flow<CallEvent> get() = connection.audience.events

    /**
     * The same client with other options. It shares connections, clock and limit of calls, and those who listen.
     *
     * @param options Take the place of all options that this client has, if they are given.
     * @param onEvent Is told of everything that happens to calls of the new client, too.
     * @throws XportcnException.Config if an option is wrong.
     */
    public fun withOptions(options: CallOptions? = null, onEvent: CallListener? = null): XportcnClient {
        val made = options?.let(caller::with) ?: caller.also(Caller::check)
        return XportcnClient(config, connection, made.terms.with(onEvent))
    }

    /** Calls an endpoint by its id, with parameters by their canonical names. */
    public suspend fun request(id: String, params: Map<String, JsonElement> = emptyMap()): Reply<JsonElement> =
        caller.call(id, JsonElement.serializer()) { extra(params) }

    /**
     * Finds out what became of a write whose answer is lost, by calls that only read. It takes as long as
     * [CallOptions.recoveryWindow] from the sending of the write, unless the write shows earlier.
     */
    public suspend fun recover(lost: XportcnException.AmbiguousWrite): Outcome = caller.recover(lost.ticket)

    /**
     * As the function of the same name, from the [XportcnException.AmbiguousWrite.ticket] that was kept.
     *
     * @throws XportcnException.InvalidRequest if it is no ticket, or one of another account or platform.
     */
    public suspend fun recover(ticket: String): Outcome = caller.recover(ticket)

    /**
     * Sends a write by its id, and finds out what became of it if its answer is lost. What only a comparison shows is
     * looked at before. With [CallOptions.retryAfterRecovery] it is sent again, once, if it was not carried out.
     *
     * @param params Its parameters by their canonical names.
     * @throws XportcnException if it was certainly not carried out, or is a call that only reads.
     * @throws WriteCancelled if the coroutine is cancelled when the write may have been carried out.
     */
    public suspend fun settle(id: String, params: Map<String, JsonElement> = emptyMap()): Settled =
        caller.settle(id) { extra(params) }

    /**
     * Waits until an order or a refund comes into a state, by calls that only read; `client.taobao.order.waitUntil` and its
     * like name the states that there are. It looks again with growing pauses, and at once where [onPush] brings a message
     * on it; it ends early where the state cannot come any more, and else after [CallOptions.waitTimeout].
     *
     * @param of Whose state: the group of calls, as `taobao.order`.
     * @param state Its name, as `paid`.
     * @param id The order or the refund.
     */
    public suspend fun waitUntil(of: String, state: String, id: String): Waited = caller.waitUntil(of, state, id)

    /** Has what waits for the object of a pushed message look at once. It may be called from any thread. */
    public fun onPush(message: PushMessage): Unit = connection.pauses.onPush(message.json.toString())

    /**
     * Reads an answer that was kept, without a call.
     *
     * @param id The endpoint that was called.
     * @param body The body as it was received.
     * @param status The HTTP status.
     * @throws XportcnException as the call itself.
     */
    public fun read(id: String, body: ByteArray, status: Int = 200): Reply<JsonElement> =
        read(id, body, status, JsonElement.serializer())

    /**
     * As the function of the same name, with the data in its type.
     *
     * @param data What reads the data, as `TaobaoAfterSaleRenderReply.serializer()`.
     */
    public fun <T> read(id: String, body: ByteArray, status: Int = 200, data: KSerializer<T>): Reply<T> =
        caller.read(id, data, status, body)

    /**
     * The shapes of all replies so far, as JSON, if [XportcnConfig.observe] has them kept.
     *
     * By row: how many there were, with which statuses and codes, and of each place its name, its types, how many digits
     * stood there, and what was absent, unknown or of another type. Never a value.
     */
    public fun shapes(): String = connection.core.shapes()

    /** Checks that a pushed message comes from the platform, and reads it; as the function of the same name. */
    public fun verifyPush(authorization: String, body: ByteArray): PushMessage =
        verifyPush(config.accessKey, config.accessSecret, authorization, body)

    /** A message as the platform pushes them, signed, for tests of what receives it; as the function of the same name. */
    @JvmOverloads
    public fun signPush(
        message: String,
        content: JsonElement? = null,
        platform: Long? = null,
        time: OffsetDateTime? = null,
    ): SignedPush = signPush(config.accessKey, config.accessSecret, message, content, platform, time)

    /** Ends the client and those made from it; later calls are refused. */
    override fun close(): Unit = connection.close()

    override fun toString(): String = "XportcnClient($config)"

    public companion object {
        /**
         * A client of the account that the environment has, as [XportcnConfig] is read from it by [configFromEnv].
         *
         * @throws XportcnException.Config if a variable is missing, or a setting is wrong.
         */
        public fun fromEnv(transport: Transport = Transport.standard(), onEvent: CallListener? = null): XportcnClient =
            XportcnClient(configFromEnv(), transport, onEvent = onEvent)
    }
}
