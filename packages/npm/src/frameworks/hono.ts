// Pushed messages for Hono, and for whatever else serves by Request and Response.

import { answered, type Later, soon } from "./fetch.js";
import { type PushOptions, type PushWork, Receiver } from "./receive.js";

export type { PushOptions, PushWork };

/** What is used of Hono's context. */
export interface HonoContext {
  readonly req: { readonly raw: Request };
  /** Throws where the runtime has none. */
  readonly executionCtx: { waitUntil(work: Promise<unknown>): void };
}

/**
 * A handler of pushed messages: `app.post("/pushed", pushed({ accessKey, accessSecret }, async (message) => ..))`. It answers
 * with 200 and works then, with 401 where the signature is wrong, and with 413 where the body is too large. Let nothing read
 * the body first.
 */
export function pushed(options: PushOptions, work: PushWork): (context: HonoContext) => Promise<Response> {
  const receiver = new Receiver(options, work);
  return (context) => answered(receiver, context.req.raw, later(context));
}

/** A server's whole handler: `Deno.serve(serve(options, work))`, `Bun.serve({ fetch: serve(options, work) })`, a route. */
export function serve(options: PushOptions, work: PushWork): (request: Request) => Promise<Response> {
  const receiver = new Receiver(options, work);
  return (request) => answered(receiver, request, soon);
}

function later(context: HonoContext): Later {
  return (work) => {
    const done = new Promise<void>((resolve) => void setTimeout(resolve, 0)).then(work);
    try {
      context.executionCtx.waitUntil(done);
    } catch {
      // A server that does not end needs no word of it.
    }
  };
}
