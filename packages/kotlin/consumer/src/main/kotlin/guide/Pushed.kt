package guide

// region pushed
import io.github.xportcn.PushReceiver
import io.github.xportcn.XportcnClient

/** The status to answer with, at once. [body] is as it was received, before anything has parsed it. */
fun receive(client: XportcnClient, receiver: PushReceiver, authorization: String?, body: ByteArray): Int {
    val received = receiver.receive(authorization, body)
    received.message?.let { message ->
        // Put it into a queue of your own, and work on it after the answer.
        if (!received.isRepeat) println("${message.id} ${message.push} ${message.body}")
        // A wait for this order looks at once.
        client.onPush(message)
    }
    return received.status
}
// endregion

// region signed
fun signed(client: XportcnClient) {
    val receiver = PushReceiver("sandbox-key", "sandbox-secret")
    val signed = client.signPush("ORDER_PAY_SUCCESS")
    check(receive(client, receiver, signed.authorization, signed.body) == 200)
    check(receive(client, receiver, "0".repeat(64), signed.body) == 401)
}
// endregion
