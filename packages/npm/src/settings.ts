import type { Fetch } from "./transport.js";

/** When a call is tried again, and how long it may take. */
export interface RetryOptions {
  /** Attempts after the first; 2 unless set. */
  retries?: number | undefined;
  /** Milliseconds that one attempt may take; 30000 unless set. */
  timeout?: number | undefined;
  /** Milliseconds that a call may take with all its attempts and waits; 60000 unless set. */
  deadline?: number | undefined;
  /** The bound of the first wait in milliseconds, which doubles; 500 unless set. */
  retryBase?: number | undefined;
  /** The largest bound of a wait in milliseconds; 8000 unless set. */
  retryCap?: number | undefined;
  /** Whether calls that write are tried again although they may have arrived. Orders may then be placed twice. */
  retryWrites?: boolean | undefined;
}

/** What one call has other than its client. */
export interface CallOptions extends RetryOptions {
  /** Ends the call when it is aborted. */
  signal?: AbortSignal | undefined;
}

/** The settings that the core checks. */
export interface Settings extends RetryOptions {
  /** The developer's access key. */
  accessKey: string;
  /** The developer's access secret. It is never shown, and is no secret in a page that others can open. */
  accessSecret: string;
  /** The sub-account to act for. */
  userId: string;
  /** Where the platform is, if not at its usual address. https, but for this machine. */
  baseUrl?: string | undefined;
  /** How requests are signed: `md5` unless set. */
  signature?: "md5" | "hmac-sha256" | undefined;
  /** The unit of the timestamp that is signed: seconds unless set. */
  timestampUnit?: "s" | "ms" | undefined;
  /** The most calls per second, and how many may follow each other at once. */
  limit?: { perSecond: number; burst?: number | undefined } | undefined;
  /** Other paths for endpoints, by id, as `/open/order/pay` or `POST /open/order/pay`. */
  paths?: Readonly<Record<string, string>> | undefined;
  /** The largest reply that is read, in bytes. */
  maxReplyBytes?: number | undefined;
  /** Whether a value in a reply that does not fit its field is an error. For tests. */
  strict?: boolean | undefined;
}

/** Where warnings go. The console is one. */
export interface Logger {
  /** A value in a reply did not fit its field, and became null. */
  warn(message: string): void;
}

/** What a client is made of. */
export interface ClientOptions extends Settings {
  /** What carries requests, if not the runtime's own fetch. */
  fetch?: Fetch | undefined;
  /** Where warnings go, if not to the console; null for nowhere. */
  logger?: Logger | null | undefined;
}

/** The core's names for options whose unit our names leave out. */
const NAMES: Readonly<Record<string, string>> = {
  timeout: "timeoutMs",
  deadline: "deadlineMs",
  retryBase: "baseMs",
  retryCap: "capMs",
};

/** The settings as the core reads them. Names that it does not know are its to refuse. */
export function settingsJson(settings: Settings): string {
  const { fetch: _fetch, logger: _logger, ...rest } = settings as ClientOptions;
  return json(rest);
}

/** The options of a call as the core reads them; empty if there are none. */
export function optionsJson(options: CallOptions | undefined): string {
  if (options === undefined) return "";
  const { signal: _signal, ...rest } = options;
  return json(rest);
}

/** The name that this package has for a setting of the core. */
export function settingName(field: string): string {
  return Object.keys(NAMES).find((name) => NAMES[name] === field) ?? field;
}

function json(options: object): string {
  const named = Object.entries(options).map(([name, value]) => [NAMES[name] ?? name, value]);
  // JSON would make null of infinity, and null is as if nothing were set.
  return JSON.stringify(Object.fromEntries(named), (_, value: unknown) =>
    (typeof value === "number" && !Number.isFinite(value)) || typeof value === "bigint" ? String(value) : value,
  );
}
