// What programs bring along, and how they fail: an answer stays an answer, and an ambiguous write one.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import { mock, test } from "node:test";
import { runInNewContext } from "node:vm";
import * as xportcn from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const { Xportcn } = xportcn;
const PAID = '{"code":200,"msg":"ok","requestId":"r-1","data":{"orderId":["x"]}}';
const bytes = (text) => new TextEncoder().encode(text);

function client(options) {
  return new Xportcn({ ...ACCOUNT, baseUrl: "http://127.0.0.1:9", maxRetries: 0, logger: null, ...options });
}

const get = (options) => client(options).taobao.order.get({ orderId: "1" }).withReply();
const pay = (options) => client(options).taobao.order.purchasePay({ orderId: "1" }).withReply();
const body = (content) => ({ status: 200, headers: {}, arrayBuffer: async () => content });
const throwing = () => {
  throw new TypeError("mine");
};

for (const [name, logger] of [
  ["throws", { warn: throwing }],
  ["rejects", { warn: () => Promise.reject(new TypeError("mine")) }],
]) {
  test(`a logger that ${name} costs no reply`, async () => {
    const fetch = async () => new Response('{"code":200,"requestId":"r-1","data":{"currency":["x"]}}');
    const unhandled = mock.fn();
    process.on("unhandledRejection", unhandled);
    const one = client({ fetch, logger });
    const reply = await one.taobao.afterSale.render({ subOrderId: "1", goodsStatus: 1, refundType: 1 }).withReply();
    assert.equal(reply.requestId, "r-1");
    assert.equal(reply.warnings.length, 1);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    assert.equal(unhandled.mock.callCount(), 0);
  });
}

for (const [name, headers] of [
  ["a plain object", { Date: "Thu, 01 Jan 2026 00:00:00 GMT" }],
  ["an object of lists", { date: ["Thu, 01 Jan 2026 00:00:00 GMT"] }],
  ["pairs", [["Date", "Thu, 01 Jan 2026 00:00:00 GMT"]]],
  ["a Map", new Map([["Date", "Thu, 01 Jan 2026 00:00:00 GMT"]])],
  ["nothing", undefined],
  ["null", null],
  ["text", "date: today"],
  ["what throws", { get: throwing }],
  ["what gives no text", { get: () => Symbol("date") }],
]) {
  test(`headers that are ${name} cost no answer`, async () => {
    const answered = { status: 200, headers, arrayBuffer: async () => bytes(PAID).buffer };
    assert.equal((await pay({ fetch: async () => answered })).requestId, "r-1");
  });
}

test("headers of any form are read", async () => {
  const { header } = await import("../node_modules/xportcn/dist/inside.js");
  for (const headers of [
    { "Retry-After": "7" },
    { "retry-after": ["7", "8"] },
    [["RETRY-AFTER", "7"]],
    new Map([["Retry-After", "7"]]),
    new Headers({ "retry-after": "7" }),
    { get: (name) => ({ "retry-after": 7 })[name] },
  ]) {
    assert.equal(header(headers, "retry-after"), "7");
  }
  assert.equal(header({ get: () => null }, "retry-after"), undefined);
});

for (const [name, answered] of [
  [
    "bytes of another realm",
    body(runInNewContext("new TextEncoder().encode(text).buffer", { TextEncoder, text: PAID })),
  ],
  [
    "an ArrayBuffer of another realm",
    body(runInNewContext("Uint8Array.from(list).buffer", { list: [...bytes(PAID)] })),
  ],
  ["a Buffer", body(Buffer.from(PAID))],
  ["a view of other bytes", body(new DataView(bytes(` ${PAID} `).buffer, 1, PAID.length))],
  ["a stream of Node", { status: 200, headers: {}, body: Readable.from([Buffer.from(PAID)]) }],
]) {
  test(`an answer in ${name} is read`, async () => {
    const reply = await pay({ fetch: async () => answered });
    assert.equal(reply.requestId, "r-1");
    assert.equal(new TextDecoder().decode(reply.raw), PAID);
  });
}

test("a stream of Node is read no further than allowed", async () => {
  let read = 0;
  const endless = new Readable({
    read() {
      this.push(Buffer.alloc(1024, 32));
      read++;
    },
  });
  const fetch = async () => ({ status: 200, headers: {}, body: endless });
  await assert.rejects(get({ fetch, maxReplyBytes: 10_000 }), xportcn.DecodeError);
  assert.ok(read < 64, `${read} KB were read`);
  assert.ok(endless.destroyed);
});

for (const [name, answered] of [
  ["without a status", { headers: {}, arrayBuffer: async () => bytes(PAID) }],
  ["with a status that is text", { ...body(bytes(PAID)), status: "200" }],
  ["with a status that is no number", { ...body(bytes(PAID)), status: NaN }],
  ["with text for a body", body(PAID)],
  ["with a parsed body", body({ code: 200 })],
  ["without a body", { status: 200, headers: {} }],
  ["with a body that throws", { status: 200, headers: {}, arrayBuffer: throwing }],
  ["with a stream of text", { status: 200, headers: {}, body: Readable.from([PAID]) }],
  ["that throws when it is looked at", new Proxy({}, { get: (_, key) => (key === "then" ? undefined : throwing()) })],
  ["that is text", PAID],
  ["that is null", null],
]) {
  test(`an answer ${name} leaves a write ambiguous`, async () => {
    await assert.rejects(pay({ fetch: async () => answered }), (error) => {
      assert.ok(error instanceof xportcn.AmbiguousWriteError, String(error));
      assert.match(error.recovery, /\w/);
      return true;
    });
  });
}

test("a signal that fails costs no reply", async () => {
  const signal = { aborted: false, addEventListener() {}, removeEventListener: throwing };
  const fetch = async () => new Response(PAID);
  const reply = await client({ fetch }).taobao.order.purchasePay({ orderId: "1" }, { signal }).withReply();
  assert.equal(reply.requestId, "r-1");
});

for (const [name, call] of [
  ["an id that is a number", (one) => one.request(7)],
  ["an id that is absent", (one) => one.request()],
  ["a timestamp that is a number", (one) => one.sign(1, "n".repeat(32))],
  ["a nonce that is absent", (one) => one.sign("1")],
]) {
  test(`${name} is a misuse`, async () => {
    await assert.rejects(call(client({ fetch: throwing })), xportcn.MisuseError);
  });
}

const itself = {};
itself.timeout = itself;

for (const [name, options, field] of [
  ["options that are a number", 5, "options"],
  ["options that hold themselves", itself, "options"],
  ["a controller in place of its signal", { signal: new AbortController() }, "signal"],
  ["a time limit of nothing", { timeout: 0 }, "timeout"],
  ["a time limit that is a function", { timeout: () => 5 }, "timeout"],
  ["a time limit that is a symbol", { timeout: Symbol("5") }, "timeout"],
]) {
  test(`${name} is refused before anything is sent`, async () => {
    const fetch = mock.fn(throwing);
    const call = client({ fetch }).taobao.order.purchasePay({ orderId: "1" }, options);
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof xportcn.ConfigError, String(error));
      return error.field === field;
    });
    assert.equal(fetch.mock.callCount(), 0);
  });
}

test("options that are null are none", async () => {
  const fetch = async () => new Response(PAID);
  assert.ok(await client({ fetch }).taobao.order.purchasePay({ orderId: "1" }, null));
});

for (const [options, field] of [
  [{ fetch: "fetch" }, "fetch"],
  [{ fetch: {} }, "fetch"],
  [{ logger: {} }, "logger"],
  [{ logger: true }, "logger"],
  [{ timeout: 0 }, "timeout"],
  [{ accessKey: () => "key" }, "accessKey"],
  [{ paths: new Map([["taobao.order.pay", "/open/x"]]) }, "paths"],
  [{ limit: Symbol("5") }, "limit"],
]) {
  test(`the setting ${Object.keys(options)} is refused if it is ${String(Object.values(options)[0])}`, async () => {
    await xportcn.load();
    assert.throws(
      () => client(options),
      (error) => error instanceof xportcn.ConfigError && error.field === field,
    );
  });
}

test("settings that are absent are refused by name", async () => {
  for (const settings of [undefined, null, 7, {}]) {
    assert.throws(() => new Xportcn(settings), { name: "ConfigError", field: "accessKey" });
  }
});

test("a call that is driven by hand refuses what it cannot take", async () => {
  const exchange = await client().exchange("taobao.order.purchase_pay", { orderId: "1" });
  const { MisuseError } = xportcn;
  assert.throws(() => exchange.step("now"), MisuseError);
  assert.throws(() => exchange.step(1n), MisuseError);
  assert.throws(() => exchange.step(1, null), MisuseError);
  assert.throws(() => exchange.step(1, new Uint8Array(31)), MisuseError);
  const other = await client().exchange("taobao.order.purchase_pay", { orderId: "1" });
  assert.equal(other.step(1e12, new Uint8Array(32).buffer).next, "send");
  assert.throws(() => other.onResponse("200", {}, bytes(PAID)), MisuseError);
  assert.throws(() => other.onResponse(200, {}, PAID), MisuseError);
  other.onResponse(200, {}, bytes(PAID).buffer);
  assert.equal(other.step().next, "done");
  const third = await client().exchange("taobao.order.purchase_pay", { orderId: "1" });
  third.step();
  // Only `false` is a promise that nothing was sent.
  third.onFailure("reset", undefined, undefined);
  assert.throws(() => third.step(), xportcn.AmbiguousWriteError);
  third.free();
  third.free();
  assert.throws(() => third.step(), MisuseError);
  assert.throws(() => third.attempts, MisuseError);
});

test("calls can be put in the place of others, as tests do", async () => {
  const one = client({ fetch: throwing });
  const required = createRequire(import.meta.url)("xportcn");
  for (const [holder, name] of [
    [one.taobao.order, "get"],
    [one.alibaba.product.keywordSearch, "items"],
    [one.address, "list"],
    [one, "request"],
    [one, "verifyPush"],
    [one.taobao, "order"],
    [one, "taobao"],
    [Xportcn.prototype, "ready"],
    [required, "verifyPush"],
    [required, "Xportcn"],
  ]) {
    const put = mock.fn(() => "mine");
    const was = holder[name];
    const own = Object.getOwnPropertyDescriptor(holder, name);
    assert.ok(!own || (own.configurable && own.writable), name);
    holder[name] = put;
    assert.equal(holder[name](), "mine");
    holder[name] = was;
    assert.equal(holder[name], was);
  }
  const described = Object.getOwnPropertyDescriptor(Xportcn.prototype, "address");
  assert.ok(described.configurable);
  const fresh = client({ fetch: throwing });
  fresh.address = { list: async () => ["mine"] };
  assert.deepEqual(await fresh.address.list(), ["mine"]);
});

test("one signal for many calls at once has one listener", async (t) => {
  const server = createServer((_, answer) => setTimeout(() => answer.end('{"code":200,"data":{}}'), 50));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const warned = mock.fn();
  process.on("warning", warned);
  const controller = new AbortController();
  const { signal } = controller;
  const add = mock.method(signal, "addEventListener");
  const remove = mock.method(signal, "removeEventListener");
  const one = client({ baseUrl: `http://127.0.0.1:${server.address().port}` });
  const many = () => Array.from({ length: 40 }, () => one.taobao.order.get({ orderId: "1" }, { signal }));
  await Promise.all(many());
  assert.equal(add.mock.callCount() - remove.mock.callCount(), 0);
  const calls = many();
  setTimeout(() => controller.abort(new Error("enough")), 10);
  const ended = await Promise.allSettled(calls);
  for (const { reason } of ended)
    assert.ok(reason instanceof xportcn.CancelledError && reason.cause.message === "enough");
  assert.equal(add.mock.callCount() - remove.mock.callCount(), 0);
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("warning", warned);
  assert.equal(warned.mock.callCount(), 0);
});
