import { begin, type glue, type Observer } from "./core.js";
import { XportcnError } from "./errors.js";
import type { EventListener } from "./events.js";
import { Exchange } from "./exchange.js";
import type { EndpointId } from "./generated/ids.js";
import { type AnswerHead, headOf } from "./headers.js";
import { opened } from "./instances.js";
import type { Log } from "./log.js";
import type { Signal } from "./runtime.js";
import { attempt, LONGEST_TIMER } from "./transport.js";
import type { About, Answer, CallOptions, Failure, Fetch, Reply, SignedRequest, Step } from "./types.js";
import { onAbort } from "./watch.js";

/** What calls run with. */
export interface Running {
  readonly fetch: Fetch | null | undefined;
  readonly log: Log;
  readonly onEvent: EventListener | undefined;
  readonly observer?: Observer | undefined;
}

/** A call that is over. */
export interface Ended {
  readonly json: string;
  readonly about: About;
  readonly raw: Uint8Array;
  /** What it took; absent where a journal had it. */
  readonly took: Partial<Pick<Reply<unknown>, "response" | "attempts" | "durationMs">>;
}

/** Does what the exchange says until it is over. */
export async function run(
  core: glue.Core,
  { fetch, log, onEvent, observer }: Running,
  id: string,
  params: string,
  options: CallOptions | undefined,
): Promise<Ended> {
  const exchange = new Exchange(begin(core, id, params, options), params, observer);
  const ended = opened();
  const { maxReplyBytes } = core;
  const signal = options?.signal;
  let raw: Uint8Array = new Uint8Array();
  let response: AnswerHead | undefined;
  let cause: unknown;
  const took = () => ({ response, attempts: exchange.attempts, durationMs: exchange.durationMs });
  try {
    const told = await log.listeners([onEvent, options?.onEvent]);
    const call = { endpoint: id as EndpointId, headers: {} };
    if (told.length > 0) exchange.listen();
    for (;;) {
      if (signal?.aborted) {
        exchange.cancel();
        cause = signal.reason;
      }
      let step: Step;
      try {
        step = exchange.step(undefined, undefined, cause);
      } finally {
        for (const event of told.length > 0 ? exchange.events() : []) {
          for (const tell of told) log.guard(() => tell(event, call));
        }
      }
      if (step.next === "done") return { json: step.json, about: step.about, raw, took: took() };
      if (step.next === "wait") {
        await pause(step.millis, signal);
        continue;
      }
      const answer = await attempt(fetch, withHeaders(step.request, call.headers), maxReplyBytes, signal);
      cause = "kind" in answer ? answer.cause : undefined;
      response = "kind" in answer ? undefined : headOf(answer.status, answer.headers);
      if (!("kind" in answer)) raw = answer.body;
      report(exchange, answer);
    }
  } catch (error) {
    if (error instanceof XportcnError) {
      Object.assign(error, took());
      if (error.kind === "AmbiguousWrite") log.say("warn", error.message);
    }
    throw error;
  } finally {
    exchange.free();
    ended();
  }
}

/** The request with headers of the program's own; those that it has are signed, and stay. */
function withHeaders(request: SignedRequest, more: Record<string, string>): SignedRequest {
  const headers = { ...request.headers };
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  for (const [name, value] of Object.entries(more)) if (!names.includes(name.toLowerCase())) headers[name] = value;
  return { ...request, headers };
}

function report(exchange: Exchange, answer: Answer | Failure): void {
  if (!("kind" in answer)) {
    exchange.onResponse(answer.status, answer.headers, answer.body);
  } else if (answer.kind === "aborted") {
    exchange.cancel();
  } else {
    exchange.onFailure(answer.kind, answer.maybeSent, answer.detail);
  }
}

/** Waits, unless the signal is aborted, or the search is woken. */
export function pause(
  millis: number,
  signal: Signal | null | undefined,
  wake?: (end: () => void) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      forget();
      resolve();
    };
    const timer = setTimeout(end, Math.min(millis, LONGEST_TIMER));
    const forget = onAbort(signal, end);
    wake?.(end);
  });
}
