import type { EndpointId } from "./generated/ids.js";
import type { ErrorKind, FailureKind } from "./kinds.js";

/** Something that happened to a call; `event` tells what. No secret, no signature and no body is in it. */
export type CallEvent = {
  /** When, in milliseconds since 1970. */
  readonly atMs: number;
} & (
  | {
      /** The call began. */
      readonly event: "started";
      readonly endpoint: EndpointId;
      /** Whether it changes something. */
      readonly isWrite: boolean;
    }
  | {
      /** The call waits for its place within the client's own `limit`. */
      readonly event: "limited";
      readonly waitMs: number;
    }
  | {
      /** An attempt is being sent. */
      readonly event: "sent";
      /** Its number, from 1. */
      readonly attempt: number;
      readonly method: "GET" | "POST";
      /** Without a signature. */
      readonly url: string;
      readonly timeoutMs: number;
    }
  | {
      /** An attempt was answered. */
      readonly event: "answered";
      readonly attempt: number;
      readonly durationMs: number;
      /** The HTTP status. */
      readonly status: number;
      /** The headers that matter, of those that came. */
      readonly headers: Readonly<Record<string, string>>;
      /** Bytes of the body. */
      readonly bytes: number;
      /** The platform's code, if it refused the call. */
      readonly code: string | null;
      readonly requestId: string | null;
    }
  | {
      /** An attempt has no answer. */
      readonly event: "failed";
      readonly attempt: number;
      readonly durationMs: number;
      readonly failure: FailureKind | "cancelled";
      /** Whether any of it may have left. */
      readonly maybeSent: boolean;
      /** The beginning of the transport's own words. */
      readonly detail: string;
    }
  | {
      /** A value in the reply did not fit its field and became null. */
      readonly event: "warned";
      readonly path: string;
      readonly expected: string;
      readonly found: string;
    }
  | {
      /** This machine's clock is off. The next attempt is signed with the platform's. */
      readonly event: "clock-corrected";
      /** How far it is behind; negative if it is ahead. */
      readonly behindMs: number;
    }
  | {
      /** Another attempt will follow. */
      readonly event: "retrying";
      readonly attempt: number;
      readonly waitMs: number;
      /** The kind of the error of the attempt before. */
      readonly error: ErrorKind;
      /** Whether the wait is as long as the platform asked for. */
      readonly isAsked: boolean;
    }
  | {
      /** The call is over. */
      readonly event: "ended";
      /** How many attempts were sent. */
      readonly attempts: number;
      /** With all waits. */
      readonly durationMs: number;
      /** The kind of its error; null if it succeeded. */
      readonly error: ErrorKind | null;
      /** The platform's code, if it refused the call. */
      readonly code: string | null;
      readonly requestId: string | null;
    }
);

/** The call of an event: one object for all events of a call, which tells calls apart that are made at the same time. */
export interface EventCall {
  readonly endpoint: EndpointId;
  /**
   * What the attempts that follow send besides, as a trace's context. It can be set when an attempt is `sent`; the headers
   * of the package stay as they are.
   */
  readonly headers: Record<string, string>;
}

/** What is told of each event of a call. What it throws costs no reply. */
export type EventListener = (event: CallEvent, call: EventCall) => void;
