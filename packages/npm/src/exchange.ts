import { bytesOf } from "./bytes.js";
import { utf8 } from "./charset.js";
import { keepName } from "./copies.js";
import type { glue, Observer } from "./core.js";
import { fromCore, misuse } from "./errors.js";
import type { CallEvent } from "./events.js";
import { HEADERS } from "./generated/headers.js";
import { type AnswerHeaders, header } from "./headers.js";
import { freed, freeWith } from "./instances.js";
import type { FailureKind } from "./kinds.js";
import type { About, SignedRequest, Step } from "./types.js";

/**
 * One call without I/O: it says what to send, how long to wait, and when it is over. {@link Xportcn.exchange} begins one.
 *
 * Call {@link Exchange.step} and do what it says. After `send` report once, with {@link Exchange.onResponse} or
 * {@link Exchange.onFailure}; after `wait` wait. `done` is the end, and so is an error that a step throws.
 */
export class Exchange {
  #exchange: glue.Exchange | undefined;
  /** The parameters: most are the body as they were given, and need not come back from the core. */
  readonly #params: string;
  readonly #observer: Observer | undefined;
  /** Bytes of the last answer as it was received: the core has it in UTF-8. */
  #bytes = 0;
  #isKept = false;
  /** Whether one was reported since the last step: a second report is none. */
  #isReported = false;

  /**
   * One that is freed when nobody can reach it any more.
   *
   * @internal
   */
  static kept(exchange: glue.Exchange, params: string, observer: Observer | undefined): Exchange {
    const kept = new Exchange(exchange, params, observer);
    freeWith(kept, exchange);
    kept.#isKept = true;
    return kept;
  }

  /** @internal */
  constructor(exchange: glue.Exchange, params: string, observer: Observer | undefined) {
    this.#exchange = exchange;
    this.#params = params;
    this.#observer = observer;
  }

  get #live(): glue.Exchange {
    if (this.#exchange === undefined) throw misuse("the exchange has been freed");
    return this.#exchange;
  }

  /**
   * What to do next. The clock counts milliseconds since 1970; the 32 random bytes must be new for each step. An error
   * of the call is thrown, with `cause` as its cause.
   */
  step(nowMs = Date.now(), random = drawn(), cause?: unknown): Step {
    const exchange = this.#live;
    const bytes = bytesOf(random);
    if (typeof nowMs !== "number" || bytes === undefined) throw misuse("a step takes milliseconds and 32 random bytes");
    this.#isReported = false;
    let next: ReturnType<typeof exchange.step>;
    try {
      next = exchange.step(nowMs, bytes);
    } catch (thrown) {
      throw fromCore(thrown, cause);
    }
    if (next === 0 || next === 3) return { next: "send", request: this.#request(exchange, next === 3) };
    if (next === 1) return { next: "wait", millis: exchange.millis };
    return { next: "done", json: exchange.text(), about: JSON.parse(exchange.about()) as About };
  }

  /** Reports the answer. Few of its headers matter: its type, its date, `retry-after` and names for the call. */
  onResponse(status: number, headers: AnswerHeaders, body: Uint8Array | ArrayBuffer): void {
    const bytes = bytesOf(body);
    if (!isStatus(status) || bytes === undefined) throw misuse("an answer has an HTTP status and a body of bytes");
    const text = utf8(bytes, header(headers, "content-type"));
    if (!this.#isReported) {
      this.#bytes = bytes.length;
      this.#observer?.(status, text);
    }
    this.#isReported = true;
    this.#live.onResponse(status, lines(headers), text);
  }

  /** Reports that there is no answer. `maybeSent` is false only where certainly nothing has left. */
  onFailure(kind: FailureKind, maybeSent: boolean, detail = ""): void {
    this.#live.onFailure(String(kind), maybeSent !== false, String(detail));
  }

  /** Ends the call because the caller does not want it any more; the next step tells what became of it. */
  cancel(): void {
    this.#live.cancel();
  }

  /** Has what happens told by {@link Exchange.events}. To be called before the first step. */
  listen(): void {
    this.#live.listen();
  }

  /** What has happened since this was asked before: to be asked after each step, also after one that throws. */
  events(): CallEvent[] {
    const events = JSON.parse(this.#live.events() || "[]") as CallEvent[];
    return events.map((event) => (event.event === "answered" ? { ...event, bytes: this.#bytes } : event));
  }

  /** How long the call has taken so far, in milliseconds. */
  get durationMs(): number {
    return this.#live.durationMs;
  }

  /** Attempts that have been sent. */
  get attempts(): number {
    return this.#live.attempts;
  }

  #request(exchange: glue.Exchange, isAsGiven: boolean): SignedRequest {
    const body = isAsGiven ? this.#params : (exchange.body() ?? null);
    return signed(exchange.text(), body);
  }

  /** Gives its memory back, which the garbage collector does otherwise. It cannot be used after. */
  free(): void {
    if (this.#isKept) freed(this);
    this.#exchange?.free();
    this.#exchange = undefined;
  }
}

keepName(Exchange, "Exchange");

/** The headers that matter, a line each. */
function lines(headers: AnswerHeaders): string {
  let lines = "";
  for (const name of HEADERS) {
    const value = header(headers, name);
    if (value !== undefined) lines += `${name}: ${value}\n`;
  }
  return lines;
}

/** A request from its lines: names of headers that all requests have stand in none. */
export function signed(lines: string, body: string | null): SignedRequest {
  // By their places: to take an array apart by a pattern is as slow as to split the text.
  const parts = lines.split("\n");
  const at = (place: number) => parts[place] ?? "";
  const headers: Record<string, string> = {
    "access-key": at(3),
    timestamp: at(4),
    "nonce-str": at(5),
    "user-id": at(6),
    signature: at(7),
  };
  for (let place = 8; place + 1 < parts.length; place += 2) headers[at(place)] = at(place + 1);
  return { method: at(1), url: at(2), headers, timeoutMs: Number(at(0)), body };
}

/** Whether an answer can have this status. */
export function isStatus(status: unknown): boolean {
  return Number.isInteger(status) && (status as number) >= 100 && (status as number) <= 999;
}

/** Random bytes in stock: to draw 32 takes as long as half of a small request, and to draw 2,048 hardly longer. */
let stock = new Uint8Array();
let left = 0;

function drawn(): Uint8Array {
  if (left === 0) {
    stock = crypto.getRandomValues(new Uint8Array(2048));
    left = stock.length;
  }
  left -= 32;
  return stock.subarray(left, left + 32);
}
