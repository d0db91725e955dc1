import { isInstance, nameForCopies } from "./copies.js";
import type { Failure, FailureKind } from "./types.js";

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
    this.maybeSent = maybeSent;
  }

  /** @internal */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, value);
  }
}

nameForCopies(TransportFailure, "TransportFailure");

/** What runtimes report before a byte of the request has left: Node and undici, and Bun. */
const UNSENT: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: "connect",
  ConnectionRefused: "connect",
  FailedToOpenSocket: "connect",
  UND_ERR_CONNECT_TIMEOUT: "connect",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  DNSException: "dns",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls",
  SELF_SIGNED_CERT_IN_CHAIN: "tls",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls",
  CERT_HAS_EXPIRED: "tls",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls",
};

const RESET = /ECONNRESET|EPIPE|UND_ERR_SOCKET|ConnectionClosed|connection (reset|closed|lost)|broken pipe/i;

/** What an error of fetch says about its request. What is not certain counts as sent. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TransportFailure) {
    return { kind: error.kind, maybeSent: error.maybeSent, detail: error.message, cause: error };
  }
  const parts = causes(error);
  const detail = parts
    .map(words)
    .filter((text, at, all) => text && all.indexOf(text) === at)
    .join(": ");
  const kinds = ends(error).map(unsent);
  if (kinds.every((kind) => kind !== undefined)) {
    return { kind: kinds[0] ?? "other", maybeSent: false, detail, cause: error };
  }
  return { kind: RESET.test(detail) ? "reset" : "other", maybeSent: true, detail, cause: error };
}

/** How an error says that nothing was sent, if it does. */
function unsent(error: unknown): FailureKind | undefined {
  const { code, syscall, message } = (error ?? {}) as { code?: unknown; syscall?: unknown; message?: unknown };
  if (typeof code === "string" && Object.hasOwn(UNSENT, code)) return UNSENT[code];
  if (syscall === "connect") return "connect";
  // Deno has no codes.
  if (typeof message === "string" && message.includes("client error (Connect)")) {
    if (message.includes("dns error")) return "dns";
    return /certificate|tls/i.test(message) ? "tls" : "connect";
  }
  return undefined;
}

/** An error, and what caused it. */
function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let next = error; next != null && found.length < 5; next = (next as { cause?: unknown }).cause) found.push(next);
  return found;
}

/** What is at the end of the causes: several errors where several addresses were tried. */
function ends(error: unknown): unknown[] {
  const last = causes(error).at(-1);
  const several = (last as { errors?: unknown } | undefined)?.errors;
  return Array.isArray(several) && several.length > 0 ? several : [last];
}

function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  const named = typeof code === "string" && !error.message.includes(code) ? ` (${code})` : "";
  return `${error.name}: ${error.message}${named}`;
}
