// The sandbox as it is now: each state comes by an event of the server.
import { computed, signal } from "@preact/signals";

export interface Line {
  lineId: string;
  itemId: string;
  title: string;
  quantity: string;
  amountInFen: number;
  shipped: string | null;
  refundId: string | null;
  refundStage: string | null;
}

export type Stage = "unpaid" | "paid" | "shipped" | "received" | "cancelled" | "refunded";

export interface Order {
  orderId: string;
  market: string;
  userId: string;
  stage: Stage;
  underWay: { action: string; dueMs: number } | null;
  reference: string | null;
  totalInFen: number;
  freightInFen: number;
  closeReason: string | null;
  lines: Line[];
  times: Record<"created" | "paid" | "shipped" | "received" | "closed", string | null>;
  can: string[];
}

export interface Refund {
  refundId: string;
  orderId: string;
  market: string;
  lines: string[];
  stage: "applied" | "agreed" | "returning" | "refused" | "refunded" | "closed";
  totalInFen: number;
  returns: boolean;
  steps: { stage: string; time: string | null }[];
  can: string[];
}

export interface CartLine {
  id: string;
  market: string;
  userId: string;
  itemId: string;
  skuId: string | null;
  title: string;
  quantity: unknown;
}

export interface Entry {
  action: string;
  endpoint: string;
  orderId: string;
  userId: string;
  reference: string | null;
  nonce: string;
  amountInFen: number;
  time: string | null;
  failure: string | null;
}

export interface Push {
  number: number;
  body: string;
  state: "waiting" | "taken" | "given_up";
  answers: { atMs: number; answer: string }[];
}

export interface State {
  revision: number;
  orderCount: number;
  orders: Order[];
  refunds: Refund[];
  carts: CartLine[];
  addresses: { id: string; userId: string; fields: unknown }[];
  balances: Record<string, number | null>;
  ledger: {
    unsettled: unknown[];
    entries: Entry[];
    changes: { endpoint: string; time: string | null; user?: string }[];
  };
  clock: { nowMs: number; offsetMs: number };
  faults: { rules: Record<string, unknown>[]; calls: number; injected: number; kinds: Record<string, unknown> };
  pushes: Push[];
  pushesTo: boolean;
}

export const live = signal<State | null>(null);
export const isLive = signal(false);
/** Whether calls go wrong on purpose: said in every view. */
export const hasFaults = computed(() => Boolean(live.value?.faults.rules.length));

let source: EventSource | undefined;

/** Watches from now on. The browser connects again by itself when the stream breaks. */
export function watch() {
  if (source) return;
  source = new EventSource("/api/events");
  source.addEventListener("open", () => {
    isLive.value = true;
  });
  source.addEventListener("error", () => {
    isLive.value = false;
  });
  source.addEventListener("state", (event) => {
    isLive.value = true;
    live.value = JSON.parse(event.data);
  });
}
