// Orders on Taobao, pays, and waits until the order is paid.

// region order
import { AmbiguousWriteError, type TaobaoOrderCreatedOrder, Xportcn } from "xportcn";

export async function order(client: Xportcn, number: string): Promise<TaobaoOrderCreatedOrder> {
  const created = await client.taobao.order.purchaseCreate({
    orderLineList: [{ itemId: "600126245031041190", skuId: "5016042822039", quantity: 1 }],
    receiver: {
      name: "张三",
      mobilePhone: "13800000000",
      state: "浙江省",
      city: "杭州市",
      district: "余杭区",
      address: "象山路1号",
      zip: "310024",
    },
    purchaseAmount: "150", // the most that it may cost, in fen: 1.50 yuan
    sellerOrderNumber: number, // your own number: by it the order is found again
  });
  const only = created.orderList?.[0];
  if (!only) throw new Error("no order was created");
  return only;
}
// endregion

// region pay
export async function pay(client: Xportcn, orderId: string): Promise<void> {
  try {
    const accepted = await client.taobao.order.purchasePay({ orderId });
    for (const failure of accepted.payFailedResults ?? []) console.log("refused:", failure.errorMessage);
  } catch (lost) {
    if (!(lost instanceof AmbiguousWriteError)) throw lost;
    // It was sent, and its answer is lost. This finds out, by calls that only read; it pays nothing.
    const { outcome } = await client.recover(lost);
    console.log("after a lost answer:", outcome);
  }

  // Accepted is not paid: the platform pays in the background.
  const waited = await client.taobao.order.waitUntil("paid", { orderId });
  console.log(waited.outcome === "reached" ? "paid" : `not paid: ${waited.outcome}`);
}
// endregion

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const client = new Xportcn();
  const created = await order(client, "guide-typescript-1");
  console.log("order", created.purchaseId);
  await pay(client, created.purchaseId ?? "");
}
