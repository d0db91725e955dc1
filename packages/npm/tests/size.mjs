// Weighs what a page loads: the module and the JavaScript of the browser's entry. With --check it fails over the budget.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const GZIP = 112_000;
const BROTLI = 97_000;

const dist = join(process.argv[2], "dist");
const files = reached(join(dist, "browser.js"));
files.push(join(dist, "xportcn.wasm"));

const sum = { plain: 0, gzip: 0, brotli: 0 };
for (const file of files) {
  const bytes = readFileSync(file);
  sum.plain += bytes.length;
  sum.gzip += gzipSync(bytes, { level: 9 }).length;
  sum.brotli += brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
}
console.log(
  `the whole API in a browser: ${sum.plain} bytes in ${files.length} files, ${sum.gzip} gzipped (at most ${GZIP}), ` +
    `${sum.brotli} with brotli (at most ${BROTLI})`,
);
if (process.argv.includes("--check")) process.exit(sum.gzip <= GZIP && sum.brotli <= BROTLI ? 0 : 1);

/** A module, and those that it imports. */
function reached(file, found = []) {
  if (found.includes(file)) return found;
  found.push(file);
  for (const [, name] of readFileSync(file, "utf8").matchAll(/\b(?:from|import)\s*"(\.[^"]+)"/g))
    reached(join(dirname(file), name), found);
  return found;
}
