package io.github.xportcn.core

import io.github.xportcn.core.journalKey as journalKeyByUniffi
import io.github.xportcn.core.readPush as readPushByUniffi
import io.github.xportcn.core.signPush as signPushByUniffi
import java.nio.Buffer
import java.nio.ByteBuffer

/** The library by uniffi and JNA, for machines where JNI does not find it. Only where it is used is JNA loaded. */
internal object UniffiLibrary : Library {
    override fun open(settings: String): OpenCore = failing { UniffiCore(Core(settings)) }

    override fun readPush(accessKey: String, accessSecret: String, authorization: String, body: ByteArray): String =
        failing { readPushByUniffi(accessKey, accessSecret, authorization, body) }

    override fun signPush(accessKey: String, accessSecret: String, message: TestPush): Pair<String, ByteArray> {
        val (timeMs, nowMs) = Pair(message.timeMs?.toULong(), message.nowMs.toULong())
        val signed = failing {
            signPushByUniffi(accessKey, accessSecret, message.message, message.content, message.platform, timeMs, nowMs)
        }
        return signed.authorization to signed.body
    }

    override fun journalKey(id: String, params: String): String = failing { journalKeyByUniffi(id, params) }
}

private class UniffiCore(private val core: Core) : OpenCore {
    override val maxBytes = core.maxReplyBytes().toLong()
    override val isDirect = core.isDirect()
    override val headersThatMatter = headersThatMatter().toSet()

    override fun begin(frame: ByteArray): OpenCall = failing { core.begin(direct(frame)) }.let {
        UniffiCall(it.exchange, Told(it.frame.encodeToByteArray(), 0))
    }

    override fun checkOptions(options: String) = failing { core.checkOptions(options) }

    override fun read(id: String, status: Int, body: ByteArray): KeptAnswer =
        failing { core.read(id, status.toUShort(), body) }.let(::kept)

    override fun shapes(): String = core.shapes()

    override fun pager(id: String, params: String): OpenPager = UniffiPager(failing { core.pager(id, params) })

    override fun recover(ticket: String, options: String): OpenRecovery =
        UniffiRecovery(failing { core.recover(ticket, options) })

    override fun settle(id: String, params: String, options: String): OpenRecovery =
        UniffiRecovery(failing { core.settle(id, params, options) })

    override fun settleKept(key: String, id: String, params: String, options: String, entry: String): OpenRecovery =
        UniffiRecovery(failing { core.settleKept(key, id, params, options, entry) })

    override fun recoverKept(entry: String, options: String): OpenRecovery =
        UniffiRecovery(failing { core.recoverKept(entry, options) })

    override fun wait(of: String, state: String, id: String, options: String): OpenRecovery =
        UniffiRecovery(failing { core.wait(of, state, id, options) })
}

private class UniffiCall(private val exchange: Exchange, override val first: Told) : OpenCall {
    override fun resume(frame: ByteArray) = Told(exchange.resume(direct(frame)).encodeToByteArray(), 0)

    override fun receive(frame: ByteArray, body: ByteArray) =
        Told(exchange.answer(direct(frame), direct(body)).encodeToByteArray(), 0)

    override fun fail(frame: ByteArray) = Told(exchange.fail(direct(frame)).encodeToByteArray(), 0)

    override fun close() = exchange.close()
}

private class UniffiPager(private val pager: Pager) : OpenPager {
    override fun params(): String? = pager.params()

    override fun advance(data: CoreText, about: String): Boolean = failing { pager.advance(data.toString(), about) }

    override fun close() = pager.close()
}

private class UniffiRecovery(private val recovery: Recovery) : OpenRecovery {
    private var isOver = false

    override fun step(nowMs: Long): RecoveryNext = when (val step = recovery.step(nowMs.toULong())) {
        is RecoveryStep.Call -> RecoveryNext.Call(step.id, step.params)
        is RecoveryStep.Wait -> RecoveryNext.Wait(step.millis.toLong())
        is RecoveryStep.Done -> RecoveryNext.Done(step.outcome)
        is RecoveryStep.Keep -> RecoveryNext.Keep(step.entry, step.state)
        is RecoveryStep.Kept -> RecoveryNext.Kept(kept(step.answer))
        is RecoveryStep.Last -> RecoveryNext.Last
    }

    override fun onReply(data: CoreText, about: String) = recovery.onReply(data.toString(), about)

    override fun onFailure(error: String, isRetryable: Boolean, ticket: String) =
        recovery.onFailure(error, isRetryable, ticket)

    override fun onPush(message: String): Boolean = synchronized(this) { !isOver && recovery.onPush(message) }

    override fun onKept() = recovery.onKept()

    override fun ticket(): String? = recovery.ticket()

    override fun close() = synchronized(this) {
        isOver = true
        recovery.close()
    }
}

private fun kept(answer: Answer) = KeptAnswer(CoreText(answer.data.encodeToByteArray()), answer.reply)

private inline fun <T> failing(work: () -> T): T = try {
    work()
} catch (error: CoreException.Failed) {
    throw CoreFailure(error.json)
}

/** Bytes where the core can see them. */
private fun direct(bytes: ByteArray): ByteBuffer {
    val buffer = ByteBuffer.allocateDirect(bytes.size)
    buffer.put(bytes)
    // Java 8's and Android's buffers of bytes have no `flip` of their own.
    (buffer as Buffer).flip()
    return buffer
}
