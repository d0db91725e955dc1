// What a program that is written in TypeScript relies on.
import {
  type AmbiguousWriteError,
  type Amount,
  ApiError,
  type Id,
  type Outcome,
  type Reply,
  type TaobaoAfterSaleRenderReply,
  verifyPush,
  Xportcn,
  XportcnError,
} from "xportcn";
import { TaobaoOrderStatus } from "xportcn/codes";

const client = new Xportcn({ accessKey: "k", accessSecret: "s", userId: "u", maxRetries: 1, timeout: 5000 });

export async function calls(): Promise<void> {
  const rendered = await client.taobao.afterSale.render(
    { subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1 },
    { signal: AbortSignal.timeout(1000), timeout: 500, maxRetries: 0 },
  );
  const currency: string | null | undefined = rendered.currency;
  const fee: Amount | null | undefined = rendered.refundOrderTemplate?.maxRefundFee?.maxRefundFee;
  const reply: Reply<TaobaoAfterSaleRenderReply> = await client.taobao.afterSale
    .render({ subOrderId: "1", goodsStatus: 1, refundType: 1 })
    .withReply();
  const raw: Uint8Array = reply.raw;
  void [currency, fee, raw, reply.warnings[0]?.path];

  for await (const offer of client.alibaba.product.keywordSearch.items({ keyword: "x", beginPage: 1, pageSize: 10 })) {
    const id: Id | null | undefined = offer.offerId;
    void id;
  }
  for await (const page of client.alibaba.product.keywordSearch.pages({ keyword: "x", beginPage: 1, pageSize: 10 })) {
    void page.totalRecords;
  }
  for (const address of await client.address.list()) void address.phone;
  const data: { known: number } = await client.request<{ known: number }>("taobao.order.page", {});
  void data;
}

export async function push(request: Request): Promise<void> {
  const message = await verifyPush(request, { accessKey: "k", accessSecret: "s" });
  if (message.push === "taobao.push.order_status_changed") void message.body;
}

export async function lost(error: AmbiguousWriteError): Promise<string> {
  const ticket: string = error.ticket;
  const outcome: Outcome = await client.recover(error, { recoveryWindow: 1000 });
  if (outcome.outcome === "done") return String(outcome.found.length);
  if (outcome.outcome === "partly") return outcome.missing.join() + outcome.reason;
  if (outcome.outcome === "unknown") return outcome.reason;
  const ended = await client.settle<boolean>(
    "taobao.order.purchase_pay",
    { orderId: "1" },
    { retryAfterRecovery: true },
  );
  if ("outcome" in ended) return ended.outcome;
  const data: boolean = ended.data;
  return String(data) + (await client.recover(ticket)).outcome;
}

export function errors(error: unknown): string {
  if (error instanceof ApiError) return error.code + error.platformMessage + (error.requestId ?? "");
  if (error instanceof XportcnError) return error.kind;
  const paid: number = TaobaoOrderStatus.WaitSellerSendGoods;
  return String(paid);
}

// @ts-expect-error it is no text, and no number
void client.taobao.afterSale.render({ subOrderId: ["1034499579120189839"], goodsStatus: 1, refundType: 1 });
// @ts-expect-error it is required
void client.taobao.afterSale.render({ subOrderId: "1", goodsStatus: 1 });
// @ts-expect-error there is no such field
void client.taobao.afterSale.render({ subOrderId: "1", goodsStatus: 1, refundType: 1, colour: "red" });
// @ts-expect-error there is no such call
void client.taobao.afterSale.nothing;
// @ts-expect-error there is no such setting
void new Xportcn({ accessKey: "k", accessSecret: "s", userId: "u", colour: "red" });
// @ts-expect-error an amount is no id
const mixed: Id = "1" as Amount;
void mixed;
