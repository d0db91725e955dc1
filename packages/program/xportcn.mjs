#!/usr/bin/env node
// Starts the program that npm has installed beside this package for the machine.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";

const machine = `xportcn-cli-${process.platform}-${process.arch}`;
const name = process.platform === "win32" ? "xportcn.exe" : "xportcn";
let program;
try {
  program = createRequire(import.meta.url).resolve(`${machine}/${name}`);
} catch {
  console.error(
    `xportcn: the package ${machine} is not installed. It is an optional dependency of xportcn-cli, and there is one for`,
  );
  console.error("Linux, macOS and Windows, on x64 and arm64.");
  process.exit(1);
}
const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
// A terminal tells both; whoever ends this one alone means the program.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (error) => {
  console.error(`xportcn: ${program} does not start: ${error.message}`);
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
