package io.github.xportcn.core

/**
 * The core's functions by JNI; `bindings/uniffi/src/jni.rs` has them. A result begins with 1 if the rest is an error of the core,
 * as JSON, and with 0 otherwise. Handles are given back once, and not used after.
 */
internal object Door {
    /** Checks settings: the handle of a core, the largest reply, whether it takes no proxy, and the headers that matter. */
    @JvmStatic
    external fun open(settings: ByteArray): ByteArray

    @JvmStatic
    external fun close(core: Long)

    /** Begins a call: its handle in eight bytes, and a frame. */
    @JvmStatic
    external fun begin(core: Long, frame: ByteArray): ByteArray

    @JvmStatic
    external fun resume(exchange: Long, frame: ByteArray): ByteArray

    /** Reports an answer and goes on. The data of its reply is put into an array of one, where it is not in the frame. */
    @JvmStatic
    external fun receive(exchange: Long, frame: ByteArray, body: ByteArray, data: Array<String?>): ByteArray

    @JvmStatic
    external fun fail(exchange: Long, frame: ByteArray): ByteArray

    @JvmStatic
    external fun free(exchange: Long)

    /**
     * What not every call needs: a function of uniffi's by its name, the handle of its object, and what it takes.
     *
     * @return A frame.
     */
    @JvmStatic
    external fun ask(name: ByteArray, handle: Long, texts: Array<ByteArray>, body: ByteArray): ByteArray
}
