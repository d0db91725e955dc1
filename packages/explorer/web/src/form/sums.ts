// The sums of money that a request is about: its own amounts, and what the orders that it names cost.
import { fenOf } from "../money";
import { live } from "../sandbox/live";
import { known } from "../state";
import type { Row } from "../tables";
import { isObject, type Json } from "./value";

export interface Sum {
  /** The field, or the order. */
  name: string;
  of: "field" | "order";
  /** What stands there. */
  text: string;
  /** Undefined where the unit is not published. */
  fen?: bigint | undefined;
}

export function sumsOf(row: Row, params: Json): Sum[] {
  const given = isObject(params) ? params : {};
  const sums: Sum[] = [];
  for (const field of known().objects[row.request]?.fields ?? []) {
    const value = given[field.name];
    if (value === undefined || (field.kind !== "amount" && !field.unit)) continue;
    const text = String(value);
    sums.push({ name: field.name, of: "field", text, fen: field.unit && fenOf(text, field.unit) });
  }
  return sums.length ? sums : ordersOf(row, given);
}

/** What a payment takes, where the sandbox knows the orders. */
function ordersOf(row: Row, given: { [name: string]: Json }): Sum[] {
  if (row.effect !== "pay") return [];
  const named = new Set(Object.values(given).flat().filter((value) => typeof value === "string"));
  const orders = live.value?.orders ?? [];
  return orders
    .filter((order) => named.has(order.orderId))
    .map((order) => ({
      name: order.orderId,
      of: "order" as const,
      text: String(order.totalInFen),
      fen: BigInt(order.totalInFen),
    }));
}
