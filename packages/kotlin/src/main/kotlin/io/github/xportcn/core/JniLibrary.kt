package io.github.xportcn.core

import java.nio.ByteBuffer
import java.nio.ByteOrder

/** The library by JNI: see [Door]. */
internal object JniLibrary : Library {
    override fun open(settings: String): OpenCore = JniCore(settings)

    override fun readPush(accessKey: String, accessSecret: String, authorization: String, body: ByteArray): String =
        asked("readPush", 0, accessKey, accessSecret, authorization, body = body).text()

    override fun signPush(accessKey: String, accessSecret: String, message: TestPush): Pair<String, ByteArray> {
        val (platform, timeMs) = listOf(message.platform, message.timeMs).map { it?.toString().orEmpty() }
        val given = arrayOf(accessKey, accessSecret, message.message, message.content, platform, timeMs)
        val signed = asked("signPush", 0, *given, message.nowMs.toString())
        return signed.text() to signed.data().bytes()
    }

    override fun journalKey(id: String, params: String): String = asked("journalKey", 0, id, params).text()
}

private class JniCore(settings: String) : OpenCore {
    private val handle: Handle
    override val maxBytes: Long
    override val isDirect: Boolean
    override val headersThatMatter: Set<String>

    init {
        val told = checked(Door.open(settings.encodeToByteArray()))
        val words = told.decodeToString(1, told.size).split(' ')
        handle = Handle(words[0].toLong()) { Door.close(it) }
        maxBytes = words[1].toLong()
        isDirect = words[2] == "1"
        headersThatMatter = words.drop(3).toSet()
    }

    override fun begin(frame: ByteArray): OpenCall {
        val told = handle.shared { checked(Door.begin(it, frame)) }
        val exchange = ByteBuffer.wrap(told, 1, HANDLE).order(ByteOrder.LITTLE_ENDIAN).getLong()
        return JniCall(exchange, Told(told, 1 + HANDLE))
    }

    override fun checkOptions(options: String) {
        ask("checkOptions", options)
    }

    override fun read(id: String, status: Int, body: ByteArray): KeptAnswer =
        ask("read", id, status.toString(), body = body).answer()

    override fun shapes(): String = ask("shapes").text()

    override fun pager(id: String, params: String): OpenPager = JniPager(ask("pager", id, params).number())

    override fun recover(ticket: String, options: String): OpenRecovery = recovery("recover", ticket, options)

    override fun settle(id: String, params: String, options: String): OpenRecovery =
        recovery("settle", id, params, options)

    override fun settleKept(key: String, id: String, params: String, options: String, entry: String): OpenRecovery =
        recovery("settleKept", key, id, params, options, entry)

    override fun recoverKept(entry: String, options: String): OpenRecovery = recovery("recoverKept", entry, options)

    override fun wait(of: String, state: String, id: String, options: String): OpenRecovery =
        recovery("wait", of, state, id, options)

    private fun recovery(name: String, vararg texts: String) = JniRecovery(ask(name, *texts).number())

    private fun ask(name: String, vararg texts: String, body: ByteArray = NOTHING) =
        handle.shared { asked(name, it, *texts, body = body) }
}

/** One coroutine has it from its beginning to its end. */
private class JniCall(private val exchange: Long, override val first: Told) : OpenCall {
    override fun resume(frame: ByteArray) = Told(checked(Door.resume(exchange, frame)), 1)

    override fun receive(frame: ByteArray, body: ByteArray): Told {
        val data = arrayOfNulls<String>(1)
        return Told(checked(Door.receive(exchange, frame, body, data)), 1, data[0])
    }

    override fun fail(frame: ByteArray) = Told(checked(Door.fail(exchange, frame)), 1)

    override fun close() = Door.free(exchange)
}

/** A stream of Java may never be closed, or in another thread. */
private class JniPager(pager: Long) : OpenPager {
    private val handle = Handle(pager) { asked("closePager", it) }

    override fun params(): String? = handle.unlessClosed { asked("params", it).maybe() }

    override fun advance(data: CoreText, about: String): Boolean =
        handle.unlessClosed { asked("advance", it, arrayOf(data.bytes(), about.encodeToByteArray())).flag() } ?: false

    override fun close() = handle.close()
}

private class JniRecovery(recovery: Long) : OpenRecovery {
    private val handle = Handle(recovery) { asked("closeRecovery", it) }

    override fun step(nowMs: Long): RecoveryNext {
        val told = ask("step", nowMs.toString())
        return when (val next = told.number().toInt()) {
            0 -> RecoveryNext.Call(told.text(), told.text())
            1 -> RecoveryNext.Wait(told.number())
            2 -> RecoveryNext.Done(told.text())
            3 -> RecoveryNext.Keep(told.text(), told.text())
            4 -> RecoveryNext.Kept(told.answer())
            5 -> RecoveryNext.Last
            else -> error("the core has a step $next that this package does not know")
        }
    }

    override fun onReply(data: CoreText, about: String) {
        handle.unlessClosed { asked("onReply", it, arrayOf(data.bytes(), about.encodeToByteArray())) }
    }

    override fun onFailure(error: String, isRetryable: Boolean, ticket: String) {
        ask("onFailure", error, if (isRetryable) "1" else "0", ticket)
    }

    override fun onPush(message: String): Boolean = handle.unlessClosed { asked("onPush", it, message).flag() } ?: false

    override fun onKept() {
        ask("onKept")
    }

    override fun ticket(): String? = ask("ticket").maybe()

    override fun close() = handle.close()

    private fun ask(name: String, vararg texts: String): Told =
        checkNotNull(handle.unlessClosed { asked(name, it, *texts) }) { "the search is over" }
}

private const val HANDLE = 8

private val NOTHING = ByteArray(0)

/** Asks for what is not of every call. */
private fun asked(name: String, handle: Long, vararg texts: String, body: ByteArray = NOTHING): Told =
    asked(name, handle, Array(texts.size) { texts[it].encodeToByteArray() }, body)

private fun asked(name: String, handle: Long, texts: Array<ByteArray>, body: ByteArray = NOTHING): Told =
    Told(checked(Door.ask(name.encodeToByteArray(), handle, texts, body)), 1)

private fun Told.answer() = KeptAnswer(data(), text())

/** A result of [Door], unless it is an error of the core. */
private fun checked(told: ByteArray): ByteArray {
    if (told[0] == 1.toByte()) throw CoreFailure(told.decodeToString(1, told.size))
    return told
}
