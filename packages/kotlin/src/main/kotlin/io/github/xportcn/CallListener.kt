package io.github.xportcn

import java.util.concurrent.atomic.AtomicBoolean
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow

/**
 * Is told of what happens to calls, in the order in which it happens to each. It may be called from any thread, and holds up
 * the call until it returns. What it throws costs no reply; the log has the first that is thrown.
 */
public fun interface CallListener {
    /** Takes an event. */
    public fun onEvent(event: CallEvent)

    /** What the attempt that is about to be sent carries besides its own headers, as the context of a trace. */
    public fun headers(): Map<String, String> = emptyMap()

    /** Makes a listener for each call. */
    public fun interface Factory {
        /** A listener of a call that has begun. */
        public fun begin(endpoint: String): CallListener

        /**
         * What the coroutines of calls run with besides what they have. It is asked for in the caller's own thread: what
         * belongs to that, as the context of a trace, is else not there for [begin].
         */
        public fun context(): CoroutineContext = EmptyCoroutineContext
    }
}

/** How a client's calls are made: with which options, as the core's JSON, and who listens. */
internal class Terms(val options: String, val listeners: List<CallListener.Factory>) {
    fun with(options: CallOptions): Terms = Terms(options.json(), listeners)

    fun with(listener: CallListener?): Terms =
        if (listener == null) this else Terms(options, listeners + CallListener.Factory { listener })

    fun context(): CoroutineContext = listeners.fold(EmptyCoroutineContext as CoroutineContext) { all, listener ->
        all + (runCatching { listener.context() }.getOrNull() ?: EmptyCoroutineContext)
    }
}

/** Whoever is told of a client's calls. */
internal class Audience {
    private val flow = lazy {
        MutableSharedFlow<CallEvent>(extraBufferCapacity = 1024, onBufferOverflow = BufferOverflow.DROP_OLDEST)
    }

    /** The flow of events, which is there when it has been asked for. */
    val events: Flow<CallEvent> get() = flow.value
    private val hasThrown = AtomicBoolean()

    /** How much of a call anybody would be told, as the core takes it: to keep events takes time. */
    fun listens(terms: Terms): Listens = when {
        terms.listeners.isNotEmpty() || isHeard() || isLogged(LogLevel.DEBUG) -> Listens.TO_ALL
        isLogged(LogLevel.INFO) -> Listens.TO_WHAT_IS_UNUSUAL
        else -> Listens.TO_NOTHING
    }

    private fun isHeard() = flow.isInitialized() && flow.value.subscriptionCount.value > 0

    /** Tells those who collect the flow. */
    fun emit(event: CallEvent) {
        if (flow.isInitialized()) flow.value.tryEmit(event)
    }

    fun watch(endpoint: String, terms: Terms): Watch =
        Watch(this, endpoint, terms.listeners.mapNotNull { guarded { it.begin(endpoint) } })

    /** What a listener says; null if it throws. */
    fun <T> guarded(listen: () -> T): T? = try {
        listen()
    } catch (error: Throwable) {
        if (hasThrown.compareAndSet(false, true)) tell(LogLevel.ERROR) { "a listener of calls throws: ${words(error)}" }
        null
    }
}

/** How much of a call anybody would be told, in the order of the numbers that frames have for it. */
internal enum class Listens { TO_NOTHING, TO_ALL, TO_WHAT_IS_UNUSUAL }

/** Whoever is told of one call. */
internal class Watch(
    private val audience: Audience,
    private val endpoint: String,
    private val listeners: List<CallListener>,
) {
    /** Tells everybody what has happened, which is the core's JSON. */
    fun tell(json: String) {
        if (json.isEmpty()) return
        for (event in callEvents(json)) {
            tell(endpoint, event)
            listeners.forEach { audience.guarded { it.onEvent(event) } }
            audience.emit(event)
        }
    }

    /** The request with the headers of those who listen. */
    fun prepared(request: Request): Request = listeners.fold(request) { made, listener ->
        val headers = audience.guarded { listener.headers().toList() }.orEmpty()
        headers.fold(made) { with, (name, value) -> audience.guarded { with.withHeader(name, value) } ?: with }
    }
}
