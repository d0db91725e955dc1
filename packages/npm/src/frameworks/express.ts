// Pushed messages for Express, and for whatever else hands on Node's requests and responses.

import { type PushOptions, type PushWork, Receiver } from "./receive.js";

export type { PushOptions, PushWork };

/** What is used of a request of Node. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly headers: { readonly authorization?: string | undefined; readonly "content-type"?: string | undefined };
  /** Whether the body was read before. */
  readonly readableDidRead?: boolean;
  /** What `express.raw` has read. */
  readonly body?: unknown;
}

/** What is used of a response of Node. */
export interface NodeResponse {
  statusCode: number;
  end(then?: () => void): unknown;
  setHeader(name: string, value: string): unknown;
}

/**
 * A handler of pushed messages: `app.post("/pushed", pushed({ accessKey, accessSecret }, async (message) => ..))`. It answers
 * with 200 and works then, with 401 where the signature is wrong, and with 413 where the body is too large. Put it before
 * `express.json()`, which would parse the body; after `express.raw({ type: "*\/*" })` it may stand.
 */
export function pushed(
  options: PushOptions,
  work: PushWork,
): (request: NodeRequest, response: NodeResponse, next: (error?: unknown) => void) => void {
  const receiver = new Receiver(options, work);
  return (request, response, next) => void answered(receiver, request, response).catch(next);
}

async function answered(receiver: Receiver, request: NodeRequest, response: NodeResponse): Promise<void> {
  const { authorization, "content-type": type } = request.headers;
  const body = await whole(request, receiver.maxBytes);
  const { status, work } = body ? await receiver.receive(authorization, body, type) : { status: 413, work: undefined };
  response.statusCode = status;
  // The rest of a body that is not received would otherwise be taken for the next request.
  if (!body) response.setHeader("connection", "close");
  response.end(() => void work?.());
}

/** The body, if it is no larger; more is not received. */
async function whole(request: NodeRequest, most: number): Promise<Uint8Array | undefined> {
  if (request.body instanceof Uint8Array) return request.body.length > most ? undefined : request.body;
  if (request.readableDidRead) {
    throw new TypeError(
      "the body of the pushed message was parsed, and the signature is of its bytes: put the handler before express.json()",
    );
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  // Left early, it would close the connection before there is an answer.
  const reading = request[Symbol.asyncIterator]();
  for (let read = await reading.next(); !read.done; read = await reading.next()) {
    length += read.value.length;
    if (length > most) return undefined;
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
