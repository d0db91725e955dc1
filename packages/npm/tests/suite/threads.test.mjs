// Threads and processes of one program have a copy of the package each: no reply is another's, and no nonce is used twice.
import assert from "node:assert/strict";
import cluster from "node:cluster";
import { createServer } from "node:http";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { Xportcn } from "xportcn";
import { ACCOUNT } from "./sandbox.mjs";

const CALLS = 50;

/** The ids that were asked for, beside those that were answered. */
async function calls(baseUrl, first) {
  const client = new Xportcn({ ...ACCOUNT, baseUrl, logger: null });
  const ids = Array.from({ length: CALLS }, (_, at) => String(first + at));
  const replies = await Promise.all(ids.map((orderId) => client.request("taobao.order.get", { orderId }).withReply()));
  return ids.filter((id, at) => replies[at].requestId !== id).length;
}

if (!isMainThread && workerData?.baseUrl) {
  parentPort.postMessage(await calls(workerData.baseUrl, workerData.first));
} else if (cluster.isWorker) {
  process.send(await calls(process.env.BASE_URL, Number(process.env.FIRST)));
  process.disconnect();
} else {
  for (const [name, begin] of [
    ["threads", (data) => once(new Worker(new URL(import.meta.url), { workerData: data }), "message")],
    ["processes", ({ baseUrl, first }) => once(forked({ BASE_URL: baseUrl, FIRST: String(first) }), "message")],
  ]) {
    test(`eight ${name} at once mix nothing`, async (t) => {
      const nonces = [];
      const server = createServer(async (request, answer) => {
        nonces.push(Object.entries(request.headers).find(([header]) => header.includes("nonce"))?.[1]);
        let body = "";
        for await (const part of request) body += part;
        const id = /\d+/.exec(body + request.url)[0];
        setTimeout(() => answer.end(`{"code":200,"requestId":"${id}","data":{}}`), Math.random() * 5);
      });
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      t.after(() => server.close());
      const baseUrl = `http://127.0.0.1:${server.address().port}`;
      const begun = Array.from({ length: 8 }, (_, at) => begin({ baseUrl, first: (at + 1) * 10_000 }));
      assert.deepEqual(await Promise.all([...begun, calls(baseUrl, 90_000)]), Array(9).fill(0));
      assert.equal(nonces.length, 9 * CALLS);
      assert.ok(nonces.every((nonce) => /^[0-9A-Za-z]{32}$/.test(nonce)));
      assert.equal(new Set(nonces).size, nonces.length);
    });
  }
}

function forked(env) {
  cluster.setupPrimary({ exec: fileURLToPath(import.meta.url), execArgv: [], args: [] });
  return cluster.fork({ ...env, NODE_TEST_CONTEXT: "" });
}

function once(emitter, event) {
  return new Promise((resolve, reject) => emitter.once(event, resolve).once("error", reject));
}
