// Time and memory have bounds, whatever a server does with a connection.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { AmbiguousWriteError, DecodeError, TimeoutError, Xportcn } from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const OK = '{"code":200,"requestId":"r","data":{}}';
const MB = 2 ** 20;
const LIMIT = MB;

/** Gives each request's socket to a function. */
async function serving(t, serve) {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    socket.once("data", () => serve(socket));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${server.address().port}`;
  return new Xportcn({ ...ACCOUNT, baseUrl, maxRetries: 0, timeout: 500, maxReplyBytes: LIMIT, logger: null });
}

const head = (...lines) => `HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join("")}\r\n`;

/** Writes a piece again and again, as long as the connection stands. */
function trickle(socket, piece, every = 5) {
  const timer = setInterval(() => socket.write(piece), every);
  socket.on("close", () => clearInterval(timer));
}

/** Writes as fast as the other side reads. */
function flood(socket, piece) {
  const pour = () => {
    while (socket.writable && socket.write(piece));
  };
  socket.on("drain", pour);
  pour();
}

const hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
const zipped = gzipSync(Buffer.alloc(64 * MB, 32));

for (const [name, serve] of [
  ["says nothing", () => {}],
  ["trickles its head", (socket) => trickle(socket.write("HTTP/1.1 200 OK\r\nX: ") && socket, "x")],
  ["trickles headers", (socket) => trickle(socket.write("HTTP/1.1 200 OK\r\n") && socket, "X-Y: z\r\n")],
  ["trickles its body", (socket) => trickle(socket.write(head("Content-Length: 100000")) && socket, " ")],
  ["trickles chunks", (socket) => trickle(socket.write(head("Transfer-Encoding: chunked")) && socket, "1\r\n \r\n")],
  [
    "trickles trailers",
    (socket) =>
      trickle(
        socket.write(`${head("Transfer-Encoding: chunked")}${OK.length.toString(16)}\r\n${OK}\r\n0\r\n`) && socket,
        "X-Y: z\r\n",
      ),
  ],
  [
    "trickles gzip",
    (socket) => {
      let at = 0;
      socket.write(head("Content-Encoding: gzip", `Content-Length: ${zipped.length}`));
      const timer = setInterval(() => socket.write(zipped.subarray(at, ++at)), 5);
      socket.on("close", () => clearInterval(timer));
    },
  ],
  ["trickles interim answers", (socket) => trickle(socket, hints)],
  ["floods with interim answers", (socket) => flood(socket, hints.repeat(100))],
]) {
  test(`a server that ${name} is waited for no longer than allowed`, async (t) => {
    const client = await serving(t, serve);
    const started = performance.now();
    const read = await client.taobao.order.get({ orderId: "1" }).catch((thrown) => thrown);
    // Some of it is a broken answer before the time is over.
    assert.ok(read instanceof TimeoutError || /interim|trailers|head/.test(name), String(read));
    const write = await client.taobao.order.purchasePay({ orderId: "1" }).catch((thrown) => thrown);
    assert.ok(write instanceof AmbiguousWriteError, String(write));
    const took = performance.now() - started;
    assert.ok(took < 4000, `${took} ms`);
  });
}

test("a server that floods with headers costs no more memory than an answer", async (t) => {
  const client = await serving(t, (socket) => {
    socket.write("HTTP/1.1 200 OK\r\n");
    flood(socket, `X-Y: ${"z".repeat(1000)}\r\n`.repeat(100));
  });
  const grown = await peak(() => client.taobao.order.get({ orderId: "1" }).catch(() => {}));
  assert.ok(grown < 200 * MB, `${grown / MB} MB`);
});

const blank = Buffer.alloc(256 * MB, 32);
const once = gzipSync(blank);
for (const [coding, body] of [
  ["gzip", once],
  ["x-gzip", once],
  ["GZIP", once],
  ["gzip, gzip", gzipSync(once)],
  ["deflate", deflateSync(blank)],
  ["br", brotliCompressSync(blank, { params: { 1: 1 } })],
]) {
  test(`a small answer in ${coding} that unpacks to a large one is read no further than allowed`, async (t) => {
    const client = await serving(t, (socket) => {
      socket.write(head(`Content-Encoding: ${coding}`, `Content-Length: ${body.length}`));
      socket.write(body);
    });
    let error;
    const grown = await peak(async () => {
      error = await client.taobao.order.get({ orderId: "1" }).catch((thrown) => thrown);
    });
    assert.ok(error instanceof DecodeError || error instanceof TimeoutError, String(error));
    assert.match(String(error), /larger than 1048576 bytes/);
    assert.ok(grown < 64 * MB, `${grown / MB} MB`);
  });
}

for (const coding of ["gzip", "x-gzip", "GZIP", " gzip "]) {
  test(`an answer in '${coding}' is read`, async (t) => {
    const body = gzipSync(OK);
    const client = await serving(t, (socket) => {
      socket.write(head(`Content-Encoding: ${coding}`, `Content-Length: ${body.length}`));
      socket.end(body);
    });
    const reply = await client.taobao.order.get({ orderId: "1" }).withReply();
    assert.equal(reply.requestId, "r");
    assert.equal(new TextDecoder().decode(reply.raw), OK);
  });
}

/** By how much the process grows while it works. */
async function peak(work) {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
  await work();
  clearInterval(timer);
  return Math.max(most, process.memoryUsage().rss) - before;
}
