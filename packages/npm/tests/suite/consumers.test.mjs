// The packed package in the hands of other people's programs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../", import.meta.url).pathname;

function run(program, ...given) {
  try {
    return execFileSync(`${ROOT}node_modules/.bin/${program}`, given, { cwd: ROOT, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    assert.fail(`${program} ${given.join(" ")}: ${error.stdout}${error.stderr}`);
  }
}

for (const format of ["esm", "cjs"]) {
  test(`a strict TypeScript program as ${format} compiles against the declarations`, () => {
    if (format === "cjs") copyFileSync(`${ROOT}consumers/esm/consumer.ts`, `${ROOT}consumers/cjs/consumer.ts`);
    run("tsc", "--project", `consumers/${format}`);
  });
}

test("publint finds nothing", () => {
  run("publint", "run", "node_modules/xportcn", "--strict");
});

test("arethetypeswrong finds nothing", () => {
  run("attw", process.env.XPORTCN_TARBALL, "--exclude-entrypoints", "xportcn.wasm", "--no-color");
});

test("Vite builds a page with the module beside it", () => {
  run("vite", "build", "consumers/vite", "--logLevel", "error");
  const files = readdirSync(`${ROOT}consumers/vite/dist/assets`);
  const wasm = files.filter((name) => name.endsWith(".wasm"));
  assert.equal(wasm.length, 1);
  assert.deepEqual(
    readFileSync(`${ROOT}consumers/vite/dist/assets/${wasm[0]}`),
    readFileSync(`${ROOT}node_modules/xportcn/dist/xportcn.wasm`),
  );
  const script = files
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(`${ROOT}consumers/vite/dist/assets/${name}`, "utf8"));
  assert.ok(script.some((text) => text.includes(wasm[0])));
});
