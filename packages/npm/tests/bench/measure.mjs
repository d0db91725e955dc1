// The package beside its peers, in one run: medians of interleaved rounds, one row of JSON each. Exits with 1 if a budget is
// missed. The argument is the folder that tests/bench/inputs.py wrote.

import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import CryptoJs from "crypto-js";
import jsonBigint from "json-bigint";
import { parse as losslessParse } from "lossless-json";
import { glue, load } from "../node_modules/xportcn/dist/core.js";
import init from "../node_modules/xportcn/dist/core/glue.js";
import "xportcn";

const folder = process.argv[2];
const ACCOUNT = { accessKey: "bench-key", accessSecret: "bench-secret", userId: "bench-user" };
const ROUNDS = 41;
let missed = 0;

await load();
const { memory } = await init();
const core = new glue.Core(JSON.stringify(ACCOUNT));
const decoder = new TextDecoder();

for (const name of ["reply_1k", "reply_24k", "reply_1m"]) {
  const bytes = new Uint8Array(readFileSync(join(folder, `${name}.json`)));
  const times = Math.max(1, Math.round(2_000_000 / bytes.length));
  const held = name === "reply_24k";
  const ours = () => read(bytes);
  beside(`${name}, bytes to object`, ours, "JSON.parse(TextDecoder)", () => JSON.parse(decoder.decode(bytes)), held ? 1.6 : undefined, times);
  beside(`${name}, bytes to object`, ours, "json-bigint", () => jsonBigint.parse(decoder.decode(bytes)), held ? 0.5 : undefined, times);
  beside(`${name}, bytes to object`, ours, "lossless-json", () => losslessParse(decoder.decode(bytes)), held ? 0.5 : undefined, times);
}

for (const name of ["params_small", "params_order"]) {
  const { id, params } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  const held = name === "params_small";
  const ours = () => signed(id, params);
  beside(`${name}, call to signed request`, ours, "crypto-js", () => client(params, cryptoJs), held ? 1 : undefined, 1000);
  beside(`${name}, call to signed request`, ours, "node:crypto", () => client(params, nodeCrypto), held ? 3 : undefined, 1000);
}

row("first call after import", firstCall(), "30 ms", 30, 1, "ms");
const [before, after] = memoryOfCalls();
row("memory of the module after 100,000 calls", after, "after 1,000 calls", before, 1, "bytes");
process.exit(missed ? 1 : 0);

/** As the client reads an answer. */
function read(bytes) {
  const reply = core.read("alibaba.product.keyword_search", 200, bytes);
  const data = JSON.parse(reply.text());
  const about = JSON.parse(reply.about());
  reply.free();
  return { data, about };
}

/** As the client makes a request. */
function signed(id, params) {
  const exchange = core.call(id, JSON.stringify(params), "");
  exchange.step(Date.now(), crypto.getRandomValues(new Uint8Array(32)));
  const request = JSON.parse(exchange.text());
  exchange.free();
  return request;
}

/** What a client by hand makes. */
function client(params, sign) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = randomBytes(16).toString("hex");
  const { accessKey, accessSecret, userId } = ACCOUNT;
  const signature = sign(accessKey + timestamp + nonce + accessSecret);
  const own = { "access-key": accessKey, timestamp, "nonce-str": nonce, "user-id": userId, signature };
  const headers = { ...own, accept: "application/json", "content-type": "application/json" };
  return { method: "POST", url: "https://www.xportcn.com/api/open/order/refund/render", headers, body: JSON.stringify(params) };
}

function cryptoJs(text) {
  return CryptoJs.MD5(text).toString().toUpperCase();
}

function nodeCrypto(text) {
  return createHash("md5").update(text).digest("hex").toUpperCase();
}

/** Milliseconds of a new process, on all its threads. */
function firstCall() {
  const program = `
    import { Xportcn } from "xportcn";
    // Without the time that Node takes to load its own fetch.
    const body = new TextEncoder().encode('{"code":200,"data":[]}').buffer;
    const fetch = async () => ({ status: 200, headers: { get: () => null }, arrayBuffer: async () => body });
    const started = process.cpuUsage();
    await new Xportcn({ accessKey: "k", accessSecret: "s", userId: "u", fetch }).address.list();
    const { user, system } = process.cpuUsage(started);
    console.log((user + system) / 1000);`;
  const once = () => Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: new URL("..", import.meta.url) }));
  return median(Array.from({ length: 9 }, once));
}

/** The module's memory after 1,000 calls, and after 100,000. */
function memoryOfCalls() {
  const body = new TextEncoder().encode('{"code":200,"data":[]}');
  const call = () => {
    const exchange = core.call("address.list", "{}", "");
    exchange.step(Date.now(), new Uint8Array(32));
    exchange.text();
    exchange.onResponse(200, undefined, undefined, body);
    exchange.step(Date.now(), new Uint8Array(32));
    JSON.parse(exchange.text());
    exchange.free();
  };
  const sizes = [1_000, 99_000].map((count) => {
    for (let i = 0; i < count; i++) call();
    return memory.buffer.byteLength;
  });
  return sizes;
}

function beside(name, ours, peer, theirs, budget, times) {
  const rounds = Array.from({ length: ROUNDS }, () => [timed(ours, times), timed(theirs, times)]).slice(5);
  const [mine, other] = [0, 1].map((side) => median(rounds.map((round) => round[side])));
  row(name, mine, peer, other, budget, "us");
}

/** Microseconds of this process for one run: what else runs on the machine does not count. */
function timed(work, times) {
  const started = process.cpuUsage();
  for (let i = 0; i < times; i++) work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / times;
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function row(name, ours, peer, value, budget, unit) {
  const ratio = ours / value;
  const ok = budget === undefined || ratio <= budget;
  if (!ok) missed++;
  const rounded = (number) => Math.round(number * 1000) / 1000;
  const facts = { host: "npm", case: name, ours: rounded(ours), peer, peer_value: rounded(value), ratio: rounded(ratio) };
  console.log(JSON.stringify({ ...facts, ...(budget === undefined ? {} : { budget }), better: "lower", unit, ok }));
}
