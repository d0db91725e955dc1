package io.github.xportcn.core

import java.lang.ref.PhantomReference
import java.lang.ref.ReferenceQueue
import java.nio.Buffer
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.util.concurrent.ConcurrentHashMap

/** A core, by JNI where the library is loaded for it, and by uniffi else. What calls do not need is always by uniffi. */
internal class OpenCore(settings: String, byJni: Boolean = NativeLibrary.isLoaded) {
    private val handle: Long
    val maxBytes: Long
    val isDirect: Boolean
    val headersThatMatter: Set<String>

    /** The core as uniffi has it. */
    val core: Core by lazy { if (handle == 0L) Core(settings) else Core(UniffiWithHandle, Door.share(handle)) }

    init {
        if (byJni) {
            val told = checked(Door.open(settings.encodeToByteArray())).text().split(' ')
            handle = told[0].toLong()
            maxBytes = told[1].toLong()
            isDirect = told[2] == "1"
            headersThatMatter = told.drop(3).toSet()
            Given(this, handle)
        } else {
            handle = 0
            maxBytes = core.maxReplyBytes().toLong()
            isDirect = core.isDirect()
            headersThatMatter = headersThatMatter().toSet()
        }
    }

    /** Begins a call. */
    fun begin(frame: ByteArray): OpenCall {
        if (handle == 0L) return core.begin(direct(frame)).let { UniffiCall(it.exchange, it.frame.encodeToByteArray()) }
        val told = checked(Door.begin(handle, frame))
        val exchange = ByteBuffer.wrap(told, 1, HANDLE).order(ByteOrder.LITTLE_ENDIAN).getLong()
        return JniCall(exchange, Told(told, 1 + HANDLE))
    }

    /** The handle of a core that nobody has any more is given back when the next is opened. */
    private class Given(core: OpenCore, private val handle: Long) : PhantomReference<OpenCore>(core, gone) {
        init {
            all.add(this)
            while (true) (gone.poll() as Given?)?.giveBack() ?: break
        }

        private fun giveBack() {
            all.remove(this)
            Door.close(handle)
        }

        private companion object {
            val gone = ReferenceQueue<OpenCore>()
            val all: MutableSet<Given> = ConcurrentHashMap.newKeySet()
        }
    }
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

private class JniCall(private val exchange: Long, override val first: Told) : OpenCall {
    override fun resume(frame: ByteArray) = Told(checked(Door.resume(exchange, frame)), 1)

    override fun receive(frame: ByteArray, body: ByteArray) = Told(checked(Door.receive(exchange, frame, body)), 1)

    override fun fail(frame: ByteArray) = Told(checked(Door.fail(exchange, frame)), 1)

    override fun close() = Door.free(exchange)
}

private class UniffiCall(private val exchange: Exchange, first: ByteArray) : OpenCall {
    override val first = Told(first, 0)

    override fun resume(frame: ByteArray) = Told(exchange.resume(direct(frame)).encodeToByteArray(), 0)

    override fun receive(frame: ByteArray, body: ByteArray) =
        Told(exchange.answer(direct(frame), direct(body)).encodeToByteArray(), 0)

    override fun fail(frame: ByteArray) = Told(exchange.fail(direct(frame)).encodeToByteArray(), 0)

    override fun close() = exchange.close()
}

private const val HANDLE = 8

/** A result of [Door], unless it is an error of the core. */
private fun checked(told: ByteArray): ByteArray {
    if (told[0] == 1.toByte()) throw CoreException.Failed(told.text())
    return told
}

private fun ByteArray.text() = decodeToString(1, size)

/** Bytes where the core can see them. */
internal fun direct(bytes: ByteArray): ByteBuffer {
    val buffer = ByteBuffer.allocateDirect(bytes.size)
    buffer.put(bytes)
    // Java 8's and Android's buffers of bytes have no `flip` of their own.
    (buffer as Buffer).flip()
    return buffer
}
