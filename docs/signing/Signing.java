import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;

/** The five headers of a request; new ones for each attempt. */
public final class Signing {
    private static final SecureRandom RANDOM = new SecureRandom();

    public static Map<String, String> headers(String accessKey, String accessSecret, String userId)
            throws GeneralSecurityException {
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        String nonce = String.format("%032x", new BigInteger(128, RANDOM));
        byte[] signed = (accessKey + timestamp + nonce + accessSecret).getBytes(StandardCharsets.UTF_8);
        byte[] hash = MessageDigest.getInstance("MD5").digest(signed);
        String signature = String.format("%032X", new BigInteger(1, hash));
        return Map.of("access-key", accessKey, "timestamp", timestamp, "nonce-str", nonce,
                "user-id", userId, "signature", signature);
    }
}
