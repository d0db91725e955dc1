export type { IdOf, PagedCall, PlainCall } from "./calling.js";
export { Xportcn } from "./client.js";
export { type CoreSource, load } from "./core.js";
export {
  AmbiguousWriteError,
  type AnyXportcnError,
  ApiError,
  CancelledError,
  ConfigError,
  DecodeError,
  type ErrorMembers,
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
export type { CallEvent, EventCall, EventListener } from "./events.js";
export { Exchange } from "./exchange.js";
export { TransportFailure } from "./failures.js";
export type { Endpoints } from "./generated/endpoints.js";
export type { EndpointId } from "./generated/ids.js";
export type { Limit, RetryOptions } from "./generated/settings.js";
export type * from "./generated/types.js";
export type { AnswerHead, AnswerHeaders } from "./headers.js";
export type { ErrorKind, FailureKind } from "./kinds.js";
export {
  type PushAccount,
  type PushInput,
  type PushMessage,
  type SignedPush,
  type SignPushOptions,
  signPush,
  verifyPush,
} from "./push.js";
export type { Outcome } from "./recovery.js";
export { type ArrayOptions, Call, type Items, ListCall, Pages } from "./reply.js";
export type { FetchResponse, Module, Signal } from "./runtime.js";
export type {
  About,
  CallOptions,
  ClientOptions,
  Fetch,
  Logger,
  LogLevel,
  PageReply,
  Reply,
  SignedRequest,
  Step,
  TransportRequest,
  TransportResponse,
  Warning,
} from "./types.js";
export type { Waited } from "./waited.js";
