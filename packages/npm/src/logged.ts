// The lines of the log that few programs ask for. It imports nothing that the rest imports, so that a page's scripts stay one
// file.

import type { CallEvent } from "./events.js";

/** The level of an event and its line, unless a line for the whole reply says it. */
export function logged(event: CallEvent): readonly ["debug" | "info", string] | undefined {
  switch (event.event) {
    case "started":
      return ["debug", event.isWrite ? "begins, and writes" : "begins"];
    case "limited":
      return ["info", `waits ${event.waitMs} ms for the client's own limit`];
    case "sent":
      return ["debug", `attempt ${event.attempt}: ${event.method} ${event.url}`];
    case "answered": {
      const { attempt, status, durationMs, bytes, code, requestId } = event;
      return [
        "debug",
        `attempt ${attempt}: HTTP ${status} after ${durationMs} ms, ${bytes} bytes${named(code, requestId)}`,
      ];
    }
    case "failed": {
      const { attempt, failure, durationMs, maybeSent, detail } = event;
      const words = `${maybeSent ? "" : ", nothing was sent"}${detail ? `: ${detail}` : ""}`;
      return ["debug", `attempt ${attempt}: ${failure} after ${durationMs} ms${words}`];
    }
    case "clock-corrected":
      return ["info", `this clock is ${event.behindMs} ms behind the platform's, which is taken`];
    case "retrying": {
      const { attempt, waitMs, error, isAsked } = event;
      return ["info", `attempt ${attempt} follows in ${waitMs} ms${isAsked ? ", as asked for," : ""} after ${error}`];
    }
    case "ended": {
      const { attempts, durationMs, error, code, requestId } = event;
      const end = error === null ? "done" : error;
      return ["debug", `${end} after ${durationMs} ms, attempts: ${attempts}${named(code, requestId)}`];
    }
    default:
      return undefined;
  }
}

function named(code: string | null, requestId: string | null): string {
  return `${code === null ? "" : `, code ${code}`}${requestId === null ? "" : `, request ${requestId}`}`;
}
