import { bytesOf } from "./bytes.js";
import { isStatus } from "./exchange.js";
import { beforeSending, failureOf } from "./failures.js";
import type { Signal } from "./runtime.js";
import type { Answer, Failure, Fetch, SignedRequest, TransportRequest, TransportResponse } from "./types.js";
import { onAbort } from "./watch.js";

/** Timers cannot be set for longer. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** What this runtime's own fetch is told besides. */
let extra: object = {};

/** Sets what this runtime's own fetch is told besides. */
export function tellFetch(init: object): void {
  extra = init;
}

/** Sends one request, and receives the answer or learns why there is none. Never rejects. */
export async function attempt(
  own: Fetch | null | undefined,
  told: SignedRequest,
  maxBytes: number,
  signal: Signal | null | undefined,
): Promise<Answer | Failure> {
  beforeSending();
  const controller = new AbortController();
  let giveUp!: (failure: Failure) => void;
  const givenUp = new Promise<Failure>((resolve) => (giveUp = resolve));
  const end = (kind: "timeout" | "aborted", cause?: unknown) => {
    giveUp({ kind, maybeSent: true, detail: "", cause });
    controller.abort(cause);
  };
  const timer = setTimeout(() => end("timeout"), Math.min(told.timeoutMs, LONGEST_TIMER));
  const forget = onAbort(signal, () => end("aborted", signal?.reason));
  try {
    // A function that heeds no signal must not keep the caller waiting.
    return await Promise.race([givenUp, exchange(own, told, maxBytes, controller.signal)]);
  } finally {
    clearTimeout(timer);
    forget();
  }
}

async function exchange(
  own: Fetch | null | undefined,
  told: SignedRequest,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Answer | Failure> {
  const { method, url, headers, body } = told;
  const request: TransportRequest = { method, headers, redirect: "manual", signal };
  if (body !== null) request.body = body;
  let response: TransportResponse;
  try {
    response = await (own ? own(url, request) : fetch(url, { ...request, ...extra }));
  } catch (error) {
    return withoutSignature(await failureOf(error, own != null), headers);
  }
  if (signal.aborted) {
    discard(response);
    return { kind: "aborted", maybeSent: true, detail: "" };
  }
  try {
    const { status, headers, type } = response;
    if (type === "opaqueredirect") {
      return { kind: "other", maybeSent: true, detail: "the answer is a redirect, which is not followed" };
    }
    if (!isStatus(status)) throw new TypeError(`the transport's answer has no HTTP status, but ${String(status)}`);
    const body = await receive(response, maxBytes);
    return body === undefined ? { kind: "too-large", maybeSent: true, detail: "" } : { status, headers, body };
  } catch (error) {
    return { ...withoutSignature(await failureOf(error, own != null), headers), kind: "broken", maybeSent: true };
  }
}

/** Leaves out a cause that repeats the signature, which may stand in the address. The core mends the words. */
function withoutSignature(failure: Failure, { signature }: Record<string, string>): Failure {
  let left = 5;
  try {
    for (let cause = failure.cause; cause != null && left > 0; cause = (cause as { cause?: unknown }).cause, left--) {
      const { message, stack } = cause as { message?: unknown; stack?: unknown };
      const isRepeated = [message, stack, cause].some((part) => String(part).includes(signature as string));
      if (signature && isRepeated) return { ...failure, cause: undefined };
    }
    return failure;
  } catch {
    // One that cannot be looked at.
    return { ...failure, cause: undefined };
  }
}

/** The body, unless it is larger than allowed. */
async function receive(response: TransportResponse, maxBytes: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of chunks(response)) {
    const bytes = bytesOf(part);
    if (bytes === undefined) throw new TypeError("the transport's answer has a body that is not of bytes");
    parts.push(bytes);
    length += bytes.length;
    // Ends the stream, too.
    if (length > maxBytes) return undefined;
  }
  return parts.length === 1 ? parts[0] : joined(parts, length);
}

/** The body in parts. Leaving it early lets go of the answer. */
async function* chunks(response: TransportResponse): AsyncGenerator<unknown, void, undefined> {
  const stream = response.body as Partial<ReadableStream<unknown> & AsyncIterable<unknown>> | null | undefined;
  if (typeof stream?.getReader === "function") {
    const reader = stream.getReader();
    let isOver = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        isOver = done;
        if (done) return;
        yield value;
      }
    } finally {
      if (!isOver) release(() => reader.cancel());
    }
  }
  // A stream of Node, as of node-fetch.
  if (stream && typeof stream === "object" && Symbol.asyncIterator in stream) yield* stream as AsyncIterable<unknown>;
  else yield await response.arrayBuffer();
}

function joined(parts: Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Lets go of an answer that nobody waits for. */
function discard(response: TransportResponse | undefined): void {
  release(() => (response?.body as { cancel?: () => unknown } | null | undefined)?.cancel?.());
}

/** Ends a stream, whatever comes of it. */
async function release(cancel: () => unknown): Promise<void> {
  try {
    await cancel();
  } catch {
    // It goes with the connection.
  }
}
