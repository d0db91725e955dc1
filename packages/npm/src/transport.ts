import { failureOf } from "./failures.js";
import type { Answer, Failure, Fetch, SignedRequest, TransportRequest, TransportResponse } from "./types.js";

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
  own: Fetch | undefined,
  told: SignedRequest,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Answer | Failure> {
  const controller = new AbortController();
  let giveUp!: (failure: Failure) => void;
  const givenUp = new Promise<Failure>((resolve) => (giveUp = resolve));
  const end = (kind: "timeout" | "aborted", cause?: unknown) => {
    giveUp({ kind, maybeSent: true, detail: "", cause });
    controller.abort(cause);
  };
  const onAbort = () => end("aborted", signal?.reason);
  const timer = setTimeout(() => end("timeout"), Math.min(told.timeoutMs, LONGEST_TIMER));
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    // A function that heeds no signal must not keep the caller waiting.
    return await Promise.race([givenUp, exchange(own, told, maxBytes, controller.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}

async function exchange(
  own: Fetch | undefined,
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
    return withoutSignature(failureOf(error), headers);
  }
  if (signal.aborted) {
    discard(response);
    return { kind: "aborted", maybeSent: true, detail: "" };
  }
  if (response?.type === "opaqueredirect") {
    return { kind: "other", maybeSent: true, detail: "the answer is a redirect, which is not followed" };
  }
  try {
    const { status, headers } = response;
    const body = await receive(response, maxBytes);
    return body === undefined ? { kind: "too-large", maybeSent: true, detail: "" } : { status, headers, body };
  } catch (error) {
    return { ...withoutSignature(failureOf(error), headers), kind: "broken", maybeSent: true };
  }
}

/** Leaves out a cause that repeats the signature, which may stand in the address. The core mends the words. */
function withoutSignature(failure: Failure, { signature }: Record<string, string>): Failure {
  for (let cause = failure.cause; cause != null; cause = (cause as { cause?: unknown }).cause) {
    const { message, stack } = cause as { message?: unknown; stack?: unknown };
    if (signature && `${message}${stack}${String(cause)}`.includes(signature)) return { ...failure, cause: undefined };
  }
  return failure;
}

/** The body, unless it is larger than allowed. */
async function receive(response: TransportResponse, maxBytes: number): Promise<Uint8Array | undefined> {
  const stream = response.body as ReadableStream<Uint8Array> | null | undefined;
  if (typeof stream?.getReader !== "function") {
    const body = new Uint8Array(await response.arrayBuffer());
    return body.length > maxBytes ? undefined : body;
  }
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > maxBytes) {
      reader.cancel().catch(() => {});
      return undefined;
    }
  }
  return parts.length === 1 ? (parts[0] as Uint8Array) : joined(parts, length);
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
  const stream = response?.body as ReadableStream<Uint8Array> | null | undefined;
  if (typeof stream?.cancel === "function") stream.cancel().catch(() => {});
}
