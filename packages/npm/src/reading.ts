// What the errors of runtimes and transports say. It imports nothing, so that a page's scripts stay one file.

import type { FailureKind } from "./kinds.js";
import type { Failure } from "./types.js";

/** What runtimes and transports report before a byte of the request has left, by code or, where there is none, by words. */
const UNSENT: readonly (readonly [RegExp, FailureKind])[] = [
  [/^(ENOTFOUND|EAI_|DNSException|getaddrinfo)/, "dns"],
  [
    /^(CERT|CRL|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|UNKNOWN_CERT)/,
    "tls",
  ],
  [/^ERR_TLS_(?!RENEGOTIATION|SESSION_ATTACK)|^UND_ERR_PRX_TLS|before secure TLS connection was established/, "tls"],
  [/^(ECONNREFUSED|ConnectionRefused|FailedToOpenSocket|UND_ERR_(CONNECT_TIMEOUT|CLOSED)|bad port$)/, "connect"],
  [/when HTTP Tunneling|^Fetch failed: Requests to port \d+ are blocked$/, "connect"],
  [/^UND_ERR_(INVALID_ARG|NOT_SUPPORTED)$/, "other"],
];
/** What a handshake ends with. Behind it, the same may end a connection that has carried the request. */
const HANDSHAKE = /^(ERR_SSL|EPROTO)/;
/** Alerts that servers send only in a handshake. With TLS 1.3 they look at the client's certificate after it. */
const ALERT =
  /alert(?![ _](protocol[ _]version|handshake[ _]failure|no[ _]application|insufficient|unrecognized|number))/i;

const RESET = /ECONNRESET|EPIPE|UND_ERR_SOCKET|ConnectionClosed|connection (reset|closed|lost)|broken pipe/i;

/** The errors of connections that never came about, where the runtime's own fetch tells all of them. */
let unconnected: WeakSet<object> | undefined;

/** Takes such errors from now on. */
export function neverConnected(): (error: unknown) => void {
  const heard = new WeakSet<object>();
  unconnected = heard;
  return (error) => {
    if (typeof error === "object" && error !== null) heard.add(error);
  };
}

/** What an error says about its request. What is not certain counts as sent. */
export function read(error: unknown, isOwn: boolean): Failure {
  const parts = causes(error);
  const detail = parts
    .map(words)
    .filter((text, at, all) => text && all.indexOf(text) === at)
    .join(": ");
  const known = parts.some((part) => unconnected?.has(part as object));
  const kinds = ends(error).map(
    (end) => unsent(end, isOwn || unconnected === undefined) ?? (known ? connecting(end) : undefined),
  );
  if (kinds.every((kind) => kind !== undefined)) {
    return { kind: kinds[0] ?? "other", maybeSent: false, detail, cause: error };
  }
  return { kind: RESET.test(detail) ? "reset" : "other", maybeSent: true, detail, cause: error };
}

/** How an error says that nothing was sent, if it does. */
function unsent(error: unknown, tellsHandshakes: boolean): FailureKind | undefined {
  const { code, syscall, message } = facts(error);
  for (const [pattern, kind] of UNSENT) {
    if (pattern.test(code) || pattern.test(message)) return kind;
  }
  if (syscall === "connect") return "connect";
  // Deno has no codes.
  if (message.includes("client error (Connect)")) {
    if (message.includes("dns error")) return "dns";
    return /certificate|tls/i.test(message) ? "tls" : "connect";
  }
  return tellsHandshakes && HANDSHAKE.test(code) && !ALERT.test(code + message) ? "tls" : undefined;
}

/** The kind of a failure to connect. */
function connecting(error: unknown): FailureKind {
  const { code, message } = facts(error);
  return HANDSHAKE.test(code) || /\b(TLS|SSL)\b/.test(message) ? "tls" : "connect";
}

function facts(error: unknown): { code: string; syscall: unknown; message: string } {
  const { code, syscall, message } = (error ?? {}) as { code?: unknown; syscall?: unknown; message?: unknown };
  return { code: String(code ?? ""), syscall, message: String(message ?? "") };
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
  const { code, message } = facts(error);
  return `${error.name}: ${message}${code && !message.includes(code) ? ` (${code})` : ""}`;
}
