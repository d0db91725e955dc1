// What takes a new process: loading, the first call, the most memory that reading needs, and what calls leave behind.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { row } from "./rows.mjs";

const FOLDER = new URL("./fresh/", import.meta.url).pathname;

/** Loading the package, beside what a client by hand loads; both without what a bare process takes. */
export function imports() {
  const [nothing, ours, theirs] = ["nothing.mjs", "import-ours.mjs", "import-theirs.mjs"];
  const rounds = Array.from({ length: 15 }, () => {
    const bare = told(nothing);
    return [told(ours) - bare, told(theirs) - bare];
  });
  row("import", rounds, "crypto-js and json-bigint", { unit: "ms" });
  row(
    "import",
    rounds.map(([ours]) => [ours, 5]),
    "5 ms",
    { unit: "ms" },
  );
}

/** From the client's making to the end of its first call; of several, the one that the machine slowed the least. */
export function firstCall() {
  const fastest = Math.min(...Array.from({ length: 15 }, () => told("first-call.mjs")));
  row("first call", [[fastest, 30]], "30 ms", { budget: 1, unit: "ms" });
  row("first call", [[fastest, 20]], "20 ms", { unit: "ms" });
}

/** What the process grows by at most while it reads one large answer. */
export function peak(inputs) {
  const body = join(inputs, "reply_10m.json");
  const rounds = Array.from({ length: 5 }, () => [told("peak-ours.mjs", body), told("peak-theirs.mjs", body)]);
  row("peak memory of reading 10 MB", rounds, "JSON.parse(TextDecoder)", { unit: "MB" });
}

/** The module's memory after 100,000 calls, beside that after 1,000. */
export function memory() {
  row("memory after 100,000 calls", [told("memory.mjs")], "after 1,000 calls", { budget: 1, unit: "bytes" });
}

/** What a program prints. */
function told(name, ...given) {
  return JSON.parse(execFileSync(process.execPath, [FOLDER + name, ...given], { encoding: "utf8" }));
}
