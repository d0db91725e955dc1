import { bytesOf } from "./bytes.js";
import { utf8 } from "./charset.js";
import { keepName } from "./copies.js";
import { laterScript, loadLater, told } from "./core.js";
import { misuse } from "./errors.js";
import type { PushBody } from "./generated/messages.js";
import { header } from "./headers.js";
import { encode } from "./params.js";
import { wrong } from "./settings.js";
import type { Warning } from "./types.js";

/** A pushed message: what fetch-like servers hand over, or its header and its body. */
export type PushInput =
  | { readonly headers: { get(name: string): string | null }; arrayBuffer(): Promise<ArrayBuffer> }
  | {
      readonly authorization: string | null | undefined;
      readonly body: string | ArrayBuffer | ArrayBufferView;
      /** The header Content-Type, for bodies in another charset than UTF-8. */
      readonly contentType?: string | null | undefined;
    };

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
  const { accessKey, accessSecret } = Object(account) as Partial<PushAccount>;
  const key = credential("accessKey", accessKey);
  const secret = credential("accessSecret", accessSecret);
  // A page has no use for it, and does not load it.
  const { received } = await laterScript();
  const { authorization, body, contentType } = await received(message, { bytesOf, header, misuse });
  const text = utf8(body, contentType);
  const { readPush } = await loadLater();
  const read = told(() => readPush(key, secret, authorization, body, text === body ? undefined : text));
  return JSON.parse(read) as PushMessage;
}

keepName(verifyPush, "verifyPush");

/** What is sent, and for whom. */
export interface SignPushOptions extends PushAccount {
  /** The content, with the fields of its row; the documented example where there is none. */
  content?: unknown;
  /** 0 Taobao, 1 1688; for a kind of message that no table lists. */
  platform?: number | undefined;
  /** When it was pushed; now, unless it is given. The same message of the same moment has the same `id`. */
  time?: Date | undefined;
}

/** A message as the platform would send it: the header of this name, and the body to the last byte. */
export interface SignedPush {
  readonly authorization: string;
  readonly body: Uint8Array;
}

/**
 * A message as the platform pushes them, signed, for tests of what receives it: {@link verifyPush} accepts it. `message` is
 * the platform's name for its kind, as `ORDER_PAY_SUCCESS`, or the id of its row. A content that cannot be is refused.
 */
export async function signPush(message: string, options: SignPushOptions): Promise<SignedPush> {
  const { signed } = await laterScript();
  return signed(message, options, await loadLater(), { credential, encode, told });
}

keepName(signPush, "signPush");

function credential(field: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw wrong(field, "must be text");
}
