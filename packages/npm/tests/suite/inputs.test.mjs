// What a caller may get wrong: the right class, the field's path, and nothing sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as xportcn from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const { Xportcn } = xportcn;
const PARAMS = { subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1 };

function silent(options) {
  let sent = 0;
  const fetch = async () => {
    sent++;
    throw new Error("nothing may be sent");
  };
  const client = new Xportcn({ ...ACCOUNT, baseUrl: "http://127.0.0.1:9", fetch, ...options });
  return { client, sent: () => sent };
}

const render = (params, options) => async () => {
  const { client, sent } = silent();
  try {
    return await client.taobao.afterSale.render(params, options);
  } finally {
    assert.equal(sent(), 0);
  }
};

const itself = { subOrderId: "1" };
itself.extra = itself;

for (const [name, params, path] of [
  ["an id that a number has rounded", { ...PARAMS, subOrderId: 1034499579120189839 }, "subOrderId"],
  ["a number beyond any", { ...PARAMS, goodsStatus: Infinity }, "goodsStatus"],
  ["what is not a number", { ...PARAMS, goodsStatus: NaN }, "goodsStatus"],
  ["a field that there is not", { ...PARAMS, colour: "red" }, "colour"],
  ["a required field that is absent", { subOrderId: "1", goodsStatus: 1 }, "refundType"],
  ["a required field that is undefined", { ...PARAMS, subOrderId: undefined }, "subOrderId"],
  ["a value of another type", { ...PARAMS, goodsStatus: {} }, "goodsStatus"],
  ["a required field that is a promise", { ...PARAMS, subOrderId: Promise.resolve("1") }, "subOrderId"],
  ["an object within itself", itself, "extra"],
  ["parameters that are a list", [PARAMS], ""],
  ["parameters that are text", "1034499579120189839", ""],
  ["parameters that are a number", 7, ""],
]) {
  test(`${name} is refused with its path`, async () => {
    await assert.rejects(render(params), (error) => {
      assert.ok(error instanceof xportcn.InvalidRequestError, String(error));
      assert.equal(error.path, path);
      assert.equal(error.endpoint, "taobao.after_sale.render");
      assert.equal(error.name, "InvalidRequestError");
      return true;
    });
  });
}

class Private {
  #orderId = "1";
  get orderId() {
    return this.#orderId;
  }
}

const CANCEL = "taobao.order.purchase_cancel";
const throwing = {
  get orderId() {
    throw new RangeError("mine");
  },
};

for (const [name, params, path] of [
  ["a function", { orderId: () => "1024285237573584051" }, "orderId"],
  ["a symbol", { orderId: Symbol("1") }, "orderId"],
  ["a Set", { orderIds: new Set(["1"]) }, "orderIds"],
  ["an empty Set", { orderIds: new Set() }, "orderIds"],
  ["a Map", { order: { lines: [new Map([["id", "1"]])] } }, "order.lines[0]"],
  ["a WeakMap", { order: new WeakMap() }, "order"],
  ["undefined in a list", { orderIds: ["1", undefined] }, "orderIds[1]"],
  ["a function in a list", { orderIds: ["1", () => "2"] }, "orderIds[1]"],
  ["a hole in a list", { orderIds: Object.assign(new Array(3), { 0: "1", 2: "3" }) }, "orderIds[1]"],
  ["a list with a member of its own", { orderIds: Object.assign(["1"], { second: "2" }) }, "orderIds.second"],
  ["typed numbers", { orderIds: new Uint32Array([1]) }, "orderIds"],
  ["a Buffer", { orderId: Buffer.from("1") }, "orderId"],
  ["an ArrayBuffer", { orderId: new ArrayBuffer(1) }, "orderId"],
  ["a promise", { orderId: Promise.resolve("1") }, "orderId"],
  // biome-ignore lint/suspicious/noThenProperty: it is what is tested
  ["a thenable", { orderId: { then() {} } }, "orderId"],
  ["a regular expression", { orderId: /1/ }, "orderId"],
  ["an error", { orderId: Object.assign(new Error("1"), { code: "1" }) }, "orderId"],
  ["what is asked of an address", { order: new URLSearchParams("id=1") }, "order"],
  ["headers", { order: new Headers({ id: "1" }) }, "order"],
  ["a generator", { orderIds: ["1"].values() }, "orderIds"],
  ["an object of private members", { order: new Private() }, "order"],
  ["half a character", { orderId: "1\ud83d" }, "orderId"],
  ["half a character in a list", { orderIds: ["\udc00"] }, "orderIds[0]"],
  ["half a character in a name", { order: { "\ud83d": "1" } }, "order"],
  ["a number object beyond 2^53", { orderId: new Number(2 ** 60) }, "orderId"],
  ["what writes itself as nothing", { orderId: { toJSON: () => undefined } }, "orderId"],
  ["what writes itself as a Map", { orderId: { toJSON: () => new Map() } }, "orderId"],
  [
    "what cannot write itself",
    {
      orderId: {
        toJSON: () => {
          throw new RangeError("mine");
        },
      },
    },
    "orderId",
  ],
  ["a name that is a symbol", { orderId: "1", [Symbol("orderId")]: "2" }, ""],
  ["a name within that is a symbol", { order: { [Symbol("id")]: "1" } }, "order"],
  ["an amount that was added up", { order: { amount: 0.1 + 0.2 } }, "order.amount"],
  ["an amount that was multiplied", { amounts: [3 * 1.1] }, "amounts[0]"],
  ["a member that throws", throwing, "orderId"],
  ["values beyond any depth", deep(2000), "a"],
  ["parameters as a Map", new Map([["orderId", "1"]]), ""],
  ["parameters as a promise", Promise.resolve({ orderId: "1" }), ""],
  ["parameters as a function", () => ({ orderId: "1" }), ""],
  ["parameters as bytes", new Uint8Array(2), ""],
]) {
  test(`${name} is refused, for JSON would lose it`, async () => {
    for (const call of [(one) => one.request(CANCEL, params), (one) => one.exchange(CANCEL, params)]) {
      const { client, sent } = silent();
      await assert.rejects(call(client), (error) => {
        assert.ok(error instanceof xportcn.InvalidRequestError, String(error));
        assert.equal(error.path, path, error.message);
        assert.match(error.message, /nothing was sent/);
        return true;
      });
      assert.equal(sent(), 0);
    }
  });
}

function deep(levels) {
  let value = {};
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
}

test("what JSON writes as it is goes out as it is", async () => {
  class Order {
    constructor(orderId) {
      this.orderId = orderId;
    }
  }
  const { client } = silent();
  const foreign = (await import("node:vm")).runInNewContext("({ orderId: '1', empty: {} })");
  for (const [params, sent] of [
    [new Order("1"), { orderId: "1" }],
    [{ orderId: "1", reason: undefined }, { orderId: "1" }],
    [{ orderId: new String("1") }, { orderId: "1" }],
    [{ orderId: { toJSON: () => "1" } }, { orderId: "1" }],
    [{ orderId: 10n ** 18n }, { orderId: "1000000000000000000" }],
    [Object.assign(Object.create(null), { orderId: "1" }), { orderId: "1" }],
    [{ orderId: foreign.orderId }, { orderId: "1" }],
    [{ orderId: "\ud83d\ude00" }, { orderId: "😀" }],
  ]) {
    const exchange = await client.exchange(CANCEL, params);
    assert.deepEqual(JSON.parse(exchange.step().request.body), sent);
  }
  const { encode } = await import("../node_modules/xportcn/dist/inside.js");
  assert.equal(await encode(CANCEL, foreign), '{"orderId":"1","empty":{}}');
  assert.equal(await encode(CANCEL, { url: new URL("https://a.example/") }), '{"url":"https://a.example/"}');
  const hidden = Object.defineProperty({ id: "1" }, Symbol("of a library"), { value: 1 });
  assert.equal(await encode(CANCEL, { order: hidden, amount: 59.97 }), '{"order":{"id":"1"},"amount":59.97}');
  assert.equal(
    await encode(CANCEL, { at: new Date(0), n: [1.5, -1, 0, true, null] }),
    '{"at":"1970-01-01T00:00:00.000Z","n":[1.5,-1,0,true,null]}',
  );
});

test("a field of a list's element is named", async () => {
  const { client } = silent();
  const orderLineList = [
    { itemId: "1", skuId: "2", quantity: 1 },
    { itemId: 9007199254740993, skuId: "2", quantity: 1 },
  ];
  const call = client.taobao.order.purchaseCreate({
    orderLineList,
    purchaseAmount: "1",
    sellerOrderNumber: "n",
    receiver: {},
  });
  await assert.rejects(call, { path: "orderLineList[1].itemId" });
});

test("a bigint and a date are written exactly", async () => {
  const { client } = silent();
  const exchange = await client.exchange("taobao.after_sale.render", { ...PARAMS, subOrderId: 1034499579120189839n });
  assert.equal(JSON.parse(exchange.step().request.body).subOrderId, "1034499579120189839");
  const invalid = { ...PARAMS, subOrderId: new Date(NaN) };
  await assert.rejects(client.request("taobao.after_sale.render", invalid), { path: "subOrderId" });
});

test("an endpoint that there is not is refused", async () => {
  await assert.rejects(silent().client.request("taobao.nothing"), xportcn.InvalidRequestError);
  await assert.rejects(silent().client.request("__proto__"), xportcn.InvalidRequestError);
});

for (const [options, field] of [
  [{ accessKey: "" }, "accessKey"],
  [{ accessSecret: undefined }, "accessSecret"],
  [{ userId: 7 }, "userId"],
  [{ baseUrl: "http://example.com" }, "baseUrl"],
  [{ timeout: -1 }, "timeout"],
  [{ timeout: Infinity }, "timeout"],
  [{ deadline: NaN }, "deadline"],
  [{ initialBackoff: 0.5 }, "initialBackoff"],
  [{ maxRetries: "2" }, "maxRetries"],
  [{ limit: { perSecond: 0 } }, "limit.perSecond"],
  [{ limit: { perSecond: -0.5 } }, "limit.perSecond"],
  [{ signature: "sha1" }, "signature"],
  [{ paths: { "taobao.order.pay": "no path" } }, "paths"],
]) {
  test(`the setting ${JSON.stringify(options)} is refused by name`, async () => {
    await xportcn.load();
    assert.throws(
      () => silent(options),
      (error) => {
        assert.ok(error instanceof xportcn.ConfigError, String(error));
        assert.equal(error.field, field);
        assert.ok(!String(error.stack).includes("sandbox-secret"));
        return true;
      },
    );
  });
}

test("a setting that there is not is named", async () => {
  assert.throws(() => silent({ colour: "red" }), {
    name: "ConfigError",
    field: "colour",
    message: "unknown setting `colour`",
  });
  assert.throws(() => silent({ maxRetrys: 1 }), {
    message: "unknown setting `maxRetrys`; did you mean `maxRetries`?",
  });
  await assert.rejects(silent().client.address.list(undefined, { accessKey: "x" }), { field: "accessKey" });
  await assert.rejects(silent().client.address.list(undefined, { timeout: 1.5 }), { field: "timeout" });
});

test("pushed messages must be given raw", async () => {
  const account = { accessKey: "k", accessSecret: "s" };
  const { verifyPush } = xportcn;
  await assert.rejects(verifyPush({ authorization: "x", body: { parsed: true } }, account), xportcn.MisuseError);
  await assert.rejects(verifyPush({ authorization: "x", body: undefined }, account), xportcn.MisuseError);
  await assert.rejects(verifyPush({ authorization: null, body: "{}" }, account), xportcn.PushSignatureError);
  const read = new Request("http://127.0.0.1/", { method: "POST", body: "{}" });
  await read.text();
  await assert.rejects(verifyPush(read, account), xportcn.MisuseError);
});

test("neither the client nor an error shows the secret", async () => {
  const { inspect } = await import("node:util");
  const { client } = silent();
  const error = await client.address.list().catch((thrown) => thrown);
  for (const text of [
    inspect(client, { depth: 9, showHidden: true }),
    JSON.stringify(client),
    inspect(error, { depth: 9 }),
  ]) {
    assert.ok(!text.includes("sandbox-secret"), text);
  }
});
