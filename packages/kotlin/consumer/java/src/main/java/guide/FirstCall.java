package guide;

// region first
import io.github.xportcn.Reply;
import io.github.xportcn.java.JavaClient;
import io.github.xportcn.models.TaobaoProductDetails;

public final class FirstCall {
    // The account is in the environment: XPORTCN_ACCESS_KEY, XPORTCN_ACCESS_SECRET, XPORTCN_USER_ID.
    public static void main(String[] arguments) {
        try (JavaClient client = JavaClient.fromEnv()) {
            Reply<TaobaoProductDetails> reply = client.taobao().product().get().itemId("672991141190").execute();
            System.out.println(reply.getData().getTitle() + " of " + reply.getData().getShopName());
            System.out.println("request " + reply.getRequestId() + " with " + reply.getWarnings().size() + " warnings");
        }
    }
}
// endregion
