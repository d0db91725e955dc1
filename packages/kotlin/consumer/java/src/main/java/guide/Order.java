package guide;

// region order
import io.github.xportcn.Waited;
import io.github.xportcn.XportcnException;
import io.github.xportcn.calls.TaobaoOrderState;
import io.github.xportcn.java.JavaClient;
import io.github.xportcn.models.TaobaoOrderAcceptedPayments;
import io.github.xportcn.models.TaobaoOrderCreatedOrder;
import io.github.xportcn.models.TaobaoOrderLine;
import io.github.xportcn.models.TaobaoReceiver;
import java.math.BigDecimal;
import java.util.List;

public final class Order {
    public static TaobaoOrderCreatedOrder order(JavaClient client, String number) {
        TaobaoOrderLine line = new TaobaoOrderLine.Builder()
            .itemId("600126245031041190").skuId("5016042822039").quantity(1L).build();
        TaobaoReceiver receiver = new TaobaoReceiver.Builder()
            .name("张三").mobilePhone("13800000000").state("浙江省").city("杭州市").district("余杭区")
            .address("象山路1号").zip("310024").build();
        return client.taobao().order().purchaseCreate()
            .orderLineList(List.of(line))
            .receiver(receiver)
            .purchaseAmount(new BigDecimal("150")) // the most that it may cost, in fen: 1.50 yuan
            .sellerOrderNumber(number) // your own number: by it the order is found again
            .execute().getData().getOrderList().get(0);
    }
    // endregion

    // region pay
    public static boolean pay(JavaClient client, String orderId) {
        try {
            TaobaoOrderAcceptedPayments accepted =
                client.taobao().order().purchasePay().orderId(orderId).execute().getData();
            if (accepted.getPayFailedResults() != null) {
                accepted.getPayFailedResults()
                    .forEach(failure -> System.out.println("refused: " + failure.getErrorMessage()));
            }
        } catch (XportcnException.AmbiguousWrite lost) {
            // It was sent, and its answer is lost. This finds out, by calls that only read; it pays nothing.
            System.out.println("after a lost answer: " + client.recover(lost));
        }

        // Accepted is not paid: the platform pays in the background.
        return client.taobao().order().waitUntil(TaobaoOrderState.PAID, orderId) instanceof Waited.Reached;
    }
    // endregion
}
