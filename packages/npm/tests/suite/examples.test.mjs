// The examples run, against the sandbox.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Xportcn } from "xportcn";
import { freePort, patient } from "../host/servers.mjs";
import { ACCOUNT, sandbox } from "./sandbox.mjs";
import { buyer, scriptedModel } from "./scripted_model.mjs";

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

async function output(name, surroundings = env) {
  return (await promisify(execFile)(process.execPath, [EXAMPLES + name], { env: surroundings })).stdout;
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

/** The programs of the documentation's pages, and what each must print. */
const GUIDE = {
  first_call: /^.+ \d+ variants\nrequest \S+ with 0 warnings\n$/,
  search: /^(\d+ .+ [\d.]+\n){25}.+ pieces on\n(\d+ [\d.]+ \d+ in stock\n)+$/,
  order: /^order \d{19}\npaid\n$/,
  refund: /^paid\nrefund: reached\n$/,
  pushed: /^\S+ alibaba.push.order_status_changed [\s\S]*3305075341149134260/,
  many: /^(\d{12} \S+\n){40}$/,
  errors: /^nothing was sent: orderId .+\nthe platform says no: 42001 .+\n$/,
};

test("the programs of the guide compile, and there are no others", async () => {
  const compiler = new URL("../node_modules/.bin/tsc", import.meta.url).pathname;
  await promisify(execFile)(compiler, ["--project", `${EXAMPLES}guide`]).catch(({ stdout }) => assert.fail(stdout));
  const names = readdirSync(`${EXAMPLES}guide/built`).map((name) => name.replace(".js", ""));
  assert.deepEqual(names.sort(), [...Object.keys(GUIDE), "agent", "shop.test"].sort());
});

for (const [name, printed] of Object.entries(GUIDE)) {
  test(`the guide's program ${name} prints what its page says`, async () => {
    const own = await sandbox();
    const seller = agreeToARefund(own.url, name === "refund");
    try {
      assert.match(await output(`guide/built/${name}.js`, { ...env, XPORTCN_BASE_URL: own.url }), printed);
      await seller;
    } finally {
      own.end();
    }
  });
}

test("the guide's agent orders after a yes, and not after a no", async () => {
  const model = await scriptedModel(buyer("30000"));
  const surroundings = { ...process.env, OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: "none" };
  try {
    for (const [word, last] of [
      ["yes", /Carry it out\? ordered \d{19}\n$/],
      ["no", /Carry it out\? refused: .*did not confirm it\n$/],
    ]) {
      const running = promisify(execFile)(process.execPath, [`${EXAMPLES}guide/built/agent.js`], { env: surroundings });
      running.child.stdout.on("data", (said) => {
        if (String(said).includes("Carry it out?")) running.child.stdin.end(`${word}\n`);
      });
      const { stdout } = await running;
      assert.match(stdout, /300\.00 CNY/);
      assert.match(stdout, last);
    }
  } finally {
    model.end();
  }
});

test("the guide's tests of a shop pass", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--test", `${EXAMPLES}guide/built/shop.test.js`], {
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  });
  assert.match(stdout, /pass 2\b/);
});

/** The seller, who agrees to the first refund that is asked for. */
async function agreeToARefund(url, isAsked) {
  if (!isAsked) return;
  const client = new Xportcn({ ...ACCOUNT, baseUrl: url });
  const asked = await patient(async () => {
    const { entries } = await (await fetch(`${url}/sandbox/ledger`)).json();
    return entries.find(({ action }) => action === "refunding") ?? Promise.reject(new Error("no refund"));
  });
  const list = client.taobao.afterSale.list.items({ purchaseOrderId: asked.orderId, pageSize: 10 });
  const [refund] = await list.toArray({ limit: 1 });
  const agreed = await fetch(`${url}/sandbox/agree/${refund.refundOrder.refundId}`, { method: "POST" });
  assert.equal(agreed.status, 200);
}

function post(url, value) {
  return fetch(url, { method: "POST", body: JSON.stringify(value), headers: { authorization: "0".repeat(64) } });
}
