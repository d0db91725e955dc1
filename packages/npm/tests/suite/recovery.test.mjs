// What becomes of a search for a lost write where JavaScript has ways of its own to end it, or to go on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AmbiguousWriteError, CancelledError, MisuseError, TransportFailure, Xportcn, XportcnError } from "xportcn";
import { ACCOUNT, sandbox } from "./sandbox.mjs";

const CREATE = "taobao.order.purchase_create";
const EXAMPLE = JSON.parse(process.env.XPORTCN_EXAMPLES)[CREATE];

/** A sandbox of the test's own with this fault in creations, and a client of it. */
async function losing(t, kinds, when, settings = {}) {
  const platform = await sandbox("--fault", `endpoint=${CREATE},kinds=${kinds},when=${when}`);
  t.after(() => platform.end());
  return new Xportcn({ ...ACCOUNT, baseUrl: platform.url, logger: null, maxRetries: 0, ...settings });
}

async function lostCreation(client, reference) {
  const lost = await client.request(CREATE, { ...EXAMPLE, sellerOrderNumber: reference }).catch((error) => error);
  assert.ok(lost instanceof AmbiguousWriteError, String(lost));
  return lost;
}

/** A platform that loses each write, and shows nothing of it. */
function nothingShows(asked) {
  return async (url, { method }) => {
    asked.push([performance.now(), new URL(url).pathname, method]);
    if (asked.length === 1) throw new TransportFailure("reset", true);
    throw new TransportFailure("connect", false);
  };
}

const ended = (promise) => promise.then(assert.fail, (error) => error);

test("an error or its ticket is enough, also for another client", async (t) => {
  const client = await losing(t, "truncate", "after", { recoveryWindow: 0 });
  const lost = await lostCreation(client, "js-1");
  assert.ok(!lost.ticket.includes(ACCOUNT.accessSecret));
  assert.ok(!lost.message.includes(lost.ticket));
  const outcome = await client.recover(lost);
  assert.equal(outcome.outcome, "done");
  assert.deepEqual(
    outcome.found.map((order) => order.sellerOrderNumber),
    ["js-1"],
  );
  assert.equal(typeof outcome.found[0].orderId, "string");
  assert.deepEqual(await client.recover(lost.ticket), outcome);
});

test("what is no ticket is refused, and nothing is asked", async () => {
  const asked = [];
  const client = new Xportcn({ ...ACCOUNT, fetch: nothingShows(asked), logger: null });
  for (const wrong of [undefined, null, 5, {}, new Error("no"), new XportcnError({ kind: "Api", text: "no" })]) {
    await assert.rejects(client.recover(wrong), MisuseError);
  }
  for (const wrong of ["", "{}", "[]", "no"]) {
    const error = await ended(client.recover(wrong));
    assert.equal(error.kind, "InvalidRequest");
    assert.equal(error.path, "ticket");
  }
  assert.deepEqual(asked, []);
});

test("a write that is answered gives its reply", async (t) => {
  const client = await losing(t, "truncate", "after");
  const reply = await client.settle("address.save", JSON.parse(process.env.XPORTCN_EXAMPLES)["address.save"]);
  assert.ok(!("outcome" in reply));
  assert.equal(typeof reply.requestId, "string");
  assert.ok(reply.raw.length > 0);
});

test("a signal that is aborted within the search leaves the ticket", async (t) => {
  const client = await losing(t, "reset", "before");
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 1500);
  const started = performance.now();
  const params = { ...EXAMPLE, sellerOrderNumber: "js-2" };
  const lost = await ended(client.settle(CREATE, params, { signal: controller.signal }));
  const elapsed = performance.now() - started;
  assert.ok(elapsed > 1400 && elapsed < 2500, String(elapsed));
  assert.ok(lost instanceof AmbiguousWriteError, String(lost));
  assert.equal(JSON.parse(lost.ticket).params.sellerOrderNumber, "js-2");

  // Looking for it again, by its error and by its ticket.
  for (const [given, same] of [
    [lost, true],
    [lost.ticket, false],
  ]) {
    const again = new AbortController();
    setTimeout(() => again.abort(), 300);
    const error = await ended(client.recover(given, { signal: again.signal }));
    assert.ok(error instanceof AmbiguousWriteError, String(error));
    assert.equal(error === lost, same);
    assert.equal(error.ticket, lost.ticket);
    assert.equal(error.endpoint, CREATE);
    assert.ok(error.cause instanceof XportcnError);
    assert.ok(!error.message.includes(EXAMPLE.receiver?.name ?? "张三"));
  }
});

test("a ticket of what was aborted holds what was seen before it", async (t) => {
  const CART = "alibaba.cart.add";
  const example = JSON.parse(process.env.XPORTCN_EXAMPLES)[CART];
  // Within the write, or within the search for it.
  for (const [fault, after] of [
    ["kinds=slow,when=after,slow-ms=60000", 700],
    ["kinds=503,when=before", 1500],
  ]) {
    const platform = await sandbox("--fault", `endpoint=${CART},${fault}`);
    t.after(() => platform.end());
    const client = new Xportcn({ ...ACCOUNT, baseUrl: platform.url, logger: null, maxRetries: 0 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), after);
    const lost = await ended(client.settle(CART, example, { signal: controller.signal }));
    assert.ok(lost instanceof AmbiguousWriteError, String(lost));
    assert.deepEqual(JSON.parse(lost.ticket).before, { "alibaba.cart.list": [] });
  }
});

test("a signal that is aborted before the write is sent is told as such, whatever its reason", async () => {
  for (const reason of [undefined, null, new Error("mine"), "text"]) {
    const asked = [];
    const client = new Xportcn({ ...ACCOUNT, fetch: nothingShows(asked), logger: null });
    const controller = new AbortController();
    controller.abort(reason);
    const error = await ended(client.settle(CREATE, EXAMPLE, { signal: controller.signal }));
    assert.ok(error instanceof CancelledError, String(error));
    assert.equal(error.endpoint, CREATE);
    assert.deepEqual(asked, []);
  }
});

test("looks come with growing pauses, and never in a busy loop", async () => {
  const asked = [];
  const client = new Xportcn({ ...ACCOUNT, fetch: nothingShows(asked), logger: null, maxRetries: 0 });
  const outcome = await client.settle(CREATE, EXAMPLE, { recoveryWindow: 3500 });
  assert.equal(outcome.outcome, "unknown");
  assert.ok(outcome.reason.length > 20);
  assert.ok(asked.length >= 3 && asked.length < 12, String(asked.length));
  const whole = asked.at(-1)[0] - asked[0][0];
  assert.ok(whole > 3000 && whole < 6000, String(whole));
});

test("a transport that breaks in the search costs nothing but certainty", async () => {
  let sent = 0;
  const fetch = async () => {
    sent++;
    if (sent === 1) throw new TransportFailure("reset", true);
    return { status: 200, headers: null, arrayBuffer: () => Promise.reject(Symbol("no")) };
  };
  const client = new Xportcn({ ...ACCOUNT, fetch, logger: null, maxRetries: 0 });
  const outcome = await client.settle(CREATE, EXAMPLE, { recoveryWindow: 0 });
  assert.equal(outcome.outcome, "unknown");
  assert.ok(sent > 1);
});
