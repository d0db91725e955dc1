import { isInstance, nameForCopies } from "./copies.js";

/** What the core tells of an error. */
export interface ErrorFacts {
  readonly kind: string;
  readonly text: string;
  readonly isRetryable?: boolean;
  readonly [name: string]: unknown;
}

/** Any error of this package. */
export class XportcnError extends Error {
  /** The name of the error's kind, the same in every language. */
  readonly kind: string;
  /** The endpoint that was called. */
  readonly endpoint: string | undefined;
  /** The platform's name for the call, where it gave one. */
  readonly requestId: string | undefined;
  /** Whether the same call may succeed later. Says nothing about whether it is safe to repeat a write. */
  readonly isRetryable: boolean;

  /** @internal */
  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts.text, cause === undefined ? undefined : { cause });
    this.kind = facts.kind;
    this.endpoint = text(facts, "endpoint");
    this.requestId = text(facts, "requestId");
    this.isRetryable = facts.isRetryable === true;
  }

  /** @internal */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstance(this, value);
  }
}

/** A call that writes was sent, and its answer is lost: it may have been carried out. */
export class AmbiguousWriteError extends XportcnError {
  /** How to find out whether it was carried out. */
  readonly recovery: string;
  /**
   * The write, as text that can be kept: {@link Xportcn.recover} looks for it, in another process too. It holds no
   * secret, but the parameters as they were sent.
   */
  readonly ticket: string;
  /** What happened to the answer. */
  declare readonly cause: XportcnError;

  /** @internal */
  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts, fromFacts(facts.cause as ErrorFacts, cause));
    this.recovery = text(facts, "recovery") ?? "";
    this.ticket = text(facts, "ticket") ?? "";
  }
}

/** The platform refused the call. */
export class ApiError extends XportcnError {
  /** The platform's code. */
  readonly code: string;
  /** The platform's words. */
  readonly platformMessage: string;
  /** The beginning of the body. */
  readonly bodyHead: string;
  /** What may help, where the platform knows no such path or method. */
  readonly hint: string | undefined;

  /** @internal */
  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts, cause);
    this.code = text(facts, "code") ?? "";
    this.platformMessage = text(facts, "message") ?? "";
    this.bodyHead = text(facts, "bodyHead") ?? "";
    this.hint = text(facts, "hint");
  }
}

/** The caller did not want the call any more: its signal was aborted. Nothing was carried out. */
export class CancelledError extends XportcnError {}

/** The client is set up wrongly. */
export class ConfigError extends XportcnError {
  /** The setting. */
  readonly field: string;
  /** What is wrong with it. */
  readonly reason: string;

  /** @internal */
  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts, cause);
    this.field = text(facts, "field") ?? "";
    this.reason = text(facts, "reason") ?? "";
  }
}

/** The platform answered, but not with a reply that can be read. */
export class DecodeError extends XportcnError {
  /** The field; empty for the body as a whole. */
  readonly path: string;
  /** What is wrong with it. */
  readonly reason: string;
  /** The beginning of the body. */
  readonly bodyHead: string;

  /** @internal */
  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts, cause);
    this.path = text(facts, "path") ?? "";
    this.reason = text(facts, "reason") ?? "";
    this.bodyHead = text(facts, "bodyHead") ?? "";
  }
}

/** The answer has another HTTP status than success, and is none of the platform's replies. */
export class HttpError extends XportcnError {
  /** The HTTP status. */
  readonly status: number;
  /** The beginning of the body. */
  readonly bodyHead: string;
  /** What may help. */
  readonly hint: string | undefined;

  /** @internal */
  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts, cause);
    this.status = Number(facts.status);
    this.bodyHead = text(facts, "bodyHead") ?? "";
    this.hint = text(facts, "hint");
  }
}

/** The request is wrong. Nothing was sent. */
export class InvalidRequestError extends XportcnError {
  /** The field, as `orderLineList[0].offerId`; empty for the request as a whole. */
  readonly path: string;
  /** What is wrong with it. */
  readonly reason: string;

  /** @internal */
  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts, cause);
    this.path = text(facts, "path") ?? "";
    this.reason = text(facts, "reason") ?? "";
  }
}

/** The core's WebAssembly module could not be loaded. Nothing was sent; the next call tries again. */
export class LoadError extends XportcnError {}

/** The package was used wrongly. */
export class MisuseError extends XportcnError {
  /** What is wrong. */
  readonly reason: string;

  /** @internal */
  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts, cause);
    this.reason = text(facts, "reason") ?? "";
  }
}

/** A pushed message does not come from the platform, or was changed on its way. */
export class PushSignatureError extends XportcnError {
  /** What is wrong. */
  readonly reason: string;

  /** @internal */
  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts, cause);
    this.reason = text(facts, "reason") ?? "";
  }
}

/** No answer came in time. */
export class TimeoutError extends XportcnError {}

/** What happened to a request on its way. */
export type TransportKind = "connect" | "dns" | "tls" | "reset" | "other";

/** The request or its answer was lost on the way. */
export class TransportError extends XportcnError {
  /** What happened. */
  readonly transportKind: TransportKind;
  /** The transport's own words. */
  readonly detail: string;

  /** @internal */
  constructor(facts: ErrorFacts, cause?: unknown) {
    super(facts, cause);
    this.transportKind = text(facts, "transportKind") as TransportKind;
    this.detail = text(facts, "detail") ?? "";
  }
}

const CLASSES: Record<string, new (facts: ErrorFacts, cause?: unknown) => XportcnError> = {
  AmbiguousWrite: AmbiguousWriteError,
  Api: ApiError,
  Cancelled: CancelledError,
  Config: ConfigError,
  Decode: DecodeError,
  Http: HttpError,
  InvalidRequest: InvalidRequestError,
  Load: LoadError,
  Misuse: MisuseError,
  PushSignature: PushSignatureError,
  Timeout: TimeoutError,
  Transport: TransportError,
};

nameForCopies(XportcnError, "XportcnError");
for (const [kind, error] of Object.entries(CLASSES)) {
  Object.defineProperty(error.prototype, "name", { value: `${kind}Error`, configurable: true });
  nameForCopies(error, `${kind}Error`);
}

/** The package was used wrongly, as this reason says. */
export function misuse(reason: string, cause?: unknown): MisuseError {
  return new MisuseError({ kind: "Misuse", text: reason, reason }, cause);
}

/** The caller did not want a call any more, and it was not sent. */
export function cancelled(endpoint: string, cause: unknown): CancelledError {
  return new CancelledError({ kind: "Cancelled", text: `${endpoint} was cancelled`, endpoint }, cause);
}

/** The caller did not want to know any longer what became of the write of this ticket. */
export function unsearched(ticket: string, cause: unknown): AmbiguousWriteError {
  const { endpoint } = JSON.parse(ticket) as { endpoint: string };
  const recovery = "look again with the ticket";
  const text = `${endpoint} may have been carried out: the search for it was cancelled; ${recovery}`;
  const facts = { kind: "AmbiguousWrite", text, endpoint, recovery, ticket };
  return new AmbiguousWriteError({ ...facts, cause: { kind: "Cancelled", text: "the search was cancelled" } }, cause);
}

/** The error with these facts; `cause` is what the host itself has to tell. */
export function fromFacts(facts: ErrorFacts, cause?: unknown): XportcnError {
  return new (CLASSES[facts.kind] ?? XportcnError)(facts, cause);
}

/** The error that the core threw: its facts as JSON. What is no text is the host's own, a trap for example. */
export function fromCore(thrown: unknown, cause?: unknown): unknown {
  return typeof thrown === "string" ? fromFacts(JSON.parse(thrown) as ErrorFacts, cause) : thrown;
}

function text(facts: ErrorFacts, name: string): string | undefined {
  const value = facts[name];
  return typeof value === "string" ? value : undefined;
}
