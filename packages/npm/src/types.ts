// The types that modules share; classes have those that are only theirs beside them.

import type { EventListener } from "./events.js";
import type { RetryOptions, Settings } from "./generated/settings.js";
import type { AnswerHead, AnswerHeaders } from "./headers.js";
import type { FailureKind } from "./kinds.js";
import type { Signal } from "./runtime.js";

/** What one call has other than its client. */
export interface CallOptions extends RetryOptions {
  /** Is told what happens to this call, after the client's own `onEvent`. */
  onEvent?: EventListener | undefined;
  /** Ends the call when it is aborted. */
  signal?: Signal | undefined;
}

/** Where the log goes. The console is one, and so are the usual loggers. What has no function for a level is not told. */
export interface Logger {
  /** Values in a reply did not fit their fields, and became null; a call that writes may have been carried out. */
  warn(message: string): void;
  /** A call waits or is tried again, or the clock is corrected. */
  info?(message: string): void;
  /** A call begins or ends; an attempt is sent or answered. */
  debug?(message: string): void;
}

/** From which level on the log is told. */
export type LogLevel = "debug" | "info" | "warn" | "error" | "off";

/** What a client is made of. */
export interface ClientOptions extends Settings {
  /** What carries requests, if not the runtime's own fetch. */
  fetch?: Fetch | undefined;
  /** Where the log goes, if not to the console; null for nowhere. */
  logger?: Logger | null | undefined;
  /**
   * From which level on. Default: `warn`, or what `XPORTCN_LOG` of the environment says, where there is one; then it goes
   * to stderr unless there is a `logger`.
   */
  logLevel?: LogLevel | undefined;
  /** Is told what happens to each call. */
  onEvent?: EventListener | undefined;
}

/** A request to send, as it is. */
export interface TransportRequest {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: "manual";
  /** Aborted when nobody waits for the answer any more. */
  signal: Signal;
}

/** What is read of an answer. A `Response` of fetch has it. */
export interface TransportResponse {
  readonly status: number;
  readonly type?: string;
  readonly headers: AnswerHeaders;
  readonly body?: unknown;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Carries a request: fetch, or a function like it. Reject with a {@link TransportFailure} to tell what happened. */
export type Fetch = (url: string, request: TransportRequest) => PromiseLike<TransportResponse>;

/** An answer, received whole. */
export interface Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Uint8Array;
}

/** Why there is no answer. */
export interface Failure {
  readonly kind: FailureKind | "aborted";
  /** Whether any byte of the request may have left. */
  readonly maybeSent: boolean;
  readonly detail: string;
  readonly cause?: unknown;
}

/** A signed request, to be sent as it is. */
export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
  /** How long to wait for the whole answer. */
  readonly timeoutMs: number;
}

/**
 * A value in a reply that did not fit its field, and became null; or a field of the request that is not listed and was sent,
 * with nearly the name of one that is listed and has no value.
 */
export interface Warning {
  /** The field, as `data[0].price`; as `request.subOrderIds` if it is one of the request. */
  readonly path: string;
  /** What was expected there, or the field that was probably meant. */
  readonly expected: string;
  /** What was found. */
  readonly found: string;
}

/** The data of a reply, and what came with it. */
export interface Reply<T> {
  /** The data. */
  readonly data: T;
  /** The platform's name for this call: quote it when asking the platform. */
  readonly requestId: string | null;
  /** The platform's words, as `success`. */
  readonly message: string | null;
  /** The developer's account. */
  readonly developId: string | null;
  /** Values that did not fit their fields and became null; behind them, fields of the request that were probably misspelt. */
  readonly warnings: readonly Warning[];
  /** The answer's status and headers; absent where a journal kept the reply. */
  readonly response: AnswerHead | undefined;
  /** How many attempts were sent; absent where a journal kept the reply. */
  readonly attempts: number | undefined;
  /** How long the call took, with all its attempts and waits; absent where a journal kept the reply. */
  readonly durationMs: number | undefined;
  /** The body as it was received. It is not enumerable: `JSON.stringify` and copies by `...` leave it out. */
  readonly raw: Uint8Array;
}

/** A page, and what came with it. */
export interface PageReply<T> extends Reply<T> {
  /** Its number: to begin there again, give it with the parameters. */
  readonly page: number;
}

/** What a reply's data came with. */
export type About = Omit<Reply<unknown>, "data" | "raw" | "response" | "attempts" | "durationMs">;

/** What to do next. */
export type Step =
  | { readonly next: "send"; readonly request: SignedRequest }
  | { readonly next: "wait"; readonly millis: number }
  /** The call is over. `json` is the data in canonical JSON: ids, amounts and times are text. */
  | { readonly next: "done"; readonly json: string; readonly about: About };
