import { keepName } from "./copies.js";
import type { glue } from "./core.js";
import { fromCore } from "./errors.js";
import type { About, FailureKind, SignedRequest, Step } from "./types.js";

/**
 * One call without I/O: it says what to send, how long to wait, and when it is over. {@link Xportcn.exchange} begins one.
 *
 * Call {@link Exchange.step} and do what it says. After `send` report once, with {@link Exchange.onResponse} or
 * {@link Exchange.onFailure}; after `wait` wait. `done` is the end, and so is an error that a step throws.
 */
export class Exchange {
  readonly #exchange: glue.Exchange;

  /** @internal */
  constructor(exchange: glue.Exchange) {
    this.#exchange = exchange;
  }

  /**
   * What to do next. The clock counts milliseconds since 1970; the 32 random bytes must be new for each step. An error
   * of the call is thrown, with `cause` as its cause.
   */
  step(nowMs = Date.now(), random = drawn(), cause?: unknown): Step {
    const exchange = this.#exchange;
    let next: ReturnType<typeof exchange.step>;
    try {
      next = exchange.step(nowMs, random);
    } catch (thrown) {
      throw fromCore(thrown, cause);
    }
    if (next === 0) return { next: "send", request: request(exchange) };
    if (next === 1) return { next: "wait", millis: exchange.millis };
    return { next: "done", json: exchange.text(), about: JSON.parse(exchange.about()) as About };
  }

  /** Reports the answer. Of its headers, `date` and `retry-after` matter. */
  onResponse(status: number, headers: { get(name: string): string | null }, body: Uint8Array): void {
    this.#exchange.onResponse(status, headers.get("date") ?? undefined, headers.get("retry-after") ?? undefined, body);
  }

  /** Reports that there is no answer. `maybeSent` is false only where certainly nothing has left. */
  onFailure(kind: FailureKind, maybeSent: boolean, detail = ""): void {
    this.#exchange.onFailure(kind, maybeSent, detail);
  }

  /** Ends the call because the caller does not want it any more; the next step tells what became of it. */
  cancel(): void {
    this.#exchange.cancel();
  }

  /** Attempts that have been sent. */
  get attempts(): number {
    return this.#exchange.attempts;
  }

  /** Gives its memory back, which the garbage collector does otherwise. It cannot be used after. */
  free(): void {
    this.#exchange.free();
  }
}

keepName(Exchange, "Exchange");

function request(exchange: glue.Exchange): SignedRequest {
  // The body comes by itself: within other JSON it would be escaped, and parsed again.
  const body = exchange.body() ?? null;
  return Object.assign(JSON.parse(exchange.text()) as SignedRequest, { body });
}

/** Random bytes in stock: to draw 32 takes as long as half of a small request, and to draw 512 hardly longer. */
let stock = new Uint8Array();
let left = 0;

function drawn(): Uint8Array {
  if (left === 0) {
    stock = crypto.getRandomValues(new Uint8Array(512));
    left = stock.length;
  }
  left -= 32;
  return stock.subarray(left, left + 32);
}
