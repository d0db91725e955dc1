import { isInstance, nameForCopies } from "./copies.js";
import { unusualScript } from "./core.js";
import type { FailureKind } from "./kinds.js";
import type { Failure } from "./types.js";

/**
 * What a transport of your own rejects with to tell what happened.
 *
 * `maybeSent` is false only where it is certain that nothing of the request has left: a call that writes is then tried
 * again.
 */
export class TransportFailure extends Error {
  /** What happened; `broken` is a body that could not be received as announced, `too-large` one beyond the limit. */
  readonly kind: FailureKind;
  /** Whether any byte of the request may have left. */
  readonly maybeSent: boolean;

  constructor(kind: FailureKind, maybeSent: boolean, detail = "", options?: ErrorOptions) {
    super(detail, options);
    this.name = "TransportFailure";
    this.kind = kind;
    this.maybeSent = maybeSent !== false;
  }

  /** @internal */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, value);
  }
}

nameForCopies(TransportFailure, "TransportFailure");

const RESET = /ECONNRESET|EPIPE|UND_ERR_SOCKET|ConnectionClosed|connection (reset|closed|lost)|broken pipe/i;

/** Reads the errors of this runtime's transports, if it tells what has become of a request. */
let read: ((error: unknown, isOwn: boolean) => Failure) | undefined;
let listen: (() => void) | undefined;

/** Sets what reads errors, and what it needs to be done once before a request is sent. */
export function readFailures(reader: (error: unknown, isOwn: boolean) => Failure, first?: () => void): void {
  read = reader;
  listen = first;
}

/** To be called before a request is sent. */
export function beforeSending(): void {
  listen?.();
  listen = undefined;
}

/** What an error of fetch, or of a function like it, says about its request. What is not certain counts as sent. */
export async function failureOf(error: unknown, isOwn: boolean): Promise<Failure> {
  try {
    if (error instanceof TransportFailure) {
      return { kind: error.kind, maybeSent: error.maybeSent !== false, detail: String(error.message), cause: error };
    }
    // What a page has of its own may tell more than the browser does; what reads it is loaded then.
    const reader = read ?? (isOwn ? (await unusualScript().catch(() => undefined))?.read : undefined);
    if (reader) return reader(error, isOwn);
    // Pages are not told why their own fetch has failed.
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { kind: RESET.test(detail) ? "reset" : "other", maybeSent: true, detail, cause: error };
  } catch {
    // An error that cannot even be looked at.
    return { kind: "other", maybeSent: true, detail: "", cause: error };
  }
}
