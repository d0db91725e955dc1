// The core is loaded once, when it is needed; what cannot be loaded is told, and tried again.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { inspect } from "node:util";

const DIST = new URL("../node_modules/xportcn/dist/", import.meta.url);
const LIST = {
  accessKey: "k",
  accessSecret: "s",
  userId: "u",
  fetch: async () => new Response('{"code":0,"data":[]}'),
};

/** The first copy of the module, once it is there. */
let module;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...given) => {
  const made = await instantiate(...given);
  module ??= made;
  return made;
};

test("what cannot be loaded is a LoadError, and the next call tries again", async () => {
  const { LoadError, provide, Xportcn } = await import(new URL("inside.js", DIST));
  const client = new Xportcn(LIST);
  for (const source of [
    () => Promise.reject(new Error("no such file")),
    () => {
      throw new Error("no such file");
    },
    () => new Uint8Array([1, 2, 3]),
    () => new Response("not here", { status: 404 }),
    () => undefined,
  ]) {
    provide(source);
    await assert.rejects(client.address.list(), LoadError);
  }
  let loads = 0;
  provide(() => {
    loads++;
    return readFileSync(new URL("xportcn.wasm", DIST));
  });
  assert.deepEqual(await Promise.all([client.address.list(), new Xportcn(LIST).address.list()]), [[], []]);
  assert.equal(loads, 1);
});

test("the second module is loaded when it is needed, and what is wrong with it is a LoadError that tells what to give", async () => {
  const { LoadError, load, verifyPush, Xportcn } = await import(new URL("inside.js", DIST));
  const account = { accessKey: "k", accessSecret: "s" };
  const push = () => verifyPush({ authorization: "", body: "{}" }, account);
  // The test above has provided one module only.
  await assert.rejects(push(), (error) => error instanceof LoadError && /xportcn-later\.wasm/.test(error.message));
  let sent = 0;
  const fetch = async () => {
    sent++;
    return new Response('{"code":0,"data":true}');
  };
  const settled = () => new Xportcn({ ...LIST, fetch }).settle("address.save", { id: "1" });
  await assert.rejects(settled(), LoadError);
  assert.equal(sent, 0);
  await load(undefined, () => Promise.reject(new Error("no such file")));
  await assert.rejects(push(), LoadError);
  let loads = 0;
  await load(undefined, () => {
    loads++;
    return readFileSync(new URL("xportcn-later.wasm", DIST));
  });
  assert.equal(loads, 0);
  await Promise.all([assert.rejects(push(), { name: "PushSignatureError" }), settled()]);
  await load(undefined, () => assert.fail("it is loaded once"));
  await assert.rejects(push(), { name: "PushSignatureError" });
  assert.equal(loads, 1);
});

test("CommonJS has the same", async () => {
  const required = createRequire(import.meta.url)("xportcn");
  assert.deepEqual(await new required.Xportcn(LIST).address.list(), []);
  assert.throws(() => new required.Xportcn({ ...LIST, accessKey: "" }), required.ConfigError);
  assert.deepEqual(Object.keys(required).sort(), Object.keys(await import("xportcn")).sort());
});

test("an error of one format is an instance of the other's classes, too", async () => {
  const imported = await import("xportcn");
  const required = createRequire(import.meta.url)("xportcn");
  assert.notEqual(imported.XportcnError, required.XportcnError);
  for (const [one, other] of [
    [imported, required],
    [required, imported],
  ]) {
    const refusal = async () => new Response('{"code":500,"msg":"no","data":null}');
    const refused = await new one.Xportcn({ ...LIST, fetch: refusal }).address.list().catch((thrown) => thrown);
    assert.ok(refused instanceof other.ApiError && refused instanceof other.XportcnError);
    assert.ok(!(refused instanceof other.ConfigError));
    for (const thrown of [new Error("no"), "text", null, undefined, Object.create(null)]) {
      assert.equal(thrown instanceof other.XportcnError, false);
    }

    // A class of the user's own is not taken for ours, though its instances are of ours.
    class Own extends other.ApiError {}
    assert.ok(!(refused instanceof Own));
    assert.ok(Object.create(Own.prototype) instanceof one.ApiError);

    // A write is sent again only because the failure is understood.
    let sent = 0;
    const fetch = async () => {
      sent++;
      throw new other.TransportFailure("connect", false);
    };
    const write = new one.Xportcn({ ...LIST, fetch, maxRetries: 1, initialBackoff: 1 }).address.save({ id: "1" });
    await assert.rejects(write, other.TransportError);
    assert.equal(sent, 2);
  }
});

test("Node loads one file, which can be read as it was written", () => {
  const script = readFileSync(new URL("node.js", DIST), "utf8");
  const imported = [...script.matchAll(/^(?:import|} from|export .* from)\b.*"(.*)";$/gm)].map(([, name]) => name);
  assert.ok(imported.length > 0);
  assert.deepEqual(
    imported.filter((name) => !name.startsWith("node:")),
    [],
  );
  for (const name of ["node.js", "deno.js", "cjs/cjs.js", "journal.js", "frameworks/express.js"]) {
    const lines = readFileSync(new URL(name, DIST), "utf8").split("\n");
    assert.ok(lines.length > 50, `${name}: ${lines.length} lines`);
    // As the sources, but for what is generated.
    assert.ok(lines.filter((line) => line.length > 200).length < lines.length / 50, name);
  }
});

test("classes, functions, calls and errors bear their names although the package is minified", async () => {
  const page = await import(new URL("browser.js", DIST));
  await page.load(readFileSync(new URL("xportcn.wasm", DIST)));
  for (const exported of [await import("xportcn"), createRequire(import.meta.url)("xportcn"), page]) {
    const classes = Object.entries(exported).filter(([, value]) => /^class\b/.test(String(value)));
    const words = classes.map(([name]) => name);
    for (const name of ["ApiError", "Call", "Exchange", "Pages", "TransportFailure", "Xportcn", "XportcnError"]) {
      assert.ok(words.includes(name), name);
    }
    const functions = Object.entries(exported).filter(([, value]) => typeof value === "function");
    for (const [name, type] of functions) assert.equal(type.name, name);
    const { keywordSearch } = new exported.Xportcn(LIST).alibaba.product;
    assert.deepEqual(
      [keywordSearch, keywordSearch.pages, keywordSearch.items].map((call) => call.name),
      ["keywordSearch", "pages", "items"],
    );
    const refusal = async () => new Response('{"code":500,"msg":"no","data":null}');
    const error = await new exported.Xportcn({ ...LIST, fetch: refusal }).address.list().catch((thrown) => thrown);
    assert.equal(error.name, "ApiError");
    assert.equal(error.constructor.name, "ApiError");
    assert.match(inspect(error), /^ApiError: /);
    assert.equal(new exported.TransportFailure("reset", true).constructor.name, "TransportFailure");
  }
});

test("no module imports itself, not even by others", () => {
  const imports = new Map();
  for (const name of readdirSync(DIST, { recursive: true }).filter((name) => name.endsWith(".d.ts"))) {
    const found = readFileSync(new URL(name, DIST), "utf8").matchAll(/ from "(\..+)\.js"/g);
    const targets = [...found].map(([, target]) => new URL(`${target}.d.ts`, new URL(name, DIST)).href);
    imports.set(new URL(name, DIST).href, targets);
  }
  const done = new Set();
  const walk = (module, path) => {
    assert.ok(!path.includes(module), [...path, module].join(" -> "));
    if (done.has(module)) return;
    for (const target of imports.get(module) ?? []) walk(target, [...path, module]);
    done.add(module);
  };
  for (const module of imports.keys()) walk(module, []);
  assert.ok(done.size > 40, String(done.size));
});

test("the codes are constants in a module of their own", async () => {
  const { TaobaoOrderStatus } = await import("xportcn/codes");
  assert.equal(TaobaoOrderStatus.WaitBuyerPay, 0);
  assert.equal(createRequire(import.meta.url)("xportcn/codes").TaobaoOrderStatus.WaitBuyerPay, 0);
});

test("the package tells its modules' hashes", () => {
  for (const module of ["xportcn.wasm", "xportcn-later.wasm"]) {
    const [hash] = readFileSync(new URL(`${module}.sha256`, DIST), "utf8").split(" ");
    assert.equal(
      createHash("sha256")
        .update(readFileSync(new URL(module, DIST)))
        .digest("hex"),
      hash,
    );
  }
});

test("the package has no dependencies and runs nothing when it is installed", () => {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", DIST), "utf8"));
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.scripts, undefined);
});

test("memory does not grow with calls", async () => {
  const { glue, load } = await import(new URL("inside.js", DIST));
  await load();
  const { memory } = module.exports;
  const core = new glue.Core(JSON.stringify({ accessKey: "k", accessSecret: "s", userId: "u" }));
  const body = new TextEncoder().encode('{"code":200,"data":{"currency":"CNY","list":[1,2,3]}}');
  const call = () => {
    const exchange = core.call("taobao.after_sale.render", '{"subOrderId":"1","goodsStatus":1,"refundType":1}', "");
    exchange.step(1e12, new Uint8Array(32));
    exchange.text();
    exchange.onResponse(200, "", body);
    exchange.step(1e12, new Uint8Array(32));
    exchange.text();
    exchange.about();
    exchange.free();
    assert.throws(() => core.call("taobao.after_sale.render", "{}", ""));
  };
  for (let i = 0; i < 1000; i++) call();
  const before = memory.buffer.byteLength;
  for (let i = 0; i < 100_000; i++) call();
  assert.equal(memory.buffer.byteLength, before);
});
