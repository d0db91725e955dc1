// Connections that never come about: nothing was sent, and a write is no ambiguous one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { Agent, ProxyAgent, fetch as undiciFetch } from "undici";
import * as xportcn from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const { Xportcn } = xportcn;
const pem = (name) => readFileSync(`${process.env.XPORTCN_CERTIFICATES}/${name}.pem`, "utf8");
const key = pem("key");
const ca = pem("authority");

/** Listens while the test runs, and counts connections. */
async function listening(t, server) {
  const sockets = new Set();
  const count = { connections: 0 };
  server.on("connection", (socket) => {
    count.connections++;
    sockets.add(socket.on("error", () => {}));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return Object.assign(count, { port: server.address().port });
}

function through(dispatcher) {
  return (url, request) => undiciFetch(url, { ...request, dispatcher });
}

function pay(port, options, retries = 1) {
  const client = new Xportcn({ ...ACCOUNT, baseUrl: `https://localhost:${port}`, initialBackoff: 1, ...options });
  return client.taobao.order.purchasePay({ orderId: "1" }, { maxRetries: retries });
}

/** What cannot be trusted now cannot be a moment later. */
const attempts = (kind) => (kind === "tls" ? 1 : 2);

const secure = (name, more) => () => createTlsServer({ key, cert: pem(name), ...more });
const plain = (serve) => () => createServer((socket) => socket.once("data", () => serve(socket)));
const trusting = () => ({ fetch: through(new Agent({ connect: { ca } })) });

for (const [name, server, kind, options] of [
  ["a port that speaks no TLS", plain((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")), "tls"],
  ["a peer that hangs up in the handshake", plain((socket) => socket.end()), "tls"],
  ["a peer that breaks off in the handshake", plain((socket) => socket.resetAndDestroy()), "connect"],
  ["a TLS that is too old", secure("good", { minVersion: "TLSv1", maxVersion: "TLSv1.1" }), "tls"],
  ["ciphers that are not shared", secure("good", { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-CCM" }), "tls"],
  ["a certificate that nobody has signed", secure("authority"), "tls"],
  ["a certificate of an unknown authority", secure("good"), "tls"],
  ["a certificate that has expired", secure("expired"), "tls", trusting],
  ["a certificate that is not valid yet", secure("early"), "tls", trusting],
  ["a certificate of another host", secure("elsewhere"), "tls", trusting],
]) {
  test(`${name} is a failure before anything was sent`, async (t) => {
    const peer = await listening(t, server());
    const error = await pay(peer.port, options?.()).catch((thrown) => thrown);
    assert.ok(error instanceof xportcn.TransportError, String(error));
    assert.equal(error.transportKind, kind, error.detail);
    assert.equal(peer.connections, attempts(kind));
  });
}

test("a server that asks for a certificate after the handshake may have the request", async (t) => {
  const peer = await listening(t, secure("good", { requestCert: true, minVersion: "TLSv1.3", ca })());
  const error = await pay(peer.port, trusting()).catch((thrown) => thrown);
  assert.ok(error instanceof xportcn.AmbiguousWriteError, String(error));
  assert.equal(peer.connections, 1);
});

test("what breaks a connection behind its handshake may have the request", async (t) => {
  const tls = createTlsServer({ key, cert: pem("good") }, (socket) => {
    socket.on("error", () => {}).once("data", () => front.emit("request"));
  });
  const platform = await listening(t, tls);
  const front = createServer((socket) => {
    const inner = connect(platform.port, "127.0.0.1").on("error", () => {});
    socket.pipe(inner).pipe(socket);
    // OpenSSL says the same of it as of a port without TLS.
    front.once("request", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  });
  const peer = await listening(t, front);
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  t.after(() => delete process.env.NODE_TLS_REJECT_UNAUTHORIZED);
  const error = await pay(peer.port).catch((thrown) => thrown);
  assert.ok(error instanceof xportcn.AmbiguousWriteError, String(error));
  assert.equal(peer.connections, 1);
});

for (const status of [
  "403 Forbidden",
  "407 Proxy Authentication Required",
  "502 Bad Gateway",
  "503 Service Unavailable",
]) {
  test(`a proxy that refuses with ${status} has sent nothing on`, async (t) => {
    const server = createHttpServer();
    server.on("connect", (_, socket) => socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`));
    const proxy = await listening(t, server);
    const fetch = through(new ProxyAgent(`http://127.0.0.1:${proxy.port}`));
    const error = await pay(9, { fetch, baseUrl: "https://platform.example" }).catch((thrown) => thrown);
    assert.ok(error instanceof xportcn.TransportError, String(error));
    assert.equal(error.transportKind, "connect");
    assert.equal(proxy.connections, 2);
  });
}

for (const [name, fetch] of [
  [
    "an error that looks like itself",
    () =>
      Promise.reject(
        Object.assign(new Error("no"), {
          get cause() {
            return this;
          },
        }),
      ),
  ],
  ["an object without a prototype", () => Promise.reject(Object.create(null))],
  ["a symbol", () => Promise.reject(Symbol("no"))],
  ["an error whose words are no text", () => Promise.reject(Object.assign(new Error(), { message: Symbol("no") }))],
  [
    "an error that throws when it is looked at",
    () =>
      Promise.reject(
        new Proxy(new Error("no"), {
          get() {
            throw new RangeError("mine");
          },
        }),
      ),
  ],
  ["a failure of unknown kind", () => Promise.reject(new xportcn.TransportFailure(undefined))],
  ["a failure that does not say whether it was sent", () => Promise.reject(new xportcn.TransportFailure("reset"))],
  [
    "an alert of a proxy's own",
    () => Promise.reject(Object.assign(new Error("ssl"), { code: "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED" })),
  ],
  [
    "an alert under the older code",
    () =>
      Promise.reject(
        Object.assign(
          new Error(
            "write EPROTO 00:error:0A000412:SSL routines:ssl3_read_bytes:sslv3 alert bad certificate:SSL alert number 42",
          ),
          { code: "EPROTO" },
        ),
      ),
  ],
]) {
  test(`a transport that rejects with ${name} leaves a write ambiguous`, async () => {
    let sent = 0;
    const counted = () => {
      sent++;
      return fetch();
    };
    const error = await pay(9, { fetch: counted }).catch((thrown) => thrown);
    assert.ok(error instanceof xportcn.AmbiguousWriteError, String(error));
    assert.equal(sent, 1);
  });
}

for (const [code, message, kind] of [
  ["EPROTO", "write EPROTO 00:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:", "tls"],
  [
    "EPROTO",
    "write EPROTO 00:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:SSL alert number 70",
    "tls",
  ],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "ssl", "tls"],
  ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "ssl", "tls"],
  ["CERT_NOT_YET_VALID", "certificate is not yet valid", "tls"],
  ["UNABLE_TO_GET_ISSUER_CERT", "unable to get issuer certificate", "tls"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match", "tls"],
  ["EAI_FAIL", "getaddrinfo EAI_FAIL", "dns"],
  ["UND_ERR_CONNECT_TIMEOUT", "Connect Timeout Error", "connect"],
  ["refusal of a port", "Fetch failed: Requests to port 1 are blocked", "connect"],
]) {
  test(`a transport's own ${code} is a failure before anything was sent`, async () => {
    let sent = 0;
    const fetch = async () => {
      sent++;
      throw new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
    };
    const error = await pay(9, { fetch }).catch((thrown) => thrown);
    assert.ok(error instanceof xportcn.TransportError, String(error));
    assert.equal(error.transportKind, kind);
    assert.equal(sent, attempts(kind));
  });
}
