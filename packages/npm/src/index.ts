export { Xportcn } from "./client.js";
export { load, type CoreSource } from "./core.js";
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
  XportcnError,
  type TransportKind,
} from "./errors.js";
export { Exchange, type About, type SignedRequest, type Step } from "./exchange.js";
export { TransportFailure, type FailureKind } from "./failures.js";
export { verifyPush, type PushAccount, type PushInput, type PushMessage } from "./push.js";
export { Call, Pages, type Reply, type Warning } from "./reply.js";
export type { PagedCall, PlainCall } from "./calling.js";
export type { CallOptions, ClientOptions, Logger, RetryOptions } from "./settings.js";
export type { Fetch, TransportRequest, TransportResponse } from "./transport.js";
export type * from "./generated/types.js";
