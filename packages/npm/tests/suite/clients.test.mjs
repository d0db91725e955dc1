// Clients and replies in the hands of programs: taken apart, wrapped, extended, written and compared.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Xportcn } from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const RENDER = { subOrderId: "1", goodsStatus: 1, refundType: 1 };

function client(body = '{"code":200,"requestId":"r-1","data":{"currency":"CNY"}}', options = {}) {
  const fetch = async () => new Response(body);
  return new Xportcn({ ...ACCOUNT, baseUrl: "http://127.0.0.1:9", fetch, logger: null, ...options });
}

test("methods work when they are taken off the client", async () => {
  const { request, ready, sign, shapes, exchange, settle, taobao } = client();
  const { render } = taobao.afterSale;
  assert.equal((await render(RENDER)).currency, "CNY");
  assert.equal((await request("taobao.after_sale.render", RENDER)).currency, "CNY");
  assert.equal((await settle("taobao.order.purchase_pay", { orderId: "1" })).requestId, "r-1");
  assert.ok((await ready()) instanceof Xportcn);
  assert.equal(Object.keys(await sign("1", "n".repeat(32))).length, 5);
  assert.equal(typeof (await shapes()), "string");
  assert.equal((await exchange("taobao.order.get", { orderId: "1" })).step().next, "send");
  const { keywordSearch } = client('{"code":200,"data":{"data":[]}}').alibaba.product;
  const { items } = keywordSearch;
  assert.deepEqual(await items({ keyword: "x", beginPage: 1, pageSize: 1 }).toArray(), []);
});

test("a client works through a Proxy", async () => {
  const seen = [];
  const watched = new Proxy(client(), {
    get(target, name, receiver) {
      seen.push(name);
      return Reflect.get(target, name, receiver);
    },
  });
  assert.equal((await watched.taobao.afterSale.render(RENDER)).currency, "CNY");
  assert.equal((await watched.request("taobao.after_sale.render", RENDER)).currency, "CNY");
  await watched.ready();
  for (const name of ["taobao", "request", "ready"]) assert.ok(seen.includes(name), name);
  watched.address = { list: async () => ["mine"] };
  assert.deepEqual(await watched.address.list(), ["mine"]);
});

test("a class that extends the client has its own methods called", async () => {
  class Mine extends Xportcn {
    asked = [];
    request(id, ...given) {
      this.asked.push(id);
      return super.request(id, ...given);
    }
  }
  const fetch = async () => new Response('{"code":200,"data":{}}');
  const mine = new Mine({ ...ACCOUNT, fetch });
  const { request } = mine;
  await request("taobao.order.get", { orderId: "1" });
  await mine.request("taobao.order.get", { orderId: "1" });
  assert.deepEqual(mine.asked, ["taobao.order.get", "taobao.order.get"]);
});

test("methods can be put in the place of those of all clients, also of clients that are there", async () => {
  const one = client();
  const put = mock.method(Xportcn.prototype, "request", async () => "mine");
  assert.equal(await one.request("taobao.order.get"), "mine");
  put.mock.restore();
  assert.equal((await one.request("taobao.after_sale.render", RENDER)).currency, "CNY");
});

test("JSON of a reply has what came with the data, and not the raw body", async () => {
  const reply = await client().taobao.afterSale.render(RENDER).withReply();
  const written = JSON.parse(JSON.stringify(reply));
  assert.equal(written.data.currency, "CNY");
  assert.equal(written.requestId, "r-1");
  assert.ok(!("raw" in written));
  assert.match(new TextDecoder().decode(reply.raw), /"currency":"CNY"/);
});

test("an id is sent exactly as text, as a bigint and as a whole number", async () => {
  for (const [orderId, sent] of [
    ["1034499579120189839", "1034499579120189839"],
    [1034499579120189839n, "1034499579120189839"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
    [7, "7"],
  ]) {
    const exchange = await client().exchange("taobao.order.get", { orderId });
    const { url, body } = exchange.step().request;
    assert.match(url + (body ?? ""), new RegExp(`orderId"?[=:]"?${sent}\\b`));
  }
  await assert.rejects(client().taobao.order.get({ orderId: 2 ** 53 }), {
    name: "InvalidRequestError",
    path: "orderId",
  });
  await assert.rejects(client().taobao.order.get({ orderId: 1.5 }), { name: "InvalidRequestError", path: "orderId" });
});

test("a state is waited for by an id that is a bigint", async () => {
  const seen = [];
  const fetch = async (url, { body }) => {
    seen.push(url + (body ?? ""));
    return new Response('{"code":200,"data":{"orderId":"7","status":4}}');
  };
  const { order } = client("", { fetch }).taobao;
  const waited = await order.waitUntil("cancelled", { orderId: 1034499579120189839n }, { waitTimeout: 10 });
  assert.equal(typeof waited.outcome, "string");
  assert.match(seen[0], /1034499579120189839/);
});

test("the data of a call by its id is an object or a list where the platform sends null", async () => {
  const nothing = client('{"code":200,"data":null}');
  assert.deepEqual(await nothing.request("address.list"), []);
  assert.deepEqual(await nothing.request("taobao.order.get", { orderId: "1" }), {});
  assert.equal(await nothing.request("address.save", { id: "1" }), null);
});
