package example;

import guide.Errors;
import guide.FirstCall;
import guide.Many;
import guide.Order;
import guide.Pushed;
import guide.Refund;
import guide.Sandbox;
import guide.Search;
import io.github.xportcn.CallEvent;
import io.github.xportcn.CallOptions;
import io.github.xportcn.Outcome;
import io.github.xportcn.PushMessage;
import io.github.xportcn.Settled;
import io.github.xportcn.SignedPush;
import io.github.xportcn.TransportFailure;
import io.github.xportcn.Waited;
import io.github.xportcn.XportcnConfig;
import io.github.xportcn.XportcnException;
import io.github.xportcn.calls.TaobaoOrderState;
import io.github.xportcn.java.JavaClient;
import io.github.xportcn.java.JavaJournal;
import io.github.xportcn.models.AlibabaProductOfferSummary;
import io.github.xportcn.models.TaobaoOrderCreatedOrder;
import io.github.xportcn.models.TaobaoOrderLine;
import io.github.xportcn.models.TaobaoReceiver;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import readme.Orders;
import readme.Shop;
import readme.Transports;

/** A program in Java: it goes through all groups of calls, and through all that a client can do besides. */
public final class Main {
    private static final String SUB_ORDER = "1034499579120189839";

    public static void main(String[] arguments) throws Exception {
        XportcnConfig config = new XportcnConfig.Builder("sandbox-key", "sandbox-secret", "sandbox-user")
            .baseUrl(arguments[0])
            .options(new CallOptions.Builder().maxRetries(1).timeout(Duration.ofSeconds(10)).build())
            .build();
        List<CallEvent> events = Collections.synchronizedList(new ArrayList<>());
        HttpTransport transport = new HttpTransport();
        try (JavaClient client = JavaClient.builder(config)
                .transport(transport)
                .interceptor(chain -> chain.proceed(chain.getRequest().withHeader("x-team", "purchasing")))
                .onEvent(events::add)
                .build()) {
            groups(client);
            pages(client);
            options(client);
            errors(client);
            orders(client);
            pushes(client);
        }
        check(transport.isClosed, "the client's end is the transport's");
        check(transport.sent > 20, "the transport of this program carried the calls");
        check(transport.tagged == transport.sent, "the interceptor saw every attempt");
        check(events.stream().anyMatch(event -> event instanceof CallEvent.Ended), "the listener was told");
        lost(config);
        new Names().check();
        readme(config);
        guide(config);
        System.out.println("java: " + transport.sent + " calls");
    }

    private static void groups(JavaClient client) {
        check("CNY".equals(client.taobao().afterSale().render().subOrderId(SUB_ORDER).goodsStatus(1L).refundType(1L)
            .execute().getData().getCurrency()), "Taobao answers");
        check(!client.alibaba().product().keywordSearch().keyword("鞋").execute().getData().getData().isEmpty(), "1688 answers");
        check(client.address().list().execute().getRequestId() != null, "addresses answer");
        client.address().save().name("测试").province("浙江省").city("杭州市").district("余杭区").address("测试地址")
            .phone("13800000000").execute();
        check(client.international().product().detail().offerId("1600190456789").execute().getStatus() == 200, "international answers");
        check(client.bigMajor().product().detail().offerId("889512351602").country("en").execute().getData() != null, "big buyers answer");
        check(client.poizon().product().detail().offerId("1234567").executeAsync().join().getData() != null, "Poizon answers");
        check(client.warehouse().updateDomesticLogistics().orderId("21").tmallOrderId("12345667").executeAsync()
            .handle((reply, error) -> reply != null || error instanceof XportcnException).join(), "the warehouse answers");
        check("\"CNY\"".equals(String.valueOf(((Map<?, ?>) client.request("taobao.after_sale.render",
            Map.of("subOrderId", SUB_ORDER, "goodsStatus", 1, "refundType", 1)).getJson()).get("currency"))), "a call by its id answers");
    }

    private static void pages(JavaClient client) {
        List<String> ids = client.alibaba().product().keywordSearch().keyword("鞋").pageSize(7L).items()
            .map(AlibabaProductOfferSummary::getOfferId).collect(Collectors.toList());
        check(ids.size() > 7, "items go on over pages");
        List<String> later = Collections.synchronizedList(new ArrayList<>());
        client.alibaba().product().keywordSearch().keyword("鞋").pageSize(7L).itemsAsync(offer -> later.add(offer.getOfferId())).join();
        check(later.equals(ids), "both forms give the same items");
        long counted = client.alibaba().product().keywordSearch().keyword("鞋").pageSize(7L).pages()
            .mapToLong(page -> page.getData().getData().size()).sum();
        check(counted == ids.size(), "pages hold all items");
    }

    private static void options(JavaClient client) {
        CallOptions options = new CallOptions.Builder().headers(Map.of("x-call", "1")).timeout(Duration.ofSeconds(5)).build();
        check(options.equals(options.toBuilder().build()) && options.getTimeout().getSeconds() == 5, "options have their values");
        check(client.address().list().options(options).execute().getAttempts() == 1, "a call has options of its own");
        check(client.withOptions(options).address().list().execute().getAttempts() == 1, "a client has other options");
        try {
            client.address().list().options(new CallOptions.Builder().maxRetries(-1).build());
            throw new AssertionError("a wrong option is accepted");
        } catch (XportcnException.Config wrong) {
            check("maxRetries".equals(wrong.getField()), "a wrong option is named");
        }
    }

    private static void errors(JavaClient client) {
        try {
            client.taobao().afterSale().render().subOrderId("").goodsStatus(1L).refundType(1L).execute();
            throw new AssertionError("a wrong field is accepted");
        } catch (XportcnException.InvalidRequest wrong) {
            check("subOrderId".equals(wrong.getPath()), "a wrong field is named");
            boolean isShown = false;
            for (StackTraceElement frame : wrong.getStackTrace()) {
                isShown |= "example.Main".equals(frame.getClassName()) && "errors".equals(frame.getMethodName());
            }
            check(isShown, "the error shows the line that called");
        }
        try {
            client.taobao().afterSale().render().executeAsync().join();
            throw new AssertionError("a missing field is accepted");
        } catch (CompletionException failed) {
            check(failed.getCause() instanceof XportcnException.InvalidRequest, "a future fails with the error");
        }
    }

    private static void orders(JavaClient client) {
        TaobaoOrderLine line = new TaobaoOrderLine.Builder().itemId("600126245031041190").skuId("5016042822039")
            .quantity(1L).build();
        TaobaoReceiver receiver = new TaobaoReceiver.Builder().name("张三").mobilePhone("13800000000").state("浙江省").city("杭州市")
            .district("余杭区").address("象山路1号").zip("310024").build();
        String order = client.taobao().order().purchaseCreate().orderLineList(List.of(line)).purchaseAmount(new BigDecimal("150"))
            .receiver(receiver).sellerOrderNumber("java-" + System.nanoTime()).execute().getData().getOrderList().get(0).getPurchaseId();
        JavaJournal journal = new JavaJournal(new MapStore());
        Settled settled = journal.settle(client, "taobao.order.pay", Map.of("orderId", order), "pay " + order);
        check(settled instanceof Settled.Answered, "the order is paid: " + settled);
        check(journal.settle(client, "taobao.order.pay", Map.of("orderId", order), "pay " + order) instanceof Settled.Answered,
            "the journal tells it again");
        check(journal.recoverOpen(client).isEmpty(), "nothing is open");
        Waited waited = client.taobao().order().waitUntil(TaobaoOrderState.PAID, order);
        check(waited instanceof Waited.Reached, "the order is paid, after a while: " + waited);
    }

    private static void pushes(JavaClient client) {
        SignedPush signed = client.signPush("ORDER_PAY_SUCCESS");
        PushMessage message = client.verifyPush(signed.getAuthorization(), signed.getBody());
        check("alibaba.push.order_status_changed".equals(message.getPush()), "a pushed message is read");
        client.onPush(message);
    }

    /** A write whose answer is lost is looked for. */
    private static void lost(XportcnConfig config) {
        CallOptions quick = new CallOptions.Builder().maxRetries(0).recoveryWindow(Duration.ofSeconds(1)).build();
        try (HttpTransport http = new HttpTransport(); JavaClient client = JavaClient.builder(config).transport(http).build().withOptions(quick)) {
            http.failure = new TransportFailure("reset", true, "the answer is lost");
            try {
                client.taobao().order().pay().orderId(SUB_ORDER).execute();
                throw new AssertionError("a lost answer is an answer");
            } catch (XportcnException.AmbiguousWrite ambiguous) {
                http.failure = null;
                Outcome outcome = client.recover(ambiguous);
                check(outcome instanceof Outcome.NotDone || outcome instanceof Outcome.Unknown, "it is told what became of it: " + outcome);
            }
        }
    }

    /** The programs of the README. */
    private static void readme(XportcnConfig config) {
        Shop.main(new String[0]);
        Orders.client(config.getBaseUrl()).close();
        try (JavaClient client = JavaClient.builder(config).transport(Transports.over(HttpClient.newHttpClient())).build()) {
            Orders.order(client, "readme-" + System.nanoTime());
        }
    }

    /** The programs of the documentation's pages. */
    private static void guide(XportcnConfig config) throws Exception {
        FirstCall.main(new String[0]);
        CallOptions impatient = new CallOptions.Builder().waitTimeout(Duration.ofSeconds(1)).build();
        try (JavaClient client = JavaClient.builder(config).build()) {
            check(Search.search(client, "鞋").stream().distinct().count() == 25, "a search goes over pages");
            check(Search.detail(client, "889512351602") > 1, "an offer has variants");
            TaobaoOrderCreatedOrder order = Order.order(client, "guide-java");
            check(Order.pay(client, order.getPurchaseId()), "an order is paid");
            String line = order.getOrderLineList().get(0).getSubPurchaseOrderId();
            // Nobody agrees to the refund here.
            Waited waited = Refund.refund(client.withOptions(impatient), order.getPurchaseId(), line);
            check(waited instanceof Waited.TimedOut, "a refund is asked for: " + waited);
            check(Pushed.signed(client), "a pushed message is told from another");
            check(Errors.pay(client, "").startsWith("nothing was sent: orderId "), "a wrong request is named");
            check(Errors.pay(client, "1").startsWith("the platform says no: 42001 "), "a refusal is named");
        }
        List<String> ids = IntStream.range(0, 20).mapToObj(number -> String.valueOf(672991141190L + number)).collect(Collectors.toList());
        check(Many.titles(ids).stream().allMatch(Objects::nonNull), "many calls are answered");
        check(Sandbox.anOrderIsPaid() && Sandbox.aPaymentWhoseAnswerIsLostIsFound(), "the tests of a shop pass");
    }

    static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not so: " + what);
        }
    }

    private Main() {}
}
