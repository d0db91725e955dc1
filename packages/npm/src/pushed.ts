// Takes what a program hands over as a pushed message. It imports nothing, so that a page's scripts stay one file.

import type { bytesOf } from "./bytes.js";
import type { misuse } from "./errors.js";
import type { header } from "./headers.js";

/** A message as it was received. */
export interface Received {
  readonly authorization: string;
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
}

/** What the rest of the package lends. */
export interface Tools {
  readonly bytesOf: typeof bytesOf;
  readonly header: typeof header;
  readonly misuse: typeof misuse;
}

const RAW = "give the raw body, as it was received: `{ authorization, body }`";
const NODE = "give `{ authorization: request.headers.authorization, body }` with the raw body";

/** The message in what was handed over; a misuse if there is none. */
export async function received(message: unknown, tools: Tools): Promise<Received> {
  const { bytesOf, header, misuse } = tools;
  const given = Object(message) as Record<string, unknown>;
  const { headers, arrayBuffer, bodyUsed } = given;
  if (typeof arrayBuffer !== "function" || typeof (Object(headers) as { get?: unknown }).get !== "function") {
    return parts(given, tools);
  }
  if (bodyUsed === true) throw misuse("the body of the pushed message was read before; give a clone of the request");
  let body: Uint8Array | undefined;
  try {
    body = bytesOf(await (message as Request).arrayBuffer());
  } catch (cause) {
    throw misuse("the body of the pushed message cannot be read; was it read before?", cause);
  }
  if (body === undefined) throw misuse(`the request gives no bytes; ${RAW}`);
  const contentType = header(headers, "content-type");
  return { authorization: header(headers, "authorization") ?? "", body, contentType };
}

function parts(given: Record<string, unknown>, { bytesOf, misuse }: Tools): Received {
  const { authorization, body, contentType } = given;
  const isRequest = authorization === undefined && ["headers", "raw", "req", "request"].some((name) => name in given);
  if (isRequest || !("body" in given)) throw misuse(diagnosis(given, bytesOf));
  if (authorization != null && typeof authorization !== "string") {
    throw misuse("`authorization` must be the text of this header");
  }
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : bytesOf(body);
  if (bytes === undefined) throw misuse(`${wrongBody(body)}; ${RAW}`);
  const type = typeof body === "string" ? undefined : (contentType as string | undefined);
  return { authorization: authorization ?? "", body: bytes, contentType: type };
}

function wrongBody(body: unknown): string {
  if (body == null) return "there is no body";
  if (typeof (body as { then?: unknown }).then === "function") return "the body is a promise: await it";
  const isStream = typeof body === "object" && (Symbol.asyncIterator in body || "getReader" in body);
  if (isStream) return "the body is a stream: read it whole";
  return "the body was parsed, and the signature is of its bytes";
}

/** What somebody took for a message. */
function diagnosis(given: Record<string, unknown>, bytesOf: Tools["bytesOf"]): string {
  const { req, request, raw, headers, body, rawBody, isBase64Encoded } = given;
  const isFetch = (value: unknown) => typeof (Object(value) as { arrayBuffer?: unknown }).arrayBuffer === "function";
  if (isFetch(Object(req).raw)) return "this is a context of Hono: give `context.req.raw`";
  if (isFetch(raw)) return "this is a request of Hono: give its `raw`";
  if (isFetch(request)) return "this is a context: give its `request`";
  if (isBase64Encoded !== undefined) {
    return "this is an event of Lambda: give `{ authorization, body }`, its body as bytes if it `isBase64Encoded`";
  }
  if (req !== undefined || request !== undefined) return `this is a context, as of Koa: ${NODE}`;
  if (headers !== undefined) {
    const keeps = "Express keeps it by `express.raw({ type: '*/*' })`";
    if (bytesOf(rawBody)) return `this is a request of Node: ${NODE}, here \`request.rawBody\``;
    const isParsed = typeof body === "object" && body !== null && !bytesOf(body);
    return `this is a request of Node${isParsed ? " whose body was parsed" : ""}: ${NODE}; ${keeps}`;
  }
  return `this is no request, but perhaps its parsed body; ${RAW}`;
}
