package example;

import io.github.xportcn.Request;
import io.github.xportcn.Response;
import io.github.xportcn.TransportFailure;
import io.github.xportcn.java.AsyncTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import kotlin.Pair;

/** A transport of this program's own. */
final class HttpTransport implements AsyncTransport {
    private final HttpClient client = HttpClient.newHttpClient();
    volatile TransportFailure failure;
    volatile boolean isClosed;
    volatile int sent;
    volatile int tagged;

    @Override
    public CompletableFuture<Response> send(Request request, Duration timeout, long maxBytes) {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        HttpRequest.BodyPublisher body = request.getBody() == null
            ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(request.getBody());
        HttpRequest.Builder made = HttpRequest.newBuilder(URI.create(request.getUrl())).timeout(timeout)
            .method(request.getMethod(), body);
        for (Pair<String, String> header : request.getHeaders()) {
            made.header(header.getFirst(), header.getSecond());
            tagged += "x-team".equals(header.getFirst()) ? 1 : 0;
        }
        sent++;
        return client.sendAsync(made.build(), HttpResponse.BodyHandlers.ofByteArray())
            .thenApply(answer -> Response.of(answer.statusCode(), answer.headers().map(), answer.body()));
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
