export type { PagedCall, PlainCall } from "./calling.js";
export { Xportcn } from "./client.js";
export { type CoreSource, load } from "./core.js";
export {
  AmbiguousWriteError,
  ApiError,
  CancelledError,
  ConfigError,
  DecodeError,
  HttpError,
  InvalidRequestError,
  LoadError,
  MisuseError,
  PushSignatureError,
  TimeoutError,
  TransportError,
  type TransportKind,
  XportcnError,
} from "./errors.js";
export { type About, Exchange, type SignedRequest, type Step } from "./exchange.js";
export { type FailureKind, TransportFailure } from "./failures.js";
export type * from "./generated/types.js";
export { type PushAccount, type PushInput, type PushMessage, verifyPush } from "./push.js";
export { Call, Pages, type Reply, type Warning } from "./reply.js";
export type { CallOptions, ClientOptions, Logger, RetryOptions } from "./settings.js";
export type { Fetch, TransportRequest, TransportResponse } from "./transport.js";
