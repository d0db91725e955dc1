// Calling: from parameters to a signed request, beside a client by hand.

import * as crypto from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import md5OfCryptoJs from "crypto-js/md5.js";
import { ACCOUNT, call } from "./core.mjs";
import { beside } from "./rows.mjs";

const PEERS = {
  "crypto-js": (text) => md5OfCryptoJs(text).toString().toUpperCase(),
  // In one call where Node has it, from 20.12 on.
  "node:crypto": crypto.hash
    ? (text) => crypto.hash("md5", text, "hex").toUpperCase()
    : (text) => crypto.createHash("md5").update(text).digest("hex").toUpperCase(),
};

/**
 * A row for each request and peer. The budgets are for the small one: beside node:crypto it was 3 as long as the peer took seven
 * times as long, with a hash in three calls and random bytes that were drawn for each.
 */
export function calls(inputs) {
  for (const [file, name, budgets] of [
    ["params_small", "a small request", { "crypto-js": 1, "node:crypto": 4 }],
    ["params_order", "an order of 20 lines", {}],
  ]) {
    const { id, params } = JSON.parse(readFileSync(join(inputs, `${file}.json`), "utf8"));
    for (const [peer, md5] of Object.entries(PEERS)) {
      const theirs = () => byHand(params, md5);
      beside(`build and sign ${name}`, () => signed(id, params), peer, theirs, {
        budget: budgets[peer],
        times: 1000,
        rounds: 41,
      });
    }
  }
}

function signed(id, params) {
  const exchange = call(id, params);
  const { request } = exchange.step();
  exchange.free();
  return request;
}

function byHand(params, md5) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  // Node has its random bytes in stock for this one.
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const { accessKey, accessSecret, userId } = ACCOUNT;
  const signature = md5(accessKey + timestamp + nonce + accessSecret);
  return {
    method: "POST",
    url: "https://www.xportcn.com/api/open/order/refund/render",
    headers: {
      "access-key": accessKey,
      timestamp,
      "nonce-str": nonce,
      "user-id": userId,
      signature,
      accept: "application/json",
      "content-type": "application/json",
    },
    body: JSON.stringify(params),
  };
}
