// The examples run, against the sandbox.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { freePort, patient } from "../host/servers.mjs";
import { ACCOUNT, sandbox } from "./sandbox.mjs";

const EXAMPLES = new URL("../examples/", import.meta.url).pathname;
let platform;
let env;

before(async () => {
  platform = await sandbox();
  env = {
    ...process.env,
    XPORTCN_ACCESS_KEY: ACCOUNT.accessKey,
    XPORTCN_ACCESS_SECRET: ACCOUNT.accessSecret,
    XPORTCN_USER_ID: ACCOUNT.userId,
    XPORTCN_BASE_URL: platform.url,
  };
});

after(() => platform.end());

async function output(name) {
  return (await promisify(execFile)(process.execPath, [EXAMPLES + name], { env })).stdout;
}

test("call.mjs shows a call, its reply and fifteen items", async () => {
  const lines = (await output("call.mjs")).trim().split("\n");
  assert.equal(lines.length, 17);
  assert.match(lines[0], /^[A-Z]{3}$/);
  assert.match(lines[1], /^[0-9a-f]{32} 0 \d+$/);
  assert.match(lines[2], /^\d+ /);
});

test("sans-io.mjs drives a call by hand", async () => {
  assert.match(await output("sans-io.mjs"), /current|total|data/);
});

test("server.mjs has its routes, and signs for a client without the secret", async () => {
  const port = await freePort();
  const server = spawn(process.execPath, [`${EXAMPLES}server.mjs`], {
    env: { ...env, PORT: String(port) },
    stdio: "inherit",
  });
  try {
    const own = `http://127.0.0.1:${port}`;
    const refund = await patient(() => post(`${own}/refund`, { subOrderId: "1034499579120189839" }));
    assert.equal(refund.status, 200);
    assert.ok("refundOrderTemplate" in (await refund.json()));
    assert.equal((await post(`${own}/refund`, { subOrderId: "" })).status, 400);
    assert.equal((await post(`${own}/push`, { forged: true })).status, 401);

    const { signedBy } = await import(`${EXAMPLES}signed-elsewhere.mjs`);
    const page = signedBy(`${own}/sign`, ACCOUNT.accessKey, ACCOUNT.userId, platform.url);
    assert.ok(
      "currency" in
        (await page.taobao.afterSale.render({ subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1 })),
    );
    const examples = JSON.parse(process.env.XPORTCN_EXAMPLES);
    const freight = await page
      .request("warehouse.estimate_freight", examples["warehouse.estimate_freight"])
      .withReply();
    assert.ok(freight.requestId);
  } finally {
    server.kill();
  }
});

function post(url, value) {
  return fetch(url, { method: "POST", body: JSON.stringify(value), headers: { authorization: "0".repeat(64) } });
}
