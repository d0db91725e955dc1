import { call, memory } from "../core.mjs";

const body = new TextEncoder().encode('{"code":200,"data":[]}');
const headers = { get: () => null };

function one() {
  const exchange = call("address.list", {});
  exchange.step();
  exchange.onResponse(200, headers, body);
  exchange.step();
  exchange.free();
}

for (let i = 0; i < 1_000; i++) one();
const before = memory.buffer.byteLength;
for (let i = 0; i < 99_000; i++) one();
console.log(JSON.stringify([memory.buffer.byteLength, before]));
