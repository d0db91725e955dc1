import io.github.xportcn.XportcnConfig;
import io.github.xportcn.java.JavaClient;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.Random;

/** One call by the jar:  java -cp .. Call BASE_URL */
public final class Call {
    public static void main(String[] arguments) throws Exception {
        if (Boolean.getBoolean("plainRandom")) {
            Security.insertProviderAt(new PlainProvider(), 1);
        }
        XportcnConfig config = new XportcnConfig.Builder("sandbox-key", "sandbox-secret", "sandbox-user").baseUrl(arguments[0]).build();
        try (JavaClient client = JavaClient.builder(config).build()) {
            String currency = client.taobao().afterSale().render().subOrderId("1034499579120189839").goodsStatus(1L).refundType(1L)
                .execute().getData().getCurrency();
            System.out.println("called " + currency + " in Java " + System.getProperty("java.version"));
        }
    }

    /** Java's own gathers what network interfaces there are, and Wine 8 has no such function. */
    private static final class PlainProvider extends Provider {
        PlainProvider() {
            super("Plain", "1", "random numbers for a test");
            put("SecureRandom.Plain", PlainRandom.class.getName());
        }
    }

    public static final class PlainRandom extends SecureRandomSpi {
        private final Random numbers = new Random();

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            numbers.nextBytes(bytes);
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] seed = new byte[count];
            numbers.nextBytes(seed);
            return seed;
        }
    }
}
