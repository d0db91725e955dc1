// Settings: from the environment, and refused when the client is made.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = new URL("../", import.meta.url).pathname;
const ACCOUNT = {
  XPORTCN_ACCESS_KEY: "key-of-env",
  XPORTCN_ACCESS_SECRET: "secret-of-env",
  XPORTCN_USER_ID: "user-of-env",
};
/** Makes a client of the environment, and says where its first request goes, and in whose name. */
const PROGRAM = `
import { Xportcn } from "xportcn";
let sent;
const fetch = async (url, request) => {
  sent = { url, ...request.headers };
  return new Response('{"code":200,"data":[]}');
};
try {
  await new Xportcn({ fetch, ...GIVEN }).address.list();
  console.log(JSON.stringify({ url: sent.url, key: sent.accesskey ?? sent.accessKey, headers: sent }));
} catch ({ name, field, message }) {
  console.log(JSON.stringify({ name, field, message }));
}
`;
const RUNTIMES = {
  Node: ["node", "--input-type=module", "--eval"],
  Bun: ["node_modules/.bin/bun", "--eval"],
  Deno: ["node_modules/.bin/deno", "eval", "--ext=js"],
};

/** What the program says with this environment. */
function told(runtime, env, given = {}) {
  const [program, ...rest] = RUNTIMES[runtime];
  const all = { PATH: process.env.PATH, HOME: process.env.HOME, ...env };
  const text = `const GIVEN = ${JSON.stringify(given)};${PROGRAM}`;
  return JSON.parse(execFileSync(program, [...rest, text], { cwd: ROOT, env: all, encoding: "utf8" }));
}

/** A file that is there for a test. */
function file(t, content) {
  const folder = mkdtempSync(join(tmpdir(), "xportcn-settings-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const name = join(folder, "mine.paths.json");
  writeFileSync(name, content);
  return name;
}

for (const runtime of Object.keys(RUNTIMES)) {
  test(`settings that are not given are taken from the environment in ${runtime}`, (t) => {
    const paths = file(t, '{"address.list": "/open/of/env"}');
    const env = { ...ACCOUNT, XPORTCN_BASE_URL: "http://127.0.0.1:9/api", XPORTCN_PATHS: paths };
    const { url, headers } = told(runtime, env);
    assert.equal(url.split("?")[0], "http://127.0.0.1:9/api/open/of/env");
    assert.ok(Object.values(headers).includes("key-of-env") && Object.values(headers).includes("user-of-env"));
    const given = { userId: "given", baseUrl: "http://127.0.0.1:8", paths: { "address.list": "/open/given" } };
    const other = told(runtime, env, given);
    assert.equal(other.url.split("?")[0], "http://127.0.0.1:8/open/given");
    assert.ok(Object.values(other.headers).includes("given"));
  });

  test(`a setting that is nowhere names its variable of the environment in ${runtime}`, () => {
    const { XPORTCN_USER_ID: _, ...env } = ACCOUNT;
    assert.deepEqual(told(runtime, env), {
      name: "ConfigError",
      field: "userId",
      message: "the setting `userId` is missing: give it, or set XPORTCN_USER_ID in the environment",
    });
  });
}

test("a file of paths that cannot be read is named", (t) => {
  const paths = file(t, "no JSON");
  const { name, field, message } = told("Node", { ...ACCOUNT, XPORTCN_PATHS: paths });
  assert.deepEqual([name, field], ["ConfigError", "paths"]);
  assert.ok(message.includes(paths) && message.includes("XPORTCN_PATHS"), message);
  assert.match(told("Node", { ...ACCOUNT, XPORTCN_PATHS: "/nowhere.json" }).message, /ENOENT/);
});

test("Deno is not asked for a permission to read the environment", () => {
  const text = `const GIVEN = {};${PROGRAM}`;
  const folder = mkdtempSync(join(tmpdir(), "xportcn-deno-"));
  try {
    const program = join(folder, "program.mjs");
    writeFileSync(program, text.replace('"xportcn"', JSON.stringify(`${ROOT}node_modules/xportcn/dist/deno.js`)));
    const run = (...flags) => {
      const given = ["run", "--quiet", "--no-prompt", "--allow-read", ...flags, program];
      return JSON.parse(
        execFileSync(`${ROOT}node_modules/.bin/deno`, given, { env: { ...process.env, ...ACCOUNT }, encoding: "utf8" }),
      );
    };
    // With no permission a look at a variable would throw, and with a terminal ask.
    assert.equal(run().field, "accessKey");
    assert.equal(run("--allow-env=XPORTCN_ACCESS_KEY").field, "accessSecret");
    assert.ok(Object.values(run("--allow-env").headers).includes("key-of-env"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

// Before the core is loaded, and in the same words as the core.
for (const [settings, message] of [
  [{ maxRetrys: 1 }, "unknown setting `maxRetrys`; did you mean `maxRetries`?"],
  [{ base_url: "http://127.0.0.1" }, "unknown setting `base_url`; did you mean `baseUrl`?"],
  [{ colour: "red" }, "unknown setting `colour`"],
  [{ fetsh: 1 }, "unknown setting `fetsh`; did you mean `fetch`?"],
  [{ timeout: "5" }, "the setting `timeout` must be a whole number that is not negative"],
  [{ timeout: 0.5 }, "the setting `timeout` must be a whole number that is not negative"],
  [{ strict: 1 }, "the setting `strict` must be true or false"],
  [{ accessKey: 7 }, "the setting `accessKey` must be text"],
  [{ limit: 5 }, "the setting `limit` must be a JSON object"],
]) {
  test(`a client is not made with ${JSON.stringify(settings)}, whether or not the core is loaded`, () => {
    const program = `
      import { load, Xportcn } from "xportcn";
      const account = { accessKey: "k", accessSecret: "s", userId: "u" };
      const told = () => {
        try {
          new Xportcn({ ...account, ...${JSON.stringify(settings)} });
        } catch ({ name, message }) {
          console.log(name + ": " + message);
        }
      };
      told();
      await load();
      told();`;
    const said = execFileSync("node", ["--input-type=module", "--eval", program], { cwd: ROOT, encoding: "utf8" });
    assert.deepEqual(said.trim().split("\n"), [`ConfigError: ${message}`, `ConfigError: ${message}`]);
  });
}

test("the check without the core knows the core's settings, and says what the core says", async () => {
  const { glue, load, told } = await import("../node_modules/xportcn/dist/inside.js");
  const { Xportcn } = await import("xportcn");
  await load();
  const account = { accessKey: "k", accessSecret: "s", userId: "u" };
  const says = (make) => {
    try {
      make();
      return "";
    } catch (error) {
      return error.message;
    }
  };
  // Letters left out, put in and swapped, and values of other types.
  const names = [
    "timeot",
    "limitt",
    "refrences",
    "retryWirtes",
    "user_id",
    "obsrve",
    "maxReplyByte",
    "pats",
    "x",
    "strictt",
  ];
  const wrong = [...names.map((name) => ({ [name]: 1 })), { deadline: -1 }, { retryWrites: "yes" }, { paths: "x" }];
  for (const settings of wrong) {
    const core = says(() => told(() => new glue.Core(JSON.stringify({ ...account, ...settings }))));
    assert.ok(core);
    assert.equal(
      says(() => new Xportcn({ ...account, ...settings })),
      core,
    );
  }
});
