package io.github.xportcn.java

import io.github.xportcn.CallOptions
import io.github.xportcn.Caller
import io.github.xportcn.Params
import io.github.xportcn.Reply
import java.util.Spliterator.ORDERED
import java.util.Spliterators.spliteratorUnknownSize
import java.util.concurrent.CompletableFuture
import java.util.function.Consumer
import java.util.stream.Stream
import java.util.stream.StreamSupport
import kotlinx.coroutines.flow.Flow
import kotlinx.serialization.KSerializer

/**
 * A call that is being put together: its fields are set by their names, and then it is made. One thread works on it. Making it
 * again makes the call again.
 */
public abstract class JavaCall<T, Self : JavaCall<T, Self>> internal constructor(
    @get:JvmSynthetic internal var caller: Caller,
    @get:JvmSynthetic internal val id: String,
    @get:JvmSynthetic internal val serializer: KSerializer<T>,
) {
    @get:JvmSynthetic
    internal val params = Params()

    /**
     * Makes this call with other options than the client's, all of which they replace.
     *
     * @throws io.github.xportcn.XportcnException.Config if an option is wrong.
     */
    public fun options(options: CallOptions): Self {
        caller = caller.with(options)
        return self()
    }

    /**
     * Makes the call, and waits for its reply. Interrupting the thread ends it.
     *
     * @throws io.github.xportcn.XportcnException Its class says what went wrong.
     */
    public fun execute(): Reply<T> = params.bytes().let { json -> blocking { caller.call(id, serializer, json) } }

    /**
     * Makes the call, and does not wait. Cancelling the future ends it; a write that may have been carried out by then is told
     * to the log.
     */
    public fun executeAsync(): CompletableFuture<Reply<T>> =
        params.bytes().let { json -> later { caller.call(id, serializer, json) } }

    @JvmSynthetic
    internal inline fun set(fill: Params.() -> Unit): Self {
        params.fill()
        return self()
    }

    @Suppress("UNCHECKED_CAST")
    @JvmSynthetic
    internal fun self(): Self = this as Self
}

/** A call whose reply is one of several pages. */
public abstract class JavaPagesCall<T, Self : JavaPagesCall<T, Self>> internal constructor(
    caller: Caller,
    id: String,
    serializer: KSerializer<T>,
) : JavaCall<T, Self>(caller, id, serializer) {
    /** The pages, one after another, as they are asked for. The thread that takes the next one waits for it. */
    public fun pages(): Stream<Reply<T>> {
        val pages = caller.Pages(id, serializer, params.json())
        val iterator = iterator { while (true) yield(blocking { pages.next() } ?: break) }
        return StreamSupport.stream(spliteratorUnknownSize(iterator, ORDERED), false).onClose(pages::close)
    }

    /** Gives the pages to `each`, one after another; the future ends after the last. Cancelling it asks for no further page. */
    public fun pagesAsync(each: Consumer<in Reply<T>>): CompletableFuture<Void?> = collected(flow(), each)

    @JvmSynthetic
    internal fun flow(): Flow<Reply<T>> = params.json().let { json -> caller.pages(id, serializer, json) }
}

/** A call whose pages hold items. */
public abstract class JavaItemsCall<T, I : Any, Self : JavaItemsCall<T, I, Self>> internal constructor(
    caller: Caller,
    id: String,
    serializer: KSerializer<T>,
    private val items: (T) -> List<I?>?,
) : JavaPagesCall<T, Self>(caller, id, serializer) {
    /** The items of all pages, one after another; pages are asked for as they are needed. */
    public fun items(): Stream<I> = pages().flatMap { page -> items(page.data).orEmpty().filterNotNull().stream() }

    /** Gives the items to `each`, one after another; the future ends after the last. */
    public fun itemsAsync(each: Consumer<in I>): CompletableFuture<Void?> =
        collected(flow()) { page -> items(page.data)?.forEach { if (it != null) each.accept(it) } }
}

private fun <T> collected(flow: Flow<T>, each: Consumer<in T>): CompletableFuture<Void?> = later {
    flow.collect { each.accept(it) }
    null
}
