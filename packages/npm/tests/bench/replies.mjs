// Reading: from the bytes of an answer to its data.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import jsonBigint from "json-bigint";
import { parse as losslessParse } from "lossless-json";
import { read } from "./core.mjs";
import { OfferReply } from "./offers.mjs";
import { beside } from "./rows.mjs";

const decoder = new TextDecoder();
const PEERS = {
  "JSON.parse(TextDecoder)": (bytes) => JSON.parse(decoder.decode(bytes)),
  "json-bigint": (bytes) => jsonBigint.parse(decoder.decode(bytes)),
  "lossless-json": (bytes) => losslessParse(decoder.decode(bytes)),
  "zod and JSON.parse": (bytes) => OfferReply.parse(JSON.parse(decoder.decode(bytes))),
};
const BUDGETS = { "JSON.parse(TextDecoder)": 1.6, "json-bigint": 0.5, "lossless-json": 0.5 };

/** A row for each size and peer. The budgets are for 24 KB. */
export function replies(inputs) {
  for (const [file, size, rounds] of [
    ["reply_1k", "1 KB", 31],
    ["reply_24k", "24 KB", 61],
    ["reply_1m", "1 MB", 21],
    ["reply_10m", "10 MB", 5],
  ]) {
    const bytes = new Uint8Array(readFileSync(join(inputs, `${file}.json`)));
    const times = Math.ceil(1_000_000 / bytes.length);
    for (const [peer, theirs] of Object.entries(PEERS)) {
      const budget = size === "24 KB" ? BUDGETS[peer] : undefined;
      const ours = () => read("alibaba.product.keyword_search", bytes);
      beside(`read a reply of ${size}`, ours, peer, () => theirs(bytes), { budget, times, rounds });
    }
  }
}
