import type { glue } from "./core.js";
import { AmbiguousWriteError, misuse, XportcnError } from "./errors.js";
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

/** The ticket of an error, or the one that was kept. */
export function ticketOf(lost: AmbiguousWriteError | string): string {
  if (lost instanceof AmbiguousWriteError) return lost.ticket;
  if (typeof lost !== "string") throw misuse("recover takes an AmbiguousWriteError or its ticket");
  return lost;
}

/**
 * Does what a search says until it is over. `call` makes a call, and `pause` waits. Nothing where the last call was the
 * write's own, whose result or error is the write's.
 */
export async function drive<T extends { readonly json: string; readonly about: object }>(
  recovery: glue.Recovery,
  call: (id: string, params: string) => Promise<T>,
  pause: (millis: number) => Promise<void>,
  signal: Signal | null | undefined,
): Promise<Outcome | { readonly id: string; readonly reply: T }> {
  let last: { readonly id: string; readonly reply: T } | undefined;
  let error: unknown;
  let lost: AmbiguousWriteError | undefined;
  try {
    for (;;) {
      // Who does not want to wait any longer keeps what is needed to look later.
      if (signal?.aborted && (lost ?? error) !== undefined) throw lost ?? error;
      const next = recovery.step(Date.now());
      if (next === 2) return JSON.parse(recovery.text()) as Outcome;
      if (next === 3) {
        if (last === undefined) throw error;
        return last;
      }
      if (next === 1) {
        await pause(recovery.millis);
        if (signal?.aborted) error ??= signal.reason;
        continue;
      }
      const id = recovery.text();
      last = undefined;
      try {
        last = { id, reply: await call(id, recovery.about()) };
        recovery.onReply(last.reply.json, JSON.stringify(last.reply.about));
      } catch (thrown) {
        if (!(thrown instanceof XportcnError)) throw thrown;
        error = thrown;
        if (thrown instanceof AmbiguousWriteError) lost = thrown;
        recovery.onFailure(thrown.message, thrown instanceof AmbiguousWriteError ? thrown.ticket : "");
      }
    }
  } finally {
    recovery.free();
  }
}
