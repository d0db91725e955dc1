package guide;

// region pushed
import io.github.xportcn.PushMessage;
import io.github.xportcn.PushReceiver;
import io.github.xportcn.Received;
import io.github.xportcn.SignedPush;
import io.github.xportcn.java.JavaClient;

public final class Pushed {
    /** The status to answer with, at once. The body is as it was received, before anything has parsed it. */
    public static int receive(JavaClient client, PushReceiver receiver, String authorization, byte[] body) {
        Received received = receiver.receive(authorization, body);
        PushMessage message = received.getMessage();
        if (message != null) {
            // Put it into a queue of your own, and work on it after the answer.
            if (!received.isRepeat()) {
                System.out.println(message.getId() + " " + message.getPush() + " " + message.getBody());
            }
            client.onPush(message); // a wait for this order looks at once
        }
        return received.getStatus();
    }
    // endregion

    // region signed
    public static boolean signed(JavaClient client) {
        PushReceiver receiver = new PushReceiver("sandbox-key", "sandbox-secret");
        SignedPush signed = client.signPush("ORDER_PAY_SUCCESS");
        return receive(client, receiver, signed.getAuthorization(), signed.getBody()) == 200
            && receive(client, receiver, "0".repeat(64), signed.getBody()) == 401;
    }
    // endregion
}
