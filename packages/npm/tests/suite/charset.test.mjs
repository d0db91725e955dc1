// Replies and pushed messages in Chinese charsets. The bytes are Python's: "成功".encode("gbk") and so on.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { test } from "node:test";
import { verifyPush, Xportcn } from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const HEAD = Buffer.from('{"code":200,"msg":"');
const TAIL = Buffer.from('","requestId":"r","data":{"currency":"CNY"}}');
const GBK = Buffer.from("b3c9b9a6", "hex");
const GB18030 = Buffer.from("b3c99439fc36", "hex");
const written = (words) => Buffer.concat([HEAD, words, TAIL]);

async function read(t, type, body) {
  const server = createServer((_, answer) => answer.writeHead(200, { "content-type": type }).end(body));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const bytes = [];
  const onEvent = (event) => event.event === "answered" && bytes.push(event.bytes);
  const client = new Xportcn({ ...ACCOUNT, baseUrl: `http://127.0.0.1:${server.address().port}`, onEvent });
  const reply = await client.taobao.afterSale.render({ subOrderId: "1", goodsStatus: 1, refundType: 1 }).withReply();
  // As they were received, whatever the charset.
  assert.deepEqual(bytes, [body.length]);
  return reply;
}

for (const [type, words, message] of [
  ["application/json;charset=GBK", GBK, "成功"],
  ["application/json; charset=gbk", GBK, "成功"],
  ['application/json; Charset="gbk"', GBK, "成功"],
  ["text/html; a=b; charset = GB2312 ", GBK, "成功"],
  ["application/json;charset=gb18030", GB18030, "成😀"],
  ["application/json;charset=utf-8", Buffer.from("成功"), "成功"],
  ["application/json", Buffer.from("成功"), "成功"],
  ["application/json;charset=ISO-8859-1", Buffer.from("成功"), "成功"],
]) {
  test(`a reply of ${type} is read, and its raw body kept`, async (t) => {
    const reply = await read(t, type, written(words));
    assert.equal(reply.message, message);
    assert.equal(reply.data.currency, "CNY");
    assert.deepEqual(Buffer.from(reply.raw), written(words));
  });
}

test("a pushed message is checked as it was received, and read in its charset", async () => {
  const account = { accessKey: "k", accessSecret: "s" };
  const body = Buffer.concat([
    Buffer.from('{"messageType":"'),
    GBK,
    Buffer.from('","messageBody":{"a":"'),
    GBK,
    Buffer.from('"}}'),
  ]);
  const authorization = createHmac("sha256", "s").update("k").update(body).digest("hex");
  const contentType = "application/json; charset=GBK";
  const headers = { authorization, "content-type": contentType };
  const request = () => new Request("http://127.0.0.1/", { method: "POST", headers, body });
  for (const message of [request(), { authorization, body, contentType }]) {
    const read = await verifyPush(message, account);
    assert.equal(read.messageType, "成功");
    assert.deepEqual(read.body, { a: "成功" });
  }
  await assert.rejects(verifyPush({ authorization, body: Buffer.from("{}"), contentType }, account), {
    name: "PushSignatureError",
  });
});
