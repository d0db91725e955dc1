import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** Sends a signed request, and prints the reply: URL SECRET BODY. */
public final class Call {
    public static void main(String[] given) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(given[0]))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(given[2]));
        Signing.headers("sandbox-key", given[1], "sandbox-user").forEach(request::header);
        System.out.print(HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body());
    }
}
