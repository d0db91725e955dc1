import type { Recovery } from "./core/later.js";
import type { AmbiguousWriteError, XportcnError } from "./errors.js";
import type { Signal } from "./runtime.js";

/** What became of a write whose answer is lost. */
export type Outcome =
  | {
      /** It was carried out. */
      readonly outcome: "done";
      /** The objects that show it. What they hold must not be repeated. */
      readonly found: readonly unknown[];
    }
  | {
      /** It was not carried out: it can be called again. */
      readonly outcome: "not done";
    }
  | {
      /** A part of it was carried out. */
      readonly outcome: "partly";
      /** The objects that show it. What they hold must not be repeated. */
      readonly found: readonly unknown[];
      /** What does not show. */
      readonly missing: readonly string[];
      /** What is known of the rest. */
      readonly reason: string;
    }
  | {
      /** Whether it was carried out cannot be told. */
      readonly outcome: "unknown";
      /** Why. */
      readonly reason: string;
    };

/** What the rest of the package lends. */
export interface Tools<T> {
  /** The write that is sent within the search; absent if it was sent before. */
  readonly write?: string;
  /** The error of the write that was sent before. */
  readonly lost?: AmbiguousWriteError | undefined;
  readonly signal: Signal | null | undefined;
  call(id: string, params: string): Promise<T>;
  pause(millis: number): Promise<void>;
  /** What ends the search where the signal is aborted, and no error has the ticket. */
  cancelled(reason: unknown): Error;
  /** Keeps an entry in a journal, with its state. */
  keep?(entry: string, state: string): void;
  /** Gives the reply that a journal kept. */
  kept?(json: string, about: string): T;
}

/** The last call, whose reply is that of the write. */
export interface Answered<T> {
  readonly id: string;
  readonly reply: T;
}

/** Does what a search says until it is over. */
export async function drive<T extends { readonly json: string; readonly about: object }, Told = Outcome>(
  recovery: Recovery,
  tools: Tools<T>,
): Promise<Told | Answered<T>> {
  let last: Answered<T> | undefined;
  let error: unknown;
  let { lost } = tools;
  for (;;) {
    const next = recovery.step(Date.now());
    if (next === 2) return JSON.parse(recovery.text()) as Told;
    if (next === 3) {
      if (last === undefined) throw error;
      return last;
    }
    if (next === 5) {
      return { id: tools.write ?? "", reply: (tools as Required<Tools<T>>).kept(recovery.text(), recovery.params()) };
    }
    if (next === 4) {
      const [entry, state] = [recovery.text(), recovery.params()];
      // What is open is about to be sent.
      if (state === "open" && tools.signal?.aborted) throw tools.cancelled(tools.signal.reason);
      tools.keep?.(entry, state);
      recovery.onKept();
      continue;
    }
    // Who does not want to wait any longer keeps the ticket of what may have been carried out.
    if (tools.signal?.aborted) throw lost ?? tools.cancelled(tools.signal.reason);
    if (next === 1) {
      await tools.pause(recovery.millis);
      continue;
    }
    const id = recovery.text();
    // It is sent, or sent again because it was not carried out: nothing is in doubt yet.
    if (id === tools.write) lost = undefined;
    last = undefined;
    try {
      last = { id, reply: await tools.call(id, recovery.params()) };
    } catch (thrown) {
      const { kind, message, isRetryable, ticket } = Object(thrown) as XportcnError & { ticket?: string };
      if (typeof kind !== "string") throw lost ?? thrown;
      error = thrown;
      recovery.onFailure(message, isRetryable === true, ticket ?? "");
      if (kind === "AmbiguousWrite") {
        // What was seen before the write belongs to its ticket.
        (thrown as { ticket: string }).ticket = recovery.ticket() ?? (ticket as string);
        lost = thrown as AmbiguousWriteError;
      }
      continue;
    }
    recovery.onReply(last.reply.json, JSON.stringify(last.reply.about));
  }
}
