package guide;

// region many
import io.github.xportcn.Environment;
import io.github.xportcn.Limit;
import io.github.xportcn.XportcnConfig;
import io.github.xportcn.java.JavaClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

public final class Many {
    /** The titles of many items; what fails is null, and ends no other. */
    public static List<String> titles(List<String> itemIds) throws InterruptedException {
        // At most 20 calls a second, 20 at the start; and 8 under way.
        XportcnConfig config = Environment.configFromEnv().toBuilder().limit(new Limit(20, 20)).build();
        Semaphore underWay = new Semaphore(8);
        try (JavaClient client = JavaClient.builder(config).build()) {
            List<CompletableFuture<String>> titles = new ArrayList<>();
            for (String itemId : itemIds) {
                underWay.acquire();
                titles.add(client.taobao().product().get().itemId(itemId).executeAsync()
                    .thenApply(reply -> reply.getData().getTitle())
                    .exceptionally(failed -> null)
                    .whenComplete((title, failed) -> underWay.release()));
            }
            return titles.stream().map(CompletableFuture::join).collect(Collectors.toList());
        }
    }
}
// endregion
