// What happened to a call: events, the log, the whole answer, and what is sent besides.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mock, test } from "node:test";
import { AmbiguousWriteError, ApiError, HttpError, TransportFailure, Xportcn } from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const ROOT = new URL("../", import.meta.url).pathname;
const OK = '{"code":200,"requestId":"r-1","data":{"orderId":"7"}}';
const REFUSED = '{"code":40001,"msg":"no stock","requestId":"r-2","data":null}';

/** A client whose transport gives these answers in turn; an error is thrown. */
function client(answers, options) {
  const sent = [];
  const fetch = async (url, request) => {
    sent.push({ url, ...request });
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    if (typeof answer === "function") return answer();
    return typeof answer === "string" ? new Response(answer) : answer;
  };
  const settings = { ...ACCOUNT, baseUrl: "http://127.0.0.1:9", fetch, initialBackoff: 1, maxBackoff: 1, logger: null };
  return { client: new Xportcn({ ...settings, ...options }), sent };
}

const busy = () => new Response("busy", { status: 503, headers: { "x-request-id": "gateway-7" } });

test("onEvent tells what happens to a call, in order", async () => {
  const events = [];
  const { client: one } = client([new TransportFailure("reset", true, "gone"), OK], {
    onEvent: (event, call) => events.push([event, call]),
  });
  await one.taobao.order.get({ orderId: "7" });
  assert.deepEqual(
    events.map(([{ event }]) => event),
    ["started", "sent", "failed", "retrying", "sent", "answered", "ended"],
  );
  const [started, sent, failed, retrying, again, answered, ended] = events.map(([event]) => event);
  assert.deepEqual([started.endpoint, started.isWrite], ["taobao.order.get", false]);
  assert.equal(sent.attempt, 1);
  assert.match(sent.url, /^http:\/\/127\.0\.0\.1:9\//);
  assert.deepEqual([failed.failure, failed.maybeSent, failed.detail], ["reset", true, "gone"]);
  assert.deepEqual([retrying.attempt, retrying.error, retrying.isAsked], [2, "Transport", false]);
  assert.equal(again.attempt, 2);
  assert.deepEqual([answered.status, answered.code, answered.requestId], [200, null, "r-1"]);
  assert.deepEqual([ended.attempts, ended.error, ended.requestId], [2, null, "r-1"]);
  for (const [{ atMs }] of events) assert.ok(Math.abs(atMs - Date.now()) < 60_000);
  // One object for the call, which tells calls apart that are made at once.
  assert.equal(new Set(events.map(([, call]) => call)).size, 1);
});

test("onEvent of a call is told what happens to it alone, after the client's own", async () => {
  const told = [];
  const { client: one } = client([OK], { onEvent: ({ event }) => told.push(`client ${event}`) });
  await one.taobao.order.get({ orderId: "7" }, { onEvent: ({ event }) => told.push(`call ${event}`) });
  assert.deepEqual(told.slice(0, 2), ["client started", "call started"]);
  const before = told.length;
  await one.taobao.order.get({ orderId: "7" });
  assert.ok(told.slice(before).every((words) => words.startsWith("client ")));
});

test("onEvent tells how a refused call ends", async () => {
  const events = [];
  const { client: one } = client([REFUSED], { onEvent: (event) => events.push(event) });
  await assert.rejects(one.taobao.order.purchasePay({ orderId: "7" }), ApiError);
  const ended = events.at(-1);
  assert.deepEqual([ended.event, ended.error, ended.code, ended.requestId], ["ended", "Api", "40001", "r-2"]);
});

for (const [name, onEvent] of [
  [
    "throws",
    () => {
      throw new TypeError("mine");
    },
  ],
  ["rejects", () => Promise.reject(new TypeError("mine"))],
]) {
  test(`an onEvent that ${name} costs no reply, and is told once`, async () => {
    const warned = mock.fn();
    const { client: one } = client([OK], { onEvent, logger: { warn: warned } });
    const unhandled = mock.fn();
    process.on("unhandledRejection", unhandled);
    for (let call = 0; call < 2; call++) assert.equal((await one.taobao.order.get({ orderId: "7" })).orderId, "7");
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    assert.equal(unhandled.mock.callCount(), 0);
    assert.equal(warned.mock.callCount(), 1);
    assert.match(warned.mock.calls[0].arguments[0], /onEvent.*mine/);
  });
}

test("an onEvent that is no function is refused by its name", async () => {
  assert.throws(() => client([OK], { onEvent: "x" }), { name: "ConfigError", field: "onEvent" });
  const call = client([OK]).client.taobao.order.get({ orderId: "7" }, { onEvent: {} });
  await assert.rejects(call, { name: "ConfigError", field: "onEvent" });
});

/** A logger that keeps its lines by level. */
function lines() {
  const said = { debug: [], info: [], warn: [] };
  const logger = Object.fromEntries(Object.keys(said).map((level) => [level, (line) => said[level].push(line)]));
  return { said, logger };
}

test("the log goes to the program's logger at the usual levels", async () => {
  for (const [logLevel, levels] of [
    ["debug", ["debug", "info", "warn"]],
    ["info", ["info", "warn"]],
    ["warn", ["warn"]],
    [undefined, ["warn"]],
    ["error", []],
    ["off", []],
  ]) {
    const { said, logger } = lines();
    const odd = '{"code":200,"requestId":"r-1","data":{"orderId":"7","orderStatus":["x"],"createTime":["y"]}}';
    const { client: one } = client([busy, odd], { logger, logLevel });
    const reply = await one.taobao.order.get({ orderId: "7" }).withReply();
    const told = Object.keys(said).filter((level) => said[level].length > 0);
    assert.deepEqual(told, reply.warnings.length > 0 ? levels : levels.filter((level) => level !== "warn"), logLevel);
    if (logLevel === "debug") {
      assert.match(said.debug.join("\n"), /xportcn: taobao\.order\.get: attempt 1: (GET|POST) http:.*\n.*HTTP 503/);
      assert.match(said.info.join("\n"), /attempt 2 follows in \d+ ms/);
    }
  }
});

test("values that do not fit are one warning a reply", async () => {
  const { said, logger } = lines();
  const odd = '{"code":200,"data":{"currency":["x"],"refundOrderTemplate":7}}';
  const { client: one } = client([odd], { logger });
  const call = one.taobao.afterSale.render({ subOrderId: "1", goodsStatus: 1, refundType: 1 });
  assert.equal((await call.withReply()).warnings.length, 2);
  assert.equal(said.warn.length, 1);
  assert.match(said.warn[0], /taobao\.after_sale\.render: .*currency.*; .*refundOrderTemplate/);
});

test("a misspelt field of a row with further fields is sent and warned of, and a refusal names it", async () => {
  const { said, logger } = lines();
  const { client: one, sent } = client([OK, REFUSED], { logger });
  const submit = () => one.taobao.afterSale.submit({ subOrderIds: "1", refundFee: "100" });
  const { warnings } = await submit().withReply();
  assert.match(String(sent[0].body), /"subOrderIds":"1"/);
  const expected = { path: "request.subOrderIds", expected: "subOrderId", found: "a field that is not listed" };
  assert.deepEqual([...warnings], [expected]);
  assert.match(said.warn[0], /request\.subOrderIds: expected subOrderId/);
  await assert.rejects(async () => submit(), /`subOrderIds` is not listed; was `subOrderId` meant\?/);
});

test("a write that may have been carried out is a warning", async () => {
  const { said, logger } = lines();
  const { client: one } = client([new TransportFailure("reset", true)], { logger });
  await assert.rejects(one.taobao.order.purchasePay({ orderId: "7" }), AmbiguousWriteError);
  assert.equal(said.warn.length, 1);
  assert.match(said.warn[0], /taobao\.order\.purchase_pay/);
});

test("a logger that has no function for a level, or throws, costs no reply", async () => {
  const throwing = () => {
    throw new TypeError("mine");
  };
  for (const logger of [{ warn() {} }, { warn: throwing, info: throwing, debug: throwing }]) {
    const { client: one } = client([busy, OK], { logger, logLevel: "debug" });
    assert.equal((await one.taobao.order.get({ orderId: "7" })).orderId, "7");
  }
});

test("XPORTCN_LOG tells on stderr what the log tells", () => {
  const program = `
    import { Xportcn } from "xportcn";
    const fetch = async () => new Response('{"code":200,"data":{}}');
    const client = new Xportcn({ accessKey: "key", accessSecret: "the-secret", userId: "u", fetch });
    await client.taobao.order.get({ orderId: "7" });
    console.log("done");`;
  const run = (level) => {
    const command = `node --input-type=module --eval '${program.replaceAll("'", "'\\''")}' 2>&1 >/dev/null`;
    return execFileSync("sh", ["-c", command], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, XPORTCN_LOG: level },
    });
  };
  const said = run("debug");
  assert.match(said, /xportcn: taobao\.order\.get: attempt 1/);
  assert.match(said, /done after \d+ ms/);
  assert.ok(!said.includes("the-secret"));
  assert.equal(run("warning"), "");
  assert.equal(run("of another language"), "");
});

test("a reply has the whole answer: status, headers, attempts and duration", async () => {
  const answer = new Response(OK, { headers: { "X-Request-Id": "gateway-1", "X-Other": "y" } });
  const { client: one } = client([busy, answer]);
  const reply = await one.taobao.order.get({ orderId: "7" }).withReply();
  assert.equal(reply.response.status, 200);
  assert.equal(reply.response.headers["x-request-id"], "gateway-1");
  assert.equal(reply.response.headers["x-other"], "y");
  assert.equal(reply.attempts, 2);
  assert.ok(reply.durationMs >= 0 && reply.durationMs < 5000);
  assert.equal(JSON.parse(JSON.stringify(reply)).response.headers["x-other"], "y");
});

test("headers of any form are in the whole answer", async () => {
  const body = async () => new TextEncoder().encode(OK).buffer;
  for (const headers of [
    { "X-Other": "y" },
    [["X-Other", "y"]],
    new Map([["X-Other", "y"]]),
    new Headers({ "x-other": "y" }),
  ]) {
    const { client: one } = client([{ status: 200, headers, arrayBuffer: body }]);
    const { response } = await one.taobao.order.get({ orderId: "7" }).withReply();
    assert.deepEqual({ ...response.headers }["x-other"], "y");
  }
  const { client: one } = client([{ status: 200, headers: 7, arrayBuffer: body }]);
  assert.deepEqual((await one.taobao.order.get({ orderId: "7" }).withReply()).response.headers, {});
});

test("an error has the answer, the attempts and the duration", async () => {
  const { client: one } = client([busy], { maxRetries: 1 });
  const error = await one.taobao.order.get({ orderId: "7" }).catch((thrown) => thrown);
  assert.ok(error instanceof HttpError, String(error));
  assert.equal(error.response.status, 503);
  assert.equal(error.response.headers["x-request-id"], "gateway-7");
  assert.equal(error.requestId, "gateway-7");
  assert.equal(error.attempts, 2);
  assert.ok(error.durationMs >= 0);
  const { client: other } = client([new TransportFailure("dns", false)], { maxRetries: 0 });
  const lost = await other.taobao.order.get({ orderId: "7" }).catch((thrown) => thrown);
  assert.deepEqual([lost.kind, lost.response, lost.attempts], ["Transport", undefined, 1]);
});

test("requests carry a user agent of the package and its runtime, behind the program's own", async (t) => {
  const seen = [];
  const server = createServer((request, answer) => {
    seen.push(request.headers["user-agent"]);
    answer.end(OK);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const settings = { ...ACCOUNT, baseUrl: `http://127.0.0.1:${server.address().port}` };
  await new Xportcn(settings).taobao.order.get({ orderId: "7" });
  await new Xportcn({ ...settings, userAgent: "my-shop/1.0" }).taobao.order.get({ orderId: "7" });
  const own = `xportcn-js/0.1.0 node/${process.versions.node}`;
  assert.deepEqual(seen, [own, `my-shop/1.0 ${own}`]);
});

test("headers and query of the program's own go with requests, per client and per call", async () => {
  const { client: one, sent } = client([OK], { headers: { "X-Shop": "7" }, query: { region: "cn" } });
  await one.taobao.order.get({ orderId: "7" }, { headers: { "X-Call": "8" }, query: { tag: "a b" } });
  const [{ url, headers }] = sent;
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  assert.deepEqual([given["x-shop"], given["x-call"]], ["7", "8"]);
  const { searchParams } = new URL(url);
  assert.deepEqual([searchParams.get("region"), searchParams.get("tag")], ["cn", "a b"]);
  // Their members would be lost.
  for (const headers of [new Headers({ a: "b" }), new Map([["a", "b"]]), 7]) {
    assert.throws(() => client([OK], { headers }), { name: "ConfigError", field: "headers" });
    const call = one.taobao.order.get({ orderId: "7" }, { headers });
    await assert.rejects(call, { name: "ConfigError", field: "headers" });
  }
});

test("none of the signed headers can be set from outside", async () => {
  const { client: one, sent } = client([OK], {
    onEvent: (event, call) => {
      if (event.event === "sent")
        Object.assign(call.headers, { "Access-Key": "other", signature: "other", "x-trace": "7" });
    },
  });
  await one.taobao.order.get({ orderId: "7" });
  const [{ headers }] = sent;
  assert.ok(!Object.values(headers).includes("other"), JSON.stringify(headers));
  assert.equal(headers["x-trace"], "7");
  for (const name of ["access-key", "User-Id", "TIMESTAMP", "nonce-str", "signature"]) {
    assert.ok(name.toLowerCase() in headers);
    const call = one.taobao.order.get({ orderId: "7" }, { headers: { [name]: "other" } });
    await assert.rejects(call, { name: "ConfigError" }, name);
  }
});

test("a call can be made for another sub-account than its client's", async () => {
  const { client: one, sent } = client([OK]);
  await one.taobao.order.get({ orderId: "7" }, { userId: "sub-account-9" });
  await one.taobao.order.get({ orderId: "7" });
  assert.ok(Object.values(sent[0].headers).includes("sub-account-9"));
  assert.ok(!Object.values(sent[1].headers).includes("sub-account-9"));
});

test("a whole flow with the log and events on tells no secret and no signature", async () => {
  const said = [];
  const log = (line) => said.push(line);
  const { client: one, sent } = client([busy, new TransportFailure("reset", true, "gone"), OK], {
    accessSecret: "the-very-secret",
    accessKey: "key-of-a-test",
    logger: { debug: log, info: log, warn: log },
    logLevel: "debug",
    onEvent: (event) => said.push(JSON.stringify(event)),
  });
  await one.taobao.order.get({ orderId: "7" });
  await assert.rejects(
    client([REFUSED], { onEvent: (event) => said.push(JSON.stringify(event)) }).client.address.save({ id: "1" }),
  );
  const text = said.join("\n");
  assert.ok(said.length > 12);
  assert.ok(!text.includes("the-very-secret") && !text.includes("sandbox-secret"));
  for (const { headers } of sent) assert.ok(!text.includes(headers.signature ?? headers.Signature), "a signature");
});
