// Schemas of requests and replies, as validators read them: by Standard Schema, and by zod.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Xportcn } from "xportcn";
import { compare } from "xportcn/numbers";
import { replySchema, requestSchema } from "xportcn/schemas";
import { z } from "zod";
import { ACCOUNT, sandbox } from "./sandbox.mjs";

const EXAMPLES = Object.entries(JSON.parse(process.env.XPORTCN_EXAMPLES)).map(([id, params]) => ({ id, params }));
/** As consumers do it that know nothing but the interface. */
const parse = async (schema, value) => {
  const { version, vendor, validate } = schema["~standard"];
  assert.deepEqual([version, vendor], [1, "xportcn"]);
  const result = await validate(value);
  return result.issues ? result.issues.map(({ message, path }) => [path.join("."), message]) : [];
};

let platform;
before(async () => (platform = await sandbox()));
after(() => platform.end());

test("every example of a request fits its schema, and the one that zod makes of it", async () => {
  assert.ok(EXAMPLES.length > 80);
  for (const { id, params } of EXAMPLES) {
    const schema = requestSchema(id);
    assert.deepEqual(await parse(schema, params), [], id);
    const zod = z.fromJSONSchema(schema["~standard"].jsonSchema.input({ target: "draft-2020-12" }));
    const read = zod.safeParse(params);
    assert.ok(read.success, `${id}: ${read.error}`);
  }
});

test("every reply of the sandbox fits its schema, and the one that zod makes of it", async () => {
  const client = new Xportcn({ ...ACCOUNT, baseUrl: platform.url, logger: null });
  let replies = 0;
  for (const { id, params } of EXAMPLES) {
    const data = await client.request(id, params).catch(() => undefined);
    if (data === undefined) continue;
    replies++;
    const schema = replySchema(id);
    assert.deepEqual(await parse(schema, data), [], `${id}: ${JSON.stringify(data)}`);
    const read = z.fromJSONSchema(schema["~standard"].jsonSchema.output({ target: "draft-2020-12" })).safeParse(data);
    assert.ok(read.success, `${id}: ${read.error}`);
  }
  assert.ok(replies > 60, String(replies));
});

test("a request that a field is missing of is refused as the core refuses it", async () => {
  const client = new Xportcn({ ...ACCOUNT, baseUrl: "http://127.0.0.1:9" });
  let missing = 0;
  for (const { id, params } of EXAMPLES) {
    for (const name of Object.keys(params)) {
      const { [name]: _, ...rest } = params;
      const issues = await parse(requestSchema(id), rest);
      if (issues.length === 0) continue;
      missing++;
      assert.deepEqual(issues, [[name, "is missing"]], id);
      await assert.rejects(client.exchange(id, rest), { name: "InvalidRequestError", path: name });
    }
  }
  assert.ok(missing > 50, String(missing));
});

test("what does not fit is named by its path", async () => {
  const render = requestSchema("taobao.after_sale.render");
  const good = { subOrderId: "1", goodsStatus: 1, refundType: 1 };
  assert.deepEqual(await parse(render, { ...good, subOrderId: 7n }), []);
  for (const [value, path, message] of [
    [{ ...good, subOrderId: 2 ** 53 }, "subOrderId", /an id/],
    [{ ...good, subOrderId: "" }, "subOrderId", /an id/],
    [{ ...good, subOrderid: "1" }, "subOrderid", /did you mean `subOrderId`\?/],
    [{ ...good, colour: "red" }, "colour", /^is no field here$/],
    [{ ...good, goodsStatus: true }, "goodsStatus", /a whole number/],
    [null, "", /an object/],
    [[good], "", /an object/],
  ]) {
    const issues = await parse(render, value);
    assert.equal(issues.length, 1, JSON.stringify(issues));
    assert.equal(issues[0][0], path);
    assert.match(issues[0][1], message);
  }
  const create = requestSchema("taobao.order.purchase_create");
  const order = { orderLineList: [{ itemId: "1", skuId: "2", quantity: "many" }], purchaseAmount: 1.5 };
  const issues = Object.fromEntries(await parse(create, { ...order, sellerOrderNumber: "n", receiver: {} }));
  assert.match(issues["orderLineList.0.quantity"], /whole number/);
});

test("an amount in a reply is text, and a whole number beyond 2^53 too", async () => {
  const page = replySchema("alibaba.product.keyword_search");
  assert.deepEqual(await parse(page, { totalRecords: "9007199254740993", later: 1 }), []);
  assert.deepEqual((await parse(page, { totalRecords: 1.5 })).length, 1);
  assert.deepEqual((await parse(replySchema("address.list"), null)).length, 1);
  assert.deepEqual(await parse(replySchema("address.save"), null), []);
});

test("an id that there is not names the nearest", () => {
  assert.throws(() => requestSchema("taobao.order.gte"), /did you mean `taobao\.order\.get`\?/);
  assert.throws(() => replySchema("__proto__"), RangeError);
});

test("numbers that are text are compared by their value, and exactly", () => {
  for (const [one, other, expected] of [
    ["9", "10", -1],
    ["12.50", "12.5", 0],
    ["-0.5", "0", -1],
    ["1034499579120189839", "1034499579120189838", 1],
    ["1034499579120189839", 1034499579120189839n, 0],
    [5, "5.0", 0],
    ["007", 7, 0],
    [".5", "0.49", 1],
  ]) {
    assert.equal(compare(one, other), expected, `${one} ${other}`);
    assert.equal(compare(other, one), 0 - expected);
  }
  assert.deepEqual(["10", "9.5", "-1"].sort(compare), ["-1", "9.5", "10"]);
  for (const wrong of ["", ".", "x", "1e3", NaN]) assert.throws(() => compare(wrong, 1), RangeError);
});
