// The shell's programs of the pages run, against a sandbox.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { ROOT } from "./checks.mjs";

const PROGRAMS = join(ROOT, "packages/cli/examples");
let sandbox;
let folder;
let env;

before(async () => {
  sandbox = spawn(join(ROOT, "target/debug/xportcn"), ["sandbox", "--port", "0"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  for await (const line of createInterface({ input: sandbox.stdout })) {
    env = {
      PATH: `${ROOT}target/debug:${process.env.PATH}`,
      XPORTCN_CONFIG: "/nowhere/xportcn.toml",
      XPORTCN_BASE_URL: line.replace("listening on ", ""),
      XPORTCN_ACCESS_KEY: "sandbox-key",
      XPORTCN_ACCESS_SECRET: "sandbox-secret",
      XPORTCN_USER_ID: "sandbox-user",
    };
    break;
  }
  folder = mkdtempSync(join(tmpdir(), "xportcn-shell-"));
  cpSync(PROGRAMS, folder, { recursive: true });
});

after(() => {
  sandbox.kill();
  rmSync(folder, { recursive: true, force: true });
});

const ran = new Set();

async function run(name, words = [], input = "") {
  ran.add(name);
  const running = promisify(execFile)(`./${name}`, words, { cwd: folder, env, timeout: 60_000 });
  running.child.stdin.end(input);
  return (await running).stdout;
}

test("the first call", async () => assert.match(await run("first_call.sh"), /^.+ \d+ variants\n$/));

test("a search over pages, and one offer", async () => {
  const lines = (await run("search.sh")).trim().split("\n");
  assert.equal(new Set(lines.slice(0, 30).map((line) => line.split(" ")[0])).size, 30);
  assert.match(lines[30], / from \d+ pieces on$/);
  assert.match(lines.at(-1), /^\d+ [\d.]+ \d+ in stock$/);
});

test("an order is paid, and a refund reached when the seller agrees", async () => {
  const [, order] = /^order (\d{19})\nreached\n$/.exec(await run("order.sh", ["shell-1"]));
  const client = async (id, ...fields) =>
    JSON.parse((await promisify(execFile)("xportcn", ["call", id, ...fields], { cwd: folder, env })).stdout);
  const { subOrders } = await client("taobao.order.get", `orderId=${order}`);
  const refund = run("refund.sh", [order, subOrders[0].subPurchaseOrderId]);
  for (let left = 100; left; left--) {
    const { data } = await client("taobao.after_sale.list", `purchaseOrderId=${order}`, "pageSize=10");
    const answer =
      data[0] &&
      (await fetch(`${env.XPORTCN_BASE_URL}/sandbox/agree/${data[0].refundOrder.refundId}`, { method: "POST" }));
    if (answer?.ok) break;
  }
  assert.equal(await refund, "reached\n");
});

test("a pushed message is received", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address();
  await new Promise((resolve) => holder.close(resolve));
  assert.match(
    await run("pushed.sh", [String(port)]),
    /: accepted\n[0-9a-f]{32} alibaba\.push\.order_status_changed 3305075341149134260\n$/,
  );
});

test("many calls", async () => {
  const ids = Array.from({ length: 12 }, (_, number) => String(672991141190 + number));
  const lines = (await run("many.sh", [], ids.join("\n"))).trim().split("\n");
  assert.deepEqual(lines.map((line) => line.split(" ")[0]).sort(), ids);
});

test("errors", async () => {
  assert.equal(await run("errors.sh", [""]), "a wrong request; nothing was sent\n");
  assert.equal(await run("errors.sh", ["1"]), "the platform says no\n");
});

test("the tests of a shop", async () => assert.match(await run("tests.sh"), /^order \d{19}\nreached\ntrue\n$/));

test("there are no other programs", () => assert.deepEqual(readdirSync(PROGRAMS).sort(), [...ran].sort()));
