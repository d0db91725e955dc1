package guide;

// region errors
import io.github.xportcn.XportcnException;
import io.github.xportcn.java.JavaClient;

public final class Errors {
    public static String pay(JavaClient client, String orderId) {
        try {
            client.taobao().order().purchasePay().orderId(orderId).execute();
            return "accepted";
        } catch (XportcnException.InvalidRequest wrong) {
            return "nothing was sent: " + wrong.getPath() + " " + wrong.getReason();
        } catch (XportcnException.Api refused) {
            return "the platform says no: " + refused.getCode() + " " + refused.getPlatformMessage();
        } catch (XportcnException.AmbiguousWrite lost) {
            return "it may be carried out; do not call again, look: " + client.recover(lost);
        } catch (XportcnException failed) {
            return failed.getKind() + " " + failed.getMessage() + (failed.isRetryable() ? " - later it may work" : "");
        }
    }
}
// endregion
