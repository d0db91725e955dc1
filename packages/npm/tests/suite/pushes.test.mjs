// What programs hand to verifyPush in place of a message: each gets to know what to give.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createServer, request as send } from "node:http";
import { Readable } from "node:stream";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { ConfigError, MisuseError, verifyPush, Xportcn } from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const account = { accessKey: "k", accessSecret: "s" };
const text = '{"messageType":"x","messageBody":{"a":1}}';
const authorization = createHmac("sha256", "s").update(`k${text}`).digest("hex");
const headers = { authorization };
const whole = () => new Request("http://127.0.0.1/", { method: "POST", headers, body: text });

/** A request as Node's servers have it. */
async function ofNode(more) {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const got = new Promise((resolve) => server.once("request", (one, answer) => resolve([one, answer])));
  send({ port: server.address().port, method: "POST", headers }).end(text);
  const [one, answer] = await got;
  answer.end();
  server.close();
  return Object.assign(one, more);
}

for (const [name, message, words] of [
  ["Express's request", () => ofNode({}), /request of Node.*request\.headers\.authorization.*express\.raw/],
  ["Express's request, parsed", () => ofNode({ body: JSON.parse(text) }), /whose body was parsed.*express\.raw/],
  ["a request with its raw body", () => ofNode({ body: {}, rawBody: Buffer.from(text) }), /request\.rawBody/],
  ["Hono's context", () => ({ req: { raw: whole() }, json() {} }), /Hono.*`context\.req\.raw`/],
  ["Hono's request", () => ({ raw: whole(), header() {}, arrayBuffer: async () => text }), /Hono.*`raw`/],
  ["a context of Elysia", () => ({ request: whole(), body: JSON.parse(text), set: {} }), /`request`/],
  ["Koa's context", async () => ({ req: await ofNode({}), request: {}, response: {} }), /context, as of Koa/],
  ["Fastify's request", () => ({ raw: {}, headers, body: JSON.parse(text) }), /body was parsed/],
  ["an event of Lambda", () => ({ headers, body: text, isBase64Encoded: false }), /Lambda/],
  ["a parsed body", () => JSON.parse(text), /perhaps its parsed body/],
  ["a parsed body beside its header", () => ({ authorization, body: JSON.parse(text) }), /body was parsed/],
  ["a body that is not there", () => ({ authorization, body: undefined }), /no body/],
  ["a promise of a body", () => ({ authorization, body: whole().text() }), /promise: await it/],
  ["a stream", () => ({ authorization, body: Readable.from([text]) }), /stream: read it whole/],
  ["a list of headers", () => ({ authorization: [authorization], body: text }), /text of this header/],
  ["text alone", () => text, /\{ authorization, body \}/],
  ["nothing", () => undefined, /\{ authorization, body \}/],
  ["null", () => null, /\{ authorization, body \}/],
  ["a number", () => 7, /\{ authorization, body \}/],
]) {
  test(`${name} is a misuse that says what to give`, async () => {
    const given = await message();
    await assert.rejects(verifyPush(given, account), (error) => {
      assert.ok(error instanceof MisuseError, String(error));
      assert.match(error.message, words);
      return true;
    });
  });
}

test("a request whose body was read says so", async () => {
  const read = whole();
  await read.text();
  await assert.rejects(verifyPush(read, account), { name: "MisuseError", message: /was read before/ });
});

test("an account that is none is named", async () => {
  for (const [one, field] of [
    [undefined, "accessKey"],
    [{ accessKey: "k" }, "accessSecret"],
    [{ accessKey: "k", accessSecret: () => "s" }, "accessSecret"],
  ]) {
    await assert.rejects(verifyPush(whole(), one), (error) => error instanceof ConfigError && error.field === field);
  }
});

test("bytes of any kind are a body", async () => {
  const bytes = new TextEncoder().encode(text);
  const foreign = runInNewContext("Uint8Array.from(list).buffer", { list: [...bytes] });
  for (const body of [text, bytes, bytes.buffer, Buffer.from(text), new DataView(bytes.buffer), foreign]) {
    assert.equal((await verifyPush({ authorization, body }, account)).messageType, "x");
  }
  const one = new Xportcn({ ...ACCOUNT, ...account });
  assert.equal((await one.verifyPush(whole())).messageType, "x");
});
