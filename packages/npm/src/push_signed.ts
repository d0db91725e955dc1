// Makes pushed messages for tests. It imports nothing, so that a page's scripts stay one file.

import type { told } from "./core.js";
import type { encode } from "./params.js";
import type { SignedPush, SignPushOptions } from "./push.js";

/** The core's function. */
interface Signer {
  signPush: typeof import("./core/later.js").signPush;
}

/** What the rest of the package lends. */
export interface SignTools {
  readonly credential: (field: string, value: unknown) => string;
  readonly encode: typeof encode;
  readonly told: typeof told;
}

/** The message, signed. */
export async function signed(
  message: string,
  options: SignPushOptions,
  core: Signer,
  tools: SignTools,
): Promise<SignedPush> {
  const { credential, encode, told } = tools;
  const { accessKey, accessSecret, content, platform, time } = Object(options) as Partial<SignPushOptions>;
  const key = credential("accessKey", accessKey);
  const secret = credential("accessSecret", accessSecret);
  const name = credential("message", message);
  const json = content === undefined ? "" : await encode(name, content);
  const moment = time === undefined ? undefined : Number(time);
  const text = told(() => core.signPush(key, secret, name, json, platform, moment, Date.now()));
  const [authorization = "", body = ""] = text.split("\n");
  return { authorization, body: new TextEncoder().encode(body) };
}
