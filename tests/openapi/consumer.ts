// What users of the generated types write. Compiled, never run.
import type { components, operations, paths, webhooks } from "./types";

type Render = operations["taobao.after_sale.render"];
type Body<Operation extends { requestBody: { content: { "application/json": unknown } } }> =
  Operation["requestBody"]["content"]["application/json"];
type Reply<Operation extends { responses: { 200: { content: { "application/json": unknown } } } }> =
  Operation["responses"][200]["content"]["application/json"];

export const render: Body<Render> = { subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1 };

// @ts-expect-error: what is required must not be missing.
export const incomplete: Body<Render> = { goodsStatus: 1, refundType: 1 };

// @ts-expect-error: there is no such field.
export const misspelt: Body<Render> = { ...render, subOrderID: "1" };

export function currency(reply: Reply<Render>): string | undefined {
  return reply.data?.currency ?? undefined;
}

// Ids come as text or as numbers, so reading one as either alone must not compile.
export function refund(order: components["schemas"]["TaobaoAfterSaleRefundOrder"]): string {
  // @ts-expect-error: it may be a number, null or absent.
  const text: string = order.refundId;
  return text ?? String(order.refundId);
}

type Cancel = paths["/open/order/refund/cancel/{refundId}"]["get"];
export const path: Cancel["parameters"]["path"] = { refundId: "110000235001" };

type Inbound = webhooks["big_major.push.package_inbound"]["post"]["requestBody"]["content"]["application/json"];
export const parcel = (message: Inbound): number | string | null | undefined => message.quality_inspection_info?.weight;
