import { glue, load, told } from "./core.js";
import { MisuseError } from "./errors.js";
import type { PushBody } from "./generated/messages.js";
import type { Warning } from "./types.js";

/** A pushed message: what fetch-like servers hand over, or its header and its body. */
export type PushInput =
  | { readonly headers: { get(name: string): string | null }; arrayBuffer(): Promise<ArrayBuffer> }
  | { readonly authorization: string | null | undefined; readonly body: string | ArrayBuffer | ArrayBufferView };

/** The account that messages are pushed to. */
export interface PushAccount {
  /** The developer's access key. */
  accessKey: string;
  /** The developer's access secret. */
  accessSecret: string;
}

/** A message that comes from the platform. `push` tells what its body is. */
export type PushMessage = PushBody & {
  /** The same for the same message: tells repeats. */
  readonly id: string;
  /** What the platform calls it. */
  readonly messageType: string | null;
  /** The platform's number for the marketplace. */
  readonly platform: number | null;
  /** When it was sent, with its offset. */
  readonly time: string | null;
  /** Whether the shape of the body is not published. */
  readonly inferred: boolean;
  /** Values that did not fit their fields and became null. */
  readonly warnings: readonly Warning[];
};

/**
 * Checks that a pushed message comes from the platform, in constant time, and reads it.
 *
 * The body is checked as it was received: give the request itself, or the raw body, and never one that was parsed and
 * written again. Answer with HTTP 200 within a second.
 */
export async function verifyPush(message: PushInput, account: PushAccount): Promise<PushMessage> {
  return readPush(message, account);
}

/** As {@link verifyPush}, for an account that has more. */
export async function readPush(message: PushInput, { accessKey, accessSecret }: PushAccount): Promise<PushMessage> {
  await load();
  const [authorization, body] = "arrayBuffer" in message ? await received(message) : given(message);
  const text = told(() => glue.readPush(accessKey, accessSecret, authorization ?? "", body));
  return JSON.parse(text) as PushMessage;
}

async function received(request: Extract<PushInput, { headers: unknown }>): Promise<[string | null, Uint8Array]> {
  try {
    return [request.headers.get("authorization"), new Uint8Array(await request.arrayBuffer())];
  } catch (cause) {
    throw misuse("the body of the pushed message cannot be read; was it read before?", cause);
  }
}

function given(message: Extract<PushInput, { body: unknown }>): [string | null | undefined, Uint8Array] {
  const { authorization, body } = message;
  if (typeof body === "string") return [authorization, new TextEncoder().encode(body)];
  if (body instanceof ArrayBuffer) return [authorization, new Uint8Array(body)];
  if (ArrayBuffer.isView(body)) return [authorization, new Uint8Array(body.buffer, body.byteOffset, body.byteLength)];
  throw misuse("the body of a pushed message must be given raw, as it was received: text or bytes");
}

function misuse(reason: string, cause?: unknown): MisuseError {
  return new MisuseError({ kind: "Misuse", text: reason, reason }, cause);
}
