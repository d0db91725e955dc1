package guide;

// region tests
import io.github.xportcn.Outcome;
import io.github.xportcn.XportcnConfig;
import io.github.xportcn.XportcnException;
import io.github.xportcn.java.JavaClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/** A platform on this machine, for a test. The program is `xportcn`, on the path or named by XPORTCN_CLI. */
public final class Sandbox implements AutoCloseable {
    private final Process program;
    public final JavaClient client;

    public Sandbox(String... options) throws IOException {
        String named = System.getenv("XPORTCN_CLI");
        List<String> command = new ArrayList<>(List.of(named == null ? "xportcn" : named, "sandbox", "--port", "0"));
        command.addAll(List.of(options));
        program = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String first = new BufferedReader(new InputStreamReader(program.getInputStream())).readLine();
        client = JavaClient.builder(new XportcnConfig.Builder("sandbox-key", "sandbox-secret", "sandbox-user")
            .baseUrl(first.replace("listening on ", "")).build()).build();
    }

    @Override
    public void close() {
        client.close();
        program.destroy();
    }

    public static boolean anOrderIsPaid() throws IOException {
        try (Sandbox sandbox = new Sandbox()) {
            return Order.pay(sandbox.client, Order.order(sandbox.client, "test-1").getPurchaseId());
        }
    }

    public static boolean aPaymentWhoseAnswerIsLostIsFound() throws IOException {
        String fault = "endpoint=taobao.order.purchase_pay,kinds=reset,when=after,count=1";
        try (Sandbox sandbox = new Sandbox("--fault", fault)) {
            String orderId = Order.order(sandbox.client, "test-2").getPurchaseId();
            try {
                sandbox.client.taobao().order().purchasePay().orderId(orderId).execute();
                return false; // the answer was not lost
            } catch (XportcnException.AmbiguousWrite lost) {
                return sandbox.client.recover(lost) instanceof Outcome.Done;
            }
        }
    }
}
// endregion
