// The core as the client drives it, without promises and without a transport.

import { begin, Exchange, encode, glue, load } from "../node_modules/xportcn/dist/inside.js";

export const ACCOUNT = { accessKey: "bench-key", accessSecret: "bench-secret", userId: "bench-user" };

let module;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => (module = await instantiate(...given));
await load();
/** The module's memory. */
export const { memory } = module.exports;
export const core = new glue.Core(JSON.stringify(ACCOUNT));

/** The data of an answer, and what came with it. */
export function read(id, body) {
  const reply = core.read(id, 200, body);
  const data = JSON.parse(reply.text());
  const about = JSON.parse(reply.about());
  reply.free();
  return { data, about };
}

/** Checks, encodes and signs a call. */
export function call(id, params) {
  // Parameters that are not unusual are written at once.
  const given = encode(id, params);
  return new Exchange(begin(core, id, given, undefined), given);
}
