package io.github.xportcn

/**
 * Takes pushed messages for the handler of any server: it verifies each, says what to answer, and tells repeats. It may be
 * shared by threads.
 *
 * @param accessKey The developer's access key.
 * @param accessSecret The developer's access secret.
 * @property maxBytes The largest body that is taken. Receive no more than one byte beyond it.
 * @param remember Of how many messages the ids are remembered, to tell repeats.
 */
public class PushReceiver @JvmOverloads constructor(
    private val accessKey: String,
    private val accessSecret: String,
    public val maxBytes: Int = 1 shl 20,
    private val remember: Int = 10_000,
) {
    /** The ids of the last messages, in the order in which they came. */
    private val ids = LinkedHashSet<String>()

    /**
     * Verifies a message. Answer with [Received.status] first, and then work on [Received.message]: the platform waits for a
     * second. The answer says nothing of why a message is refused.
     *
     * @param authorization The header of this name, if there is one.
     * @param body The body to the last byte as it was received.
     */
    public fun receive(authorization: String?, body: ByteArray): Received {
        if (body.size > maxBytes) return Received(413)
        val message = try {
            verifyPush(accessKey, accessSecret, authorization.orEmpty(), body)
        } catch (_: XportcnException.PushSignature) {
            return Received(401)
        } catch (_: XportcnException.Decode) {
            return Received(400)
        }
        return Received(200, message, note(message.id))
    }

    /** Takes note of an id, and tells whether it was known. */
    private fun note(id: String): Boolean = synchronized(ids) {
        val isKnown = ids.remove(id)
        ids.add(id)
        val all = ids.iterator()
        while (ids.size > remember) {
            all.next()
            all.remove()
        }
        isKnown
    }

    override fun toString(): String = "PushReceiver($accessKey)"
}

/**
 * What to answer to a pushed message, and what to do then.
 *
 * @property status The status of HTTP: 200, 401 where the signature is wrong, 413 where the body is too large, and 400 where it
 *   is signed but holds no message.
 * @property message The message, where it is accepted.
 * @property isRepeat Whether it came before, among those that are remembered.
 */
public class Received internal constructor(
    public val status: Int,
    public val message: PushMessage? = null,
    public val isRepeat: Boolean = false,
)
