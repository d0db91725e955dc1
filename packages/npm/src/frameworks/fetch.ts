// Pushed messages for whatever serves by Request and Response.

import type { Receiver } from "./receive.js";

/** Lets work go on after the answer, as runtimes want it that end otherwise. */
export type Later = (work: () => Promise<void>) => void;

/** Starts work when the answer is on its way. */
export const soon: Later = (work) => void setTimeout(work, 0);

/** The answer to a request; the work goes to `later`. */
export async function answered(receiver: Receiver, request: Request, later: Later): Promise<Response> {
  if (request.bodyUsed)
    throw new TypeError("the body of the pushed message was read before: let nothing parse it first");
  const body = await whole(request, receiver.maxBytes);
  if (body === undefined) return new Response(null, { status: 413 });
  const { headers } = request;
  const type = headers.get("content-type") ?? undefined;
  const { status, work } = await receiver.receive(headers.get("authorization"), body, type);
  if (work) later(work);
  return new Response(null, { status });
}

/** The body, if it is no larger; more is not received. */
async function whole(request: Request, most: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get("content-length")) > most) return undefined;
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    length += read.value.length;
    if (length > most) {
      await reader?.cancel();
      return undefined;
    }
    pieces.push(read.value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return body;
}
