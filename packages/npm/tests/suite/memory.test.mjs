// Memory of WebAssembly never shrinks: what a huge reply took is given back by another instance of the module.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Xportcn } from "xportcn";

const LIST = { accessKey: "k", accessSecret: "s", userId: "u" };

/** All instances of the module; Node has modules of its own. */
const modules = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => {
  const made = await instantiate(...given);
  if (made.exports?.core_new) modules.push(made);
  return made;
};

/** An answer that takes some megabytes of memory to read. */
const HUGE = JSON.stringify({ code: 200, data: [{ phone: "1".repeat(12_000_000) }] });
const BOUND = 16 * 2 ** 20;
const bytes = ({ exports }) => exports.memory.buffer.byteLength;
const turns = async () => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve, 5));
};

test("memory that a huge reply took is given back, and clients go on with what they have learned", async () => {
  const sent = [];
  let answer = HUGE;
  const fetch = async (_, { headers }) => {
    sent.push(Number(headers.timestamp));
    // A clock that is an hour behind is corrected, and must stay so.
    const isBehind = Math.abs(sent.at(-1) * 1000 - Date.now()) < 1_800_000;
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    return isBehind
      ? new Response('{"code":401,"msg":"timestamp","data":null}', { status: 401, headers: { date } })
      : new Response(answer);
  };
  const client = await new Xportcn({ ...LIST, fetch }).ready();
  const other = await new Xportcn({ ...LIST, fetch: async () => new Response('{"code":0,"data":[]}') }).ready();
  assert.ok(bytes(modules[0]) < BOUND);

  // As long as a call is open, its instance stays.
  const release = later();
  const open = new Xportcn({ ...LIST, fetch: () => release.promise.then(() => new Response('{"code":0,"data":[]}')) });
  const waiting = open.address.list().then((list) => list);
  await turns();
  const count = modules.length;
  assert.equal((await client.address.list())[0].phone.length, 12_000_000);
  await turns();
  assert.ok(bytes(modules[count - 1]) > BOUND, "the reply was not huge");
  assert.equal(modules.length, count + 1);
  answer = '{"code":200,"data":[{"phone":"1"}]}';
  assert.equal((await client.address.list())[0].phone, "1");
  const begun = bytes(modules[count]);
  release.resolve();
  assert.deepEqual(await waiting, []);

  // Then a small one takes its place.
  assert.equal((await client.address.list())[0].phone, "1");
  assert.deepEqual(await other.address.list(), []);
  assert.deepEqual(await open.address.list(), []);
  assert.equal(modules.length, count + 1);
  assert.ok(bytes(modules[count]) < BOUND && bytes(modules[count]) >= begun);
  // The clock was corrected once: what was learned went along.
  const now = Date.now() / 1000;
  assert.deepEqual(
    sent.map((at) => Math.abs(Math.round((at - now) / 3600))),
    [0, 1, 1, 1],
  );

  // The memory itself goes with the instance.
  const gone = new WeakRef(modules[count - 1].exports.memory);
  modules.length = 0;
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc");
  for (let patience = 100; gone.deref() && patience > 0; patience--) {
    await turns();
    gc();
  }
  assert.equal(gone.deref(), undefined);
});

function later() {
  let resolve;
  return { promise: new Promise((done) => (resolve = done)), resolve: () => resolve() };
}
