// What the compiler knows of ids, errors, pages, events and schemas.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import {
  type Amount,
  type AnyXportcnError,
  ApiError,
  type EndpointId,
  type Endpoints,
  type ErrorKind,
  type EventListener,
  type IdLike,
  type Items,
  TransportError,
  Xportcn,
  XportcnError,
} from "xportcn";
import { compare } from "xportcn/numbers";
import { replySchema, requestSchema } from "xportcn/schemas";

// The environment may have all of it.
const client = new Xportcn();

export async function byId(id: EndpointId): Promise<void> {
  const rendered = await client.request("taobao.after_sale.render", { subOrderId: 7, goodsStatus: 1, refundType: 1 });
  const currency: string | null | undefined = rendered.currency;
  const addresses = await client.request("address.list");
  for (const { phone } of addresses) void phone;
  const mine = await client.request<{ known: number }>(id);
  const known: number = mine.known;
  const ended = await client.settle("taobao.order.purchase_pay", { orderId: 7n });
  if (!("outcome" in ended)) void ended.data;
  type Sent = Endpoints["taobao.order.get"]["send"][0];
  const sent: Sent = { orderId: 7n };
  void [currency, known, sent];
}

// @ts-expect-error there is no such endpoint
void client.request("taobao.after_sale.rendr", {});
// @ts-expect-error there is no such endpoint
void client.settle("taobao.order.purchase_paid", {});
// @ts-expect-error there is no such endpoint
void client.exchange("taobao.order.gte", {});
// @ts-expect-error there is no such endpoint for any type of data
void client.request<{ known: number }>("typo");
// @ts-expect-error a required field is missing
void client.request("taobao.after_sale.render", { subOrderId: "1", goodsStatus: 1 });
// @ts-expect-error parameters are missing
void client.request("taobao.after_sale.render");
// @ts-expect-error there is no such endpoint
void new Xportcn({ paths: { "taobao.order.pya": "/open/order/pay" } });

/** Errors are told apart by `kind`, which is one of a few words. */
export function narrowed(error: unknown): string {
  if (!(error instanceof XportcnError)) return "";
  const any: AnyXportcnError = error;
  const kind: ErrorKind = error.kind;
  switch (any.kind) {
    case "Api":
      return any.code + any.platformMessage;
    case "Http":
      return String(any.status);
    case "AmbiguousWrite":
      return any.recovery + any.cause.kind;
    case "Config":
      return any.field;
    default:
      return kind;
  }
}

export function directly(error: unknown): string {
  if (error instanceof XportcnError && error.kind === "InvalidRequest") return error.path;
  if (error instanceof TransportError) return error.transportKind;
  // @ts-expect-error there is no such kind
  if (error instanceof XportcnError && error.kind === "Refused") return "";
  return "";
}

/** Tests build errors. */
export const built: ApiError = new ApiError({ endpoint: "taobao.order.get", code: "40001", platformMessage: "no" });
// @ts-expect-error there is no such member
void new ApiError({ status: 500 });

/** Ids to send. */
export const ids: IdLike[] = ["1034499579120189839", 1034499579120189839n, 7];
// @ts-expect-error an amount is no id
const amount: IdLike = "1" as Amount;
// @ts-expect-error an id is text, a bigint or a whole number
void client.taobao.order.get({ orderId: true });
void amount;

/** A call with pages. */
export async function pages(): Promise<void> {
  const search = client.alibaba.product.keywordSearch({ keyword: "x", beginPage: 1, pageSize: 10 });
  for await (const offer of search) void offer.offerId;
  const page = await search;
  void page.totalRecords;
  const few: { offerId?: string | null }[] = await search.toArray({ limit: 30 });
  const items: Items<{ offerId?: string | null }> = client.alibaba.product.keywordSearch.items({
    keyword: "x",
    beginPage: 1,
    pageSize: 10,
  });
  const all = client.alibaba.product.keywordSearch.pages({ keyword: "x", beginPage: 1, pageSize: 10 });
  for await (const reply of all.withReply()) void (reply.page + 1);
  void [few, await items.toArray(), await all.toArray({ limit: 2 })];
  // @ts-expect-error its reply is no page
  for await (const item of client.address.list()) void item;
}

const { render } = client.taobao.afterSale;
const { request: byItsId, ready, verifyPush } = client;
export const detached = [render, byItsId, ready, verifyPush];

/** Events are told apart by `event`. */
export const listener: EventListener = (event, call) => {
  if (event.event === "retrying") void (event.waitMs + event.attempt);
  if (event.event === "ended" && event.error === "Api") void event.code?.length;
  // @ts-expect-error only an answer has a status
  if (event.event === "sent") void event.status;
  call.headers["x-trace"] = call.endpoint;
};

/** The whole answer. */
export async function whole(): Promise<void> {
  const one = new Xportcn({
    onEvent: listener,
    logLevel: "debug",
    userAgent: "my-shop/1.0",
    headers: { "x-shop": "7" },
  });
  const reply = await one.taobao.order.get({ orderId: "1" }, { userId: "u", query: { tag: "1" } }).withReply();
  const status: number | undefined = reply.response?.status;
  const header: string | undefined = reply.response?.headers["x-request-id"];
  void [status, header, reply.attempts, reply.durationMs];
}

// @ts-expect-error there is no such level
void new Xportcn({ logLevel: "loud" });

const request = requestSchema("taobao.order.get");
/** As validators know it. */
export const standard: StandardSchemaV1<Endpoints["taobao.order.get"]["send"][0]> = request;
export const json: StandardJSONSchemaV1 = request;
export const compared: number = compare("12.50" as Amount, 7n);
// @ts-expect-error there is no such endpoint
void replySchema("taobao.order.gte");
