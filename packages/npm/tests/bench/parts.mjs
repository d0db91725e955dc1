// Where the time of a call and of a reply goes: rows without a peer, which show what no client can go below.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { begin, Exchange, encode } from "../node_modules/xportcn/dist/inside.js";
import { call, core, read } from "./core.mjs";
import { alone } from "./rows.mjs";

const ROW = "alibaba.product.keyword_search";
const decoder = new TextDecoder();

/** A row for each part. */
export function parts(inputs) {
  const { id, params } = JSON.parse(readFileSync(join(inputs, "params_order.json"), "utf8"));
  const given = encode(id, params);
  const random = new Uint8Array(32);
  const of = (part) => `of an order of 20 lines: ${part}`;
  alone(of("all"), () => {
    const exchange = call(id, params);
    exchange.step();
    exchange.free();
  });
  alone(of("JSON.stringify"), () => JSON.stringify(params));
  alone(of("JSON.stringify and the look at what it loses"), () => encode(id, params));
  alone(of("text into WebAssembly, checked and rewritten"), () => begin(core, id, given).free());
  alone(of("the same, and signed"), () => {
    const exchange = begin(core, id, given);
    exchange.step(Date.now(), random);
    exchange.free();
  });
  alone(of("the same, and its request as objects"), () => {
    const exchange = new Exchange(begin(core, id, given), given);
    exchange.step();
    exchange.free();
  });
  for (const [file, size, times] of [
    ["reply_1k", "1 KB", 1000],
    ["reply_24k", "24 KB", 50],
  ]) {
    const bytes = new Uint8Array(readFileSync(join(inputs, `${file}.json`)));
    const reply = core.read(ROW, 200, bytes);
    const text = reply.text();
    reply.free();
    const of = (part) => `of a reply of ${size}: ${part}`;
    alone(of("all"), () => read(ROW, bytes), times);
    alone(of("bytes into WebAssembly, checked and rewritten"), () => core.read(ROW, 200, bytes).free(), times);
    alone(of("JSON.parse of the core's text, whose ids are text"), () => JSON.parse(text), times);
    alone(of("TextDecoder, which only the peer needs"), () => decoder.decode(bytes), times);
  }
}
