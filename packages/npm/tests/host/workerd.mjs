// Runs worker.mjs in workerd, bundled as wrangler bundles, and hands it the cases of stdin.

import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { freePort } from "./servers.mjs";

// Two may run at once.
const folder = new URL(`../worker-${process.pid}/`, import.meta.url).pathname;
mkdirSync(folder);
const MODULES = ["xportcn.wasm", "xportcn-later.wasm"];
for (const name of MODULES) {
  copyFileSync(new URL(`../node_modules/xportcn/dist/${name}`, import.meta.url), folder + name);
}
await build({
  entryPoints: [new URL("worker.mjs", import.meta.url).pathname],
  outfile: `${folder}worker.js`,
  bundle: true,
  format: "esm",
  conditions: ["workerd"],
  external: ["*.wasm"],
  logLevel: "error",
});
const port = await freePort();
writeFileSync(
  `${folder}worker.capnp`,
  `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [
        (name = "worker.js", esModule = embed "worker.js"),
        ${MODULES.map((name) => `(name = "${name}", wasm = embed "${name}")`).join(", ")},
      ],
      compatibilityDate = "2026-01-01",
    )),
    # Unless told otherwise, it lets workers reach public addresses only.
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`,
);
const program = new URL("../node_modules/.bin/workerd", import.meta.url).pathname;
const worker = spawn(program, ["serve", `${folder}worker.capnp`], { stdio: ["ignore", "ignore", "inherit"] });
process.on("exit", () => {
  worker.kill();
  rmSync(folder, { recursive: true, force: true });
});

for await (const line of createInterface({ input: process.stdin, terminal: false })) {
  process.stdout.write(`${await ask(line)}\n`);
}
process.exit(0);

async function ask(line) {
  for (let patience = 100; ; patience--) {
    try {
      const reply = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: line });
      return (await reply.text()).replaceAll("\n", " ");
    } catch (error) {
      // It may not listen yet.
      if (patience === 0 || worker.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
