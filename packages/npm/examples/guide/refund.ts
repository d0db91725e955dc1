// Asks for the money of an order back, and waits for it.

// region refund
import { Xportcn } from "xportcn";
import { order, pay } from "./order.ts";

export async function refund(client: Xportcn, orderId: string, subOrderId: string): Promise<string> {
  // What may be asked for: reasons, and the limits of the amount, in fen.
  const goodsStatus = 1; // not shipped
  const refundType = 1; // money back, without a return of goods
  const asked = await client.taobao.afterSale.render({ subOrderId, goodsStatus, refundType });
  const { maxRefundFee, refundReasons } = asked.refundOrderTemplate ?? {};

  await client.taobao.afterSale.submit({
    subOrderId,
    goodsStatus,
    refundType,
    reasonId: refundReasons?.[0]?.reasonId,
    refundFee: maxRefundFee?.maxRefundFee,
  });

  // The reply of that call is not published; the list of after-sale orders tells the refund's id.
  const [found] = await client.taobao.afterSale.list
    .items({ purchaseOrderId: orderId, pageSize: 10 })
    .toArray({ limit: 1 });
  const refundId = found?.refundOrder?.refundId;
  if (!refundId) throw new Error("the refund does not show yet");
  const waited = await client.taobao.afterSale.waitUntil("refunded", { refundId });
  return waited.outcome; // "reached", "never" after it was withdrawn, or "timed out"
}
// endregion

const client = new Xportcn();
const created = await order(client, "guide-typescript-2");
await pay(client, created.purchaseId ?? "");
const subOrderId = created.orderLineList?.[0]?.subPurchaseOrderId ?? "";
console.log("refund:", await refund(client, created.purchaseId ?? "", subOrderId));
