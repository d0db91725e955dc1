// The calls with which a buyer goes on, filled in for an order or a refund.
import { draftOf } from "../calls/draft";
import { isObject, type Json } from "../form/value";
import { callAddress, goTo } from "../route";
import { rowOf } from "../state";
import type { Line, Order } from "./live";

type Deed = "pay" | "cancel" | "refund";

const ROWS: Record<string, Partial<Record<Deed, string>>> = {
  taobao: { pay: "taobao.order.pay", cancel: "taobao.order.cancel", refund: "taobao.after_sale.submit" },
  alibaba: { pay: "alibaba.order.pay_url", cancel: "alibaba.order.cancel", refund: "alibaba.after_sale.create" },
  big_major: { pay: "big_major.order.pay" },
  poizon: { pay: "poizon.order.pay" },
};

/** Which of the buyer's calls there are for an order as it now stands. */
export function deeds(order: Order): Deed[] {
  const rows = ROWS[order.market] ?? {};
  const fits: Deed[] = order.stage === "unpaid" ? ["pay", "cancel"] : order.stage === "cancelled" ? [] : ["refund"];
  const open = order.lines.some((line) => !line.refundId);
  return order.underWay ? [] : fits.filter((deed) => rows[deed] && (deed !== "refund" || open));
}

/** Opens a call with its example, and with the order in it. */
export function openDeed(deed: Deed, order: Order) {
  const row = rowOf(ROWS[order.market]?.[deed] ?? "");
  if (!row) return;
  const line = order.lines.find((one) => !one.refundId) ?? order.lines[0];
  const example = isObject(row.example) ? (row.example as { [name: string]: Json }) : {};
  draftOf(row).fill({ ...example, ...given(deed, order, line) });
  goTo(callAddress(row.id));
}

function given(deed: Deed, order: Order, line: Line | undefined): { [name: string]: Json } {
  if (deed !== "refund" || !line) return { orderId: order.orderId };
  const { lineId, amountInFen } = line;
  const isShipped = Boolean(line.shipped);
  if (order.market === "taobao") {
    return { subOrderId: lineId, refundFee: String(amountInFen), goodsStatus: isShipped ? 2 : 1 };
  }
  return {
    orderId: order.orderId,
    orderEntryIds: [lineId],
    applyPayment: String(amountInFen),
    applyCarriage: "0",
    goodsStatus: isShipped ? "refundWaitBuyerReceive" : "refundWaitSellerSend",
  };
}

export function openCreate() {
  goTo(callAddress("taobao.order.purchase_create"));
}
