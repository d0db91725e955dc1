/** The name of an error's kind, the same in every language. */
export type ErrorKind =
  | "AmbiguousWrite"
  | "Api"
  | "Cancelled"
  | "Config"
  | "Decode"
  | "Http"
  | "InvalidRequest"
  | "Journal"
  | "Load"
  | "Misuse"
  | "PushSignature"
  | "Timeout"
  | "Tools"
  | "Transport";

/** What a transport can say of a request without an answer. */
export type FailureKind = "connect" | "dns" | "tls" | "reset" | "timeout" | "broken" | "too-large" | "other";
