// Every program of the README runs, against the sandbox.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Xportcn } from "xportcn";
import { ACCOUNT, sandbox } from "./sandbox.mjs";

const ROOT = new URL("../", import.meta.url).pathname;
const README = readFileSync(`${ROOT}node_modules/xportcn/README.md`, "utf8");
const PROGRAMS = [...README.matchAll(/^```js\n(.*?)^```/gms)].map(([, text]) => text);
const EXAMPLES = JSON.parse(process.env.XPORTCN_EXAMPLES);
const { orderId } = EXAMPLES["taobao.order.get"];
const BUN = `${ROOT}node_modules/.bin/bun`;
let platform;
let folder;
let shipped;

before(async () => {
  platform = await sandbox();
  folder = mkdtempSync(`${ROOT}readme-`);
  const client = new Xportcn({ ...ACCOUNT, baseUrl: platform.url });
  const created = await client.request("taobao.order.purchase_create", EXAMPLES["taobao.order.purchase_create"]);
  shipped = created.orderList[0].purchaseId;
  await client.taobao.order.purchasePay({ orderId: shipped });
  const answer = await fetch(`${platform.url}/sandbox/ship/${shipped}`, { method: "POST" });
  assert.equal(answer.status, 200, await answer.text());
});

after(() => {
  platform.end();
  rmSync(folder, { recursive: true });
});

/** What the README takes as given: an account, a client, an order, a request that came in, a server, a queue. */
function given(text) {
  const waits = text.includes("waitUntil");
  return `
import * as xportcn from "xportcn";
import { z } from "zod";
const account = ${JSON.stringify({ ...ACCOUNT, baseUrl: platform.url })};
const { accessKey, accessSecret } = account;
const { authorization, body } = await xportcn.signPush("ORDER_PAY_SUCCESS", { accessKey, accessSecret });
const isPush = ${text.includes("verifyPush")};
const request = new Request("http://localhost/", isPush
  ? { method: "POST", headers: { authorization }, body }
  : { method: "POST", body: JSON.stringify({ orderId: "${orderId}" }) });
const app = { post(path, handler) { if (path !== "/pushed" || typeof handler !== "function") throw new Error(path); } };
Object.assign(globalThis, {
  ...xportcn, z, account, accessKey, accessSecret, request, app, queue: { add() {} },
  client: new xportcn.Xportcn(account), orderId: "${waits ? shipped : orderId}",
});
`;
}

test("there are programs in the README", () => assert.ok(PROGRAMS.length >= 13, String(PROGRAMS.length)));

for (const [at, text] of PROGRAMS.entries()) {
  // Next is not installed here: `tests/frameworks` builds a program of it that has this handler.
  if (text.includes("xportcn/next")) continue;
  const named = text.split("\n").find((line) => line.trim() && !/^import|^\/\/|^const client|^try/.test(line)) ?? text;
  test(`program ${at + 1} of the README runs: ${named.trim().slice(0, 60)}`, async () => {
    const program = text
      .replace('{ accessKey: "...", accessSecret: "...", userId: "..." }', "account")
      .replace("{ ..., ", "{ ...account, ");
    assert.ok(!program.includes("...,"), "something is left out that this test does not know");
    writeFileSync(`${folder}/given-${at}.mjs`, given(text));
    writeFileSync(`${folder}/program-${at}.mjs`, program);
    const files = [`${folder}/given-${at}.mjs`, `${folder}/program-${at}.mjs`];
    // Node has SQLite from 22.13 on only.
    const command = text.includes("xportcn/journal") ? [BUN, "--preload"] : [process.execPath, "--import"];
    const [runtime, loads] = command;
    const { stdout } = await promisify(execFile)(runtime, [loads, ...files], { cwd: folder, timeout: 60_000 });
    const prints = text.includes("console.log(") && !text.includes("onEvent");
    assert.equal(stdout.trim() !== "", prints, stdout);
  });
}
