// The host in Node, Bun and Deno: a case per line on stdin, an answer per line on stdout.

import process from "node:process";
import { createInterface } from "node:readline";
import * as inside from "../node_modules/xportcn/dist/inside.js";
import { answer, use } from "./operations.mjs";

use(inside);

const runtime = globalThis.Deno
  ? `deno ${Deno.version.deno}`
  : process.versions.bun
    ? `bun ${process.versions.bun}`
    : `node ${process.versions.node}`;

for await (const line of createInterface({ input: process.stdin, terminal: false })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line), { runtime }))}\n`);
}
