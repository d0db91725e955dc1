// What may happen on the way: the right error, and nothing is left behind.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import * as xportcn from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const { TransportFailure, Xportcn } = xportcn;
const OK = '{"code":200,"msg":"ok","requestId":"r","data":[]}';
const CREATE = {
  orderLineList: [{ itemId: "600126245031041190", skuId: "5016042822039", quantity: 1 }],
  purchaseAmount: "1",
  receiver: {
    name: "张三",
    mobilePhone: "13800000000",
    state: "浙江省",
    city: "杭州市",
    district: "余杭区",
    address: "1",
    zip: "310024",
  },
  sellerOrderNumber: "npm",
};

let server;
let url;
let behave;
let requests = 0;

before(async () => {
  server = createServer((request, answer) => {
    requests++;
    behave(request, answer);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

function client(options) {
  return new Xportcn({ ...ACCOUNT, baseUrl: url, initialBackoff: 1, maxBackoff: 2, ...options });
}

/** Counts the timers and listeners that a call leaves behind. */
function timers() {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}

test("a signal that was aborted before sends nothing", async () => {
  const reason = new Error("not wanted");
  let sent = 0;
  const fetch = async () => {
    sent++;
    throw new Error("sent");
  };
  const call = client({ fetch }).taobao.order.purchaseCreate(CREATE, { signal: AbortSignal.abort(reason) });
  await assert.rejects(call, (error) => error instanceof xportcn.CancelledError && error.cause === reason);
  assert.equal(sent, 0);
});

test("an aborted call ends at once, even if the transport heeds no signal, and leaves no listener", async () => {
  const before = timers();
  const controller = new AbortController();
  const listeners = { count: 0 };
  const { addEventListener, removeEventListener } = controller.signal;
  controller.signal.addEventListener = function (...given) {
    listeners.count++;
    return addEventListener.apply(this, given);
  };
  controller.signal.removeEventListener = function (...given) {
    listeners.count--;
    return removeEventListener.apply(this, given);
  };
  const deaf = client({ fetch: () => new Promise(() => {}) });
  const read = deaf.address.list(undefined, { signal: controller.signal });
  const write = deaf.taobao.order.purchaseCreate(CREATE, { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await assert.rejects(read, xportcn.CancelledError);
  await assert.rejects(write, (error) => {
    assert.ok(error instanceof xportcn.AmbiguousWriteError);
    assert.ok(error.cause instanceof xportcn.CancelledError);
    assert.match(error.recovery, /taobao\.order\.purchase_page/);
    return true;
  });
  assert.equal(listeners.count, 0);
  assert.equal(timers(), before);
});

test("an abort ends a wait between attempts", async () => {
  const controller = new AbortController();
  const refused = async () => {
    throw new TransportFailure("connect", false, "refused");
  };
  const call = client({
    fetch: refused,
    initialBackoff: 50_000,
    maxBackoff: 50_000,
    deadline: 600_000,
    maxRetries: 50,
  });
  const ended = call.address.list(undefined, { signal: controller.signal });
  setTimeout(() => controller.abort(), 30);
  const started = performance.now();
  await assert.rejects(ended, xportcn.CancelledError);
  assert.ok(performance.now() - started < 5000);
});

test("a transport that throws is a failure of transport, with its cause", async () => {
  for (const fetch of [
    () => {
      throw new RangeError("broken transport");
    },
    async () => Promise.reject(new RangeError("broken transport")),
  ]) {
    const error = await client({ fetch, maxRetries: 0 })
      .address.list()
      .catch((thrown) => thrown);
    assert.ok(error instanceof xportcn.TransportError);
    assert.equal(error.transportKind, "other");
    assert.match(error.detail, /RangeError: broken transport/);
    assert.ok(error.cause instanceof RangeError);
  }
});

test("a transport that throws nothing or answers with nothing is no crash", async () => {
  await assert.rejects(
    client({ fetch: () => Promise.reject(undefined), maxRetries: 0 }).address.list(),
    xportcn.TransportError,
  );
  const error = await client({ fetch: async () => undefined, maxRetries: 0 })
    .address.list()
    .catch((thrown) => thrown);
  assert.ok(error instanceof xportcn.XportcnError, String(error));
});

test("a write is sent again only if it certainly did not leave", async () => {
  for (const [maybeSent, attempts, kind] of [
    [false, 3, xportcn.TransportError],
    [true, 1, xportcn.AmbiguousWriteError],
  ]) {
    let sent = 0;
    const fetch = async () => {
      sent++;
      throw new TransportFailure("connect", maybeSent, "refused");
    };
    await assert.rejects(client({ fetch }).taobao.order.purchaseCreate(CREATE), kind);
    assert.equal(sent, attempts);
  }
});

test("a port on which nobody listens is told from a connection that broke", async () => {
  const closed = await new Promise((resolve) => {
    const other = createServer().listen(0, "127.0.0.1", () => {
      const { port } = other.address();
      other.close(() => resolve(port));
    });
  });
  const refused = client({ baseUrl: `http://127.0.0.1:${closed}`, maxRetries: 0 }).taobao.order.purchaseCreate(CREATE);
  await assert.rejects(
    refused,
    (error) => error instanceof xportcn.TransportError && error.transportKind === "connect",
  );
  behave = (_, answer) => answer.destroy();
  const broken = client({ maxRetries: 0 }).taobao.order.purchaseCreate(CREATE);
  await assert.rejects(broken, (error) => error.kind === "AmbiguousWrite" && error.cause.transportKind === "reset");
});

test("a body that breaks off is read again, and an error in the end", async () => {
  behave = (_, answer) => {
    answer.writeHead(200, { "content-length": "1000" });
    answer.write('{"code":200,');
    setTimeout(() => answer.destroy(), 5);
  };
  requests = 0;
  const error = await client()
    .address.list()
    .catch((thrown) => thrown);
  assert.ok(error instanceof xportcn.DecodeError, String(error));
  assert.equal(requests, 3);
  behave = (_, answer) => answer.writeHead(200).end(OK);
  assert.deepEqual(await client().address.list(), []);
});

test("a stream that fails is the same", async () => {
  const stream = () => new ReadableStream({ start: (controller) => controller.error(new Error("stream gone")) });
  const fetch = async () => new Response(stream(), { status: 200 });
  const error = await client({ fetch, maxRetries: 0 })
    .address.list()
    .catch((thrown) => thrown);
  assert.ok(error instanceof xportcn.DecodeError, String(error));
  assert.match(error.reason, /stream gone/);
});

test("a body without end is read no further than allowed", async () => {
  let pulled = 0;
  let cancelled = false;
  const endless = new ReadableStream({
    pull(controller) {
      pulled++;
      controller.enqueue(new Uint8Array(1024).fill(32));
    },
    cancel() {
      cancelled = true;
    },
  });
  const fetch = async () => new Response(endless, { status: 200 });
  const error = await client({ fetch, maxRetries: 0, maxReplyBytes: 10_000 })
    .address.list()
    .catch((thrown) => thrown);
  assert.ok(error instanceof xportcn.DecodeError, String(error));
  assert.match(error.reason, /larger than 10000 bytes/);
  assert.ok(pulled < 20, `${pulled} KB were read`);
  assert.ok(cancelled);
});

test("a redirect is not followed", async () => {
  behave = (_, answer) => answer.writeHead(302, { location: `${url}/elsewhere` }).end();
  requests = 0;
  await assert.rejects(
    client({ maxRetries: 0 }).address.list(),
    (error) => error.kind === "Http" && error.status === 302,
  );
  assert.equal(requests, 1);
});

test("a time limit holds for headers and for the body", async () => {
  const before = timers();
  behave = () => {};
  await assert.rejects(client({ maxRetries: 0, timeout: 50 }).address.list(), xportcn.TimeoutError);
  behave = (_, answer) => void answer.writeHead(200).write("{");
  await assert.rejects(client({ maxRetries: 0, timeout: 50 }).address.list(), xportcn.TimeoutError);
  assert.equal(timers(), before);
});

test("the longest time limit is no short one", async () => {
  behave = (_, answer) => setTimeout(() => answer.writeHead(200).end(OK), 30);
  assert.deepEqual(await client({ timeout: 2 ** 40, deadline: 2 ** 41 }).address.list(), []);
});

test("a value that does not fit is null and a warning", async () => {
  const warnings = [];
  behave = (_, answer) => answer.writeHead(200).end('{"code":200,"data":{"currency":["x"],"new":1}}');
  const one = client({ logger: { warn: (message) => warnings.push(message) } });
  const reply = await one.taobao.afterSale.render({ subOrderId: "1", goodsStatus: 1, refundType: 1 }).withReply();
  assert.equal(reply.data.currency, null);
  assert.equal(reply.data.new, 1);
  assert.deepEqual(
    reply.warnings.map(({ path }) => path),
    ["data.currency"],
  );
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /currency/);
  assert.equal(new TextDecoder().decode(reply.raw), '{"code":200,"data":{"currency":["x"],"new":1}}');
});

test("data is there even where the platform sends null", async () => {
  behave = (_, answer) => answer.writeHead(200).end('{"code":200,"data":null}');
  assert.deepEqual(await client().address.list(), []);
  assert.deepEqual(await client().taobao.afterSale.render({ subOrderId: "1", goodsStatus: 1, refundType: 1 }), {});
});

test("the signature in an address does not get into an error", async () => {
  const examples = JSON.parse(process.env.XPORTCN_EXAMPLES);
  const id = "warehouse.estimate_freight";
  let address;
  const fetch = async (url) => {
    address = url;
    throw new Error(`error sending request for url (${url})`);
  };
  const call = client({ fetch, maxRetries: 0 }).request(id, examples[id]);
  const error = await call.catch((thrown) => thrown);
  const { inspect } = await import("node:util");
  assert.ok(error instanceof xportcn.TransportError, String(error));
  assert.match(address, /sign=[0-9A-F]{32}/);
  assert.doesNotMatch(inspect(error, { depth: 9 }), /sign=[0-9A-F]{32}/);
});
