package io.github.xportcn.core

/** What the library has without a client, and how a client's core is opened. It throws [CoreFailure] where the core refuses. */
internal interface Library {
    fun open(settings: String): OpenCore

    /** The message as JSON, once its signature is verified. */
    fun readPush(accessKey: String, accessSecret: String, authorization: String, body: ByteArray): String

    /** The header Authorization of a message for tests, and its body. */
    fun signPush(accessKey: String, accessSecret: String, message: TestPush): Pair<String, ByteArray>

    /** The key under which a journal keeps a write whose caller names none. */
    fun journalKey(id: String, params: String): String
}

/** A message for tests: its content is JSON, or empty for the documented example. */
internal class TestPush(
    val message: String,
    val content: String,
    val platform: Long?,
    val timeMs: Long?,
    val nowMs: Long,
)

/** The core of a client. It is given back when nobody has it any more. */
internal interface OpenCore {
    /** The largest reply that is read. */
    val maxBytes: Long

    /** Whether requests must go through no proxy. */
    val isDirect: Boolean

    /** The headers of answers that matter, in lower case. */
    val headersThatMatter: Set<String>

    /** Begins a call. */
    fun begin(frame: ByteArray): OpenCall

    /** Checks the options of later calls. */
    fun checkOptions(options: String)

    /** Reads an answer that was kept. */
    fun read(id: String, status: Int, body: ByteArray): KeptAnswer

    /** The shapes of all replies and messages so far. */
    fun shapes(): String

    fun pager(id: String, params: String): OpenPager

    fun recover(ticket: String, options: String): OpenRecovery

    fun settle(id: String, params: String, options: String): OpenRecovery

    fun settleKept(key: String, id: String, params: String, options: String, entry: String): OpenRecovery

    fun recoverKept(entry: String, options: String): OpenRecovery

    fun wait(of: String, state: String, id: String, options: String): OpenRecovery
}

/** A call that has begun; frames go in, and frames come out. */
internal interface OpenCall : AutoCloseable {
    /** What to do first. */
    val first: Told

    /** Goes on after a wait. */
    fun resume(frame: ByteArray): Told

    /** Reports the answer and goes on. */
    fun receive(frame: ByteArray, body: ByteArray): Told

    /** Reports that there is no answer, or that the caller has gone, and goes on. */
    fun fail(frame: ByteArray): Told
}

/** A walk over pages. */
internal interface OpenPager : AutoCloseable {
    /** The parameters of the next page's call; null at the end. */
    fun params(): String?

    /** Takes the data of a page and what came with it; false if it is the end, and not to be shown. */
    fun advance(data: CoreText, about: String): Boolean
}

/** A search for a lost write, a write with such a search, or a wait for a state. Threads may share it. */
internal interface OpenRecovery : AutoCloseable {
    fun step(nowMs: Long): RecoveryNext

    fun onReply(data: CoreText, about: String)

    fun onFailure(error: String, isRetryable: Boolean, ticket: String)

    /** Takes a pushed message; true if it is on what is waited for. False where the search is over. */
    fun onPush(message: String): Boolean

    fun onKept()

    /** The write that is being looked for; null where none is. */
    fun ticket(): String?
}

/** What a search does next. */
internal sealed interface RecoveryNext {
    class Call(val id: String, val params: String) : RecoveryNext

    class Wait(val millis: Long) : RecoveryNext

    class Done(val outcome: String) : RecoveryNext

    class Keep(val entry: String, val state: String) : RecoveryNext

    class Kept(val answer: KeptAnswer) : RecoveryNext

    object Last : RecoveryNext
}

/** The data of an answer that was kept, and what came with it, as JSON. */
internal class KeptAnswer(val data: CoreText, val about: String)

/** An error of the core, as its JSON. */
internal class CoreFailure(val json: String) : Exception()
