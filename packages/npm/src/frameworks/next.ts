// Pushed messages for route handlers of Next.js.

import { after } from "next/server";
import { answered } from "./fetch.js";
import { type PushOptions, type PushWork, Receiver } from "./receive.js";

export type { PushOptions, PushWork };

/**
 * A route handler of pushed messages: `export const POST = pushed({ accessKey, accessSecret }, async (message) => ..)`. It
 * answers with 200 and works then, by Next's `after`; with 401 where the signature is wrong, and with 413 where the body is
 * too large.
 */
export function pushed(options: PushOptions, work: PushWork): (request: Request) => Promise<Response> {
  const receiver = new Receiver(options, work);
  return (request) => answered(receiver, request, after);
}
