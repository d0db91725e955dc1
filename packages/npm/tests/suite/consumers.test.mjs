// The packed package in the hands of other people's programs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { rollup } from "rollup";

const ROOT = new URL("../", import.meta.url).pathname;
const MODULES = ["xportcn.wasm", "xportcn-later.wasm"];

function run(program, ...given) {
  try {
    return execFileSync(`${ROOT}node_modules/.bin/${program}`, given, { cwd: ROOT, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    assert.fail(`${program} ${given.join(" ")}: ${error.stdout}${error.stderr}`);
  }
}

for (const format of ["esm", "cjs"]) {
  test(`a strict TypeScript program as ${format} compiles against the declarations`, () => {
    for (const name of ["consumer.ts", "typed.ts"]) {
      if (format === "cjs") copyFileSync(`${ROOT}consumers/esm/${name}`, `${ROOT}consumers/cjs/${name}`);
    }
    run("tsc", "--project", `consumers/${format}`);
  });
}

for (const types of ["none", "node"]) {
  test(`programs without the types of the DOM compile, with those of ${types}`, () => {
    run("tsc", "--project", `consumers/plain/${types}.json`);
  });
}

test("publint finds nothing", () => {
  run("publint", "run", "node_modules/xportcn", "--strict");
});

test("arethetypeswrong finds nothing", () => {
  run("attw", process.env.XPORTCN_TARBALL, "--exclude-entrypoints", ...MODULES, "--no-color");
});

test("Vite builds a page with the modules beside it", () => {
  run("vite", "build", "consumers/vite", "--logLevel", "error");
  const files = readdirSync(`${ROOT}consumers/vite/dist/assets`);
  const wasm = files.filter((name) => name.endsWith(".wasm"));
  assert.equal(wasm.length, MODULES.length);
  const script = files
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(`${ROOT}consumers/vite/dist/assets/${name}`, "utf8"));
  for (const module of MODULES) {
    const bytes = readFileSync(`${ROOT}node_modules/xportcn/dist/${module}`);
    const built = wasm.filter((name) => readFileSync(`${ROOT}consumers/vite/dist/assets/${name}`).equals(bytes));
    assert.equal(built.length, 1, module);
    assert.ok(
      script.some((text) => text.includes(built[0])),
      module,
    );
  }
});

const PROGRAM = `${ROOT}consumers/bundled/program.mjs`;
const TOLD = "CNY PushSignatureError";
const XPORTCN = { node: "dist/node.js", browser: "dist/browser.js" };

/** Rollup finds packages by a plugin only; it is not what is tested. */
const found = (runtime) => ({
  name: "found",
  resolveId: (id) => (id === "xportcn" ? `${ROOT}node_modules/xportcn/${XPORTCN[runtime]}` : null),
});

const BUNDLERS = {
  async esbuild(runtime, folder, format = "esm") {
    const entry = format === "cjs" ? asCommonJs(folder) : PROGRAM;
    const platform = runtime === "node" ? "node" : "browser";
    const outfile = join(folder, `main.${format === "cjs" ? "cjs" : "mjs"}`);
    const options = { bundle: true, platform, format, outfile, logLevel: "error", absWorkingDir: ROOT };
    // That of `import.meta`: the module is found without.
    await build({
      ...options,
      entryPoints: [entry],
      nodePaths: [`${ROOT}node_modules`],
      logOverride: { "empty-import-meta": "silent" },
    });
    return outfile;
  },
  async rollup(runtime, folder) {
    const bundle = await rollup({ input: PROGRAM, plugins: [found(runtime)], external: /^node:/ });
    await bundle.write({ dir: folder, format: "esm", entryFileNames: "main.mjs" });
    return join(folder, "main.mjs");
  },
};

/** Without `await` outside of functions, which CommonJS has not. */
function asCommonJs(folder) {
  const [imports, ...rest] = readFileSync(PROGRAM, "utf8").split(/(?<=from "xportcn";)/);
  const file = join(folder, "program.mjs");
  writeFileSync(file, `${imports}\n(async () => {${rest.join("")}})();`);
  return file;
}

/** A folder with nothing of the package near it. */
function elsewhere(t) {
  const folder = mkdtempSync(join(tmpdir(), "xportcn-bundle-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

for (const [bundler, format] of [
  ["esbuild", "esm"],
  ["esbuild", "cjs"],
  ["rollup", "esm"],
]) {
  test(`a server's program that ${bundler} has bundled as ${format} runs anywhere`, async (t) => {
    const folder = elsewhere(t);
    const file = await BUNDLERS[bundler]("node", folder, format);
    assert.equal(execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" }).trim(), TOLD);
  });
}

for (const bundler of ["esbuild", "rollup"]) {
  test(`a page that ${bundler} has bundled runs with the modules beside it`, async (t) => {
    const folder = elsewhere(t);
    await BUNDLERS[bundler]("browser", folder);
    for (const module of MODULES) {
      copyFileSync(createRequire(import.meta.url).resolve(`xportcn/${module}`), join(folder, module));
    }
    const server = createServer((request, answer) => {
      const name = request.url.slice(1);
      if (name === "")
        return answer
          .writeHead(200, { "content-type": "text/html" })
          .end('<script type="module" src="main.mjs"></script>');
      if (name === "favicon.ico") return answer.writeHead(404).end();
      const type = name.endsWith("js") ? "text/javascript" : "application/octet-stream";
      answer.writeHead(200, { "content-type": type }).end(readFileSync(join(folder, name)));
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    t.after(async () => {
      await browser.close();
      server.close();
    });
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => document.title !== "", undefined, { polling: 50 });
    assert.equal(await page.title(), TOLD);
  });
}

test("what is carried within the package's JavaScript are its modules", async () => {
  const { embedded } = createRequire(import.meta.url)(`${ROOT}node_modules/xportcn/dist/cjs/embedded.js`);
  const dist = `${ROOT}node_modules/xportcn/dist/`;
  assert.deepEqual(Buffer.from(embedded("calls")), readFileSync(`${dist}xportcn.wasm`));
  assert.deepEqual(Buffer.from(embedded("later")), readFileSync(`${dist}xportcn-later.wasm`));
});

test("each script but the module as text has a source map, with the sources in it", () => {
  const dist = `${ROOT}node_modules/xportcn/dist/`;
  const scripts = readdirSync(dist, { recursive: true }).filter(
    (name) => name.endsWith(".js") && !name.includes("embedded"),
  );
  const sources = scripts.flatMap((name) => {
    const script = readFileSync(dist + name, "utf8");
    const [, map] = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(script) ?? assert.fail(`${name} has no map`);
    const read = JSON.parse(readFileSync(join(dist, name, "..", map), "utf8"));
    assert.equal(
      read.sources.length,
      read.sourcesContent.filter((content) => typeof content === "string").length,
      name,
    );
    return read.sources;
  });
  for (const name of ["client.ts", "transport.ts", "params.ts"]) {
    assert.ok(
      sources.some((source) => source.endsWith(`src/${name}`)),
      name,
    );
  }
});
