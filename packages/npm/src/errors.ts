import { isInstance, nameForCopies } from "./copies.js";
import type { EndpointId } from "./generated/ids.js";
import type { AnswerHead } from "./headers.js";
import type { ErrorKind } from "./kinds.js";

/** What the core tells of an error. */
export interface ErrorFacts {
  readonly kind: string;
  readonly text: string;
  readonly [name: string]: unknown;
}

/** Any error of this package, told apart by its `kind`. */
export type AnyXportcnError =
  | AmbiguousWriteError
  | ApiError
  | CancelledError
  | ConfigError
  | DecodeError
  | HttpError
  | InvalidRequestError
  | LoadError
  | MisuseError
  | PushSignatureError
  | TimeoutError
  | TransportError;

/** The members that all errors have. */
const COMMON = ["endpoint", "requestId", "response", "attempts", "durationMs"];

/** What an error is made of, where a test makes one: any of its members. Those that are not given are empty. */
export type ErrorMembers<E extends XportcnError> = Partial<Omit<E, "kind" | "name" | "stack">>;

/** Any error of this package. */
export class XportcnError extends Error {
  /** The name of the error's kind, the same in every language. */
  declare readonly kind: ErrorKind;
  /** The endpoint that was called. */
  declare readonly endpoint: EndpointId | (string & {}) | undefined;
  /** The platform's name for the call, where it gave one. */
  declare readonly requestId: string | undefined;
  /** Whether the same call may succeed later. Says nothing about whether it is safe to repeat a write. */
  declare readonly isRetryable: boolean;
  /** The status and the headers of the last answer, where there was one. */
  declare readonly response: AnswerHead | undefined;
  /** How many attempts were sent, where a call began. */
  declare readonly attempts: number | undefined;
  /** How long the call took, with all its attempts and waits, where one began. */
  declare readonly durationMs: number | undefined;

  constructor(members: ErrorMembers<XportcnError> = {}) {
    const given = members as Record<string, unknown>;
    const { kind = given.kind, empty } = new.target.prototype as unknown as { kind?: ErrorKind; empty?: object };
    const { message, reason, platformMessage, detail, cause } = given;
    super(String(message ?? reason ?? platformMessage ?? detail ?? kind), cause === undefined ? undefined : { cause });
    const own: Record<string, unknown> = { kind, isRetryable: false, ...empty };
    for (const name of [...COMMON, ...Object.keys(own)]) own[name] = given[name] ?? own[name];
    Object.assign(this, own);
  }

  /** Holds for errors of other copies of this package, too. */
  static override [Symbol.hasInstance]<E>(
    this: abstract new (
      ...given: never[]
    ) => E,
    value: unknown,
  ): value is XportcnError extends E ? AnyXportcnError : E {
    return isInstance(this, value);
  }
}

/** A call that writes was sent, and its answer is lost: it may have been carried out. */
export class AmbiguousWriteError extends XportcnError {
  declare readonly kind: "AmbiguousWrite";
  /** How to find out whether it was carried out. */
  declare readonly recovery: string;
  /**
   * The write, as text that can be kept: {@link Xportcn.recover} looks for it, in another process too. It holds no
   * secret, but the parameters as they were sent.
   */
  declare readonly ticket: string;
  /** What happened to the answer. */
  declare readonly cause: XportcnError;

  constructor(members?: ErrorMembers<AmbiguousWriteError>) {
    super({ cause: new TimeoutError(), ...members });
  }
}

/** The platform refused the call. */
export class ApiError extends XportcnError {
  declare readonly kind: "Api";
  /** The platform's code. */
  declare readonly code: string;
  /** The platform's words. */
  declare readonly platformMessage: string;
  /** The beginning of the body. */
  declare readonly bodyHead: string;
  /** What may help, where the platform knows no such path or method. */
  declare readonly hint: string | undefined;

  constructor(members?: ErrorMembers<ApiError>) {
    super(members);
  }
}

/** The caller did not want the call any more: its signal was aborted. Nothing was carried out. */
export class CancelledError extends XportcnError {
  declare readonly kind: "Cancelled";

  constructor(members?: ErrorMembers<CancelledError>) {
    super(members);
  }
}

/** The client is set up wrongly. */
export class ConfigError extends XportcnError {
  declare readonly kind: "Config";
  /** The setting. */
  declare readonly field: string;
  /** What is wrong with it. */
  declare readonly reason: string;

  constructor(members?: ErrorMembers<ConfigError>) {
    super(members);
  }
}

/** The platform answered, but not with a reply that can be read. */
export class DecodeError extends XportcnError {
  declare readonly kind: "Decode";
  /** The field; empty for the body as a whole. */
  declare readonly path: string;
  /** What is wrong with it. */
  declare readonly reason: string;
  /** The beginning of the body. */
  declare readonly bodyHead: string;

  constructor(members?: ErrorMembers<DecodeError>) {
    super(members);
  }
}

/** The answer has another HTTP status than success, and is none of the platform's replies. */
export class HttpError extends XportcnError {
  declare readonly kind: "Http";
  /** The HTTP status. */
  declare readonly status: number;
  /** The beginning of the body. */
  declare readonly bodyHead: string;
  /** What may help. */
  declare readonly hint: string | undefined;

  constructor(members?: ErrorMembers<HttpError>) {
    super(members);
  }
}

/** The request is wrong. Nothing was sent. */
export class InvalidRequestError extends XportcnError {
  declare readonly kind: "InvalidRequest";
  /** The field, as `orderLineList[0].offerId`; empty for the request as a whole. */
  declare readonly path: string;
  /** What is wrong with it. */
  declare readonly reason: string;

  constructor(members?: ErrorMembers<InvalidRequestError>) {
    super(members);
  }
}

/** The core's WebAssembly module could not be loaded. Nothing was sent; the next call tries again. */
export class LoadError extends XportcnError {
  declare readonly kind: "Load";

  constructor(members?: ErrorMembers<LoadError>) {
    super(members);
  }
}

/** The package was used wrongly. */
export class MisuseError extends XportcnError {
  declare readonly kind: "Misuse";
  /** What is wrong. */
  declare readonly reason: string;

  constructor(members?: ErrorMembers<MisuseError>) {
    super(members);
  }
}

/** A pushed message does not come from the platform, or was changed on its way. */
export class PushSignatureError extends XportcnError {
  declare readonly kind: "PushSignature";
  /** What is wrong. */
  declare readonly reason: string;

  constructor(members?: ErrorMembers<PushSignatureError>) {
    super(members);
  }
}

/** No answer came in time. */
export class TimeoutError extends XportcnError {
  declare readonly kind: "Timeout";

  constructor(members?: ErrorMembers<TimeoutError>) {
    super(members);
  }
}

/** What happened to a request on its way. */
export type TransportKind = "connect" | "dns" | "tls" | "reset" | "other";

/** The request or its answer was lost on the way. */
export class TransportError extends XportcnError {
  declare readonly kind: "Transport";
  /** What happened. */
  declare readonly transportKind: TransportKind;
  /** The transport's own words. */
  declare readonly detail: string;

  constructor(members?: ErrorMembers<TransportError>) {
    super(members);
  }
}

/** The classes by the kinds of errors, and of each what its members are where they are not given. */
const CLASSES: Record<string, readonly [new (members?: never) => XportcnError, object?]> = {
  AmbiguousWrite: [AmbiguousWriteError, { recovery: "", ticket: "" }],
  Api: [ApiError, { code: "", platformMessage: "", bodyHead: "", hint: undefined }],
  Cancelled: [CancelledError],
  Config: [ConfigError, { field: "", reason: "" }],
  Decode: [DecodeError, { path: "", reason: "", bodyHead: "" }],
  Http: [HttpError, { status: 0, bodyHead: "", hint: undefined }],
  InvalidRequest: [InvalidRequestError, { path: "", reason: "" }],
  Load: [LoadError],
  Misuse: [MisuseError, { reason: "" }],
  PushSignature: [PushSignatureError, { reason: "" }],
  Timeout: [TimeoutError],
  Transport: [TransportError, { transportKind: "other", detail: "" }],
};

nameForCopies(XportcnError, "XportcnError");
for (const [kind, [error, empty]] of Object.entries(CLASSES)) {
  const name = `${kind}Error`;
  for (const [key, value] of Object.entries({ name, kind, empty })) {
    Object.defineProperty(error.prototype, key, { value, configurable: true, writable: true });
  }
  nameForCopies(error, name);
}

/** The package was used wrongly, as this reason says. */
export function misuse(reason: string, cause?: unknown): MisuseError {
  return new MisuseError({ reason, cause });
}

/** The caller did not want a call any more, and it was not sent. */
export function cancelled(endpoint: string, cause: unknown): CancelledError {
  return new CancelledError({ message: `${endpoint} was cancelled`, endpoint, cause });
}

/** The caller did not want to know any longer what became of the write of this ticket. */
export function unsearched(ticket: string, cause: unknown): AmbiguousWriteError {
  const { endpoint } = JSON.parse(ticket) as { endpoint: string };
  const recovery = "look again with the ticket";
  const message = `${endpoint} may have been carried out: the search for it was cancelled; ${recovery}`;
  const reason = new CancelledError({ message: "the search was cancelled", cause });
  return new AmbiguousWriteError({ message, endpoint, recovery, ticket, cause: reason });
}

/** The error with these facts; `cause` is what the host itself has to tell. */
export function fromFacts(facts: ErrorFacts, cause?: unknown): XportcnError {
  const { text, message: platformMessage, cause: inner, ...rest } = facts;
  const [type] = CLASSES[facts.kind] ?? [XportcnError];
  const reason = inner ? fromFacts(inner as ErrorFacts, cause) : cause;
  return new type({ ...rest, message: text, platformMessage, cause: reason } as never);
}

/** The error that the core threw: its facts as JSON. What is no text is the host's own, a trap for example. */
export function fromCore(thrown: unknown, cause?: unknown): unknown {
  return typeof thrown === "string" ? fromFacts(JSON.parse(thrown) as ErrorFacts, cause) : thrown;
}
