// Weighs what a page loads: the module and the JavaScript of the browser's entry; and beside it what a page loads only if it
// looks for a lost write or reads a pushed message. With --check it fails over the budgets.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = join(process.argv[2], "dist");
const page = [...reached(join(dist, "browser.js")), join(dist, "xportcn.wasm")];
// What the page's scripts import when they need it.
const script = page.flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\bimport\("\.\/(later-\w+\.js)"\)/g)]);
if (script.length !== 1) throw new Error(`there are ${script.length} scripts of the second module`);
const later = [...reached(join(dist, script[0][1])), join(dist, "xportcn-later.wasm")];

const fits = [
  weighed("the whole API in a browser", page, { gzip: 111_000, brotli: 96_500 }),
  weighed("what it loads later", later, { gzip: 116_300, brotli: 100_500 }),
];
if (process.argv.includes("--check")) process.exit(fits.every(Boolean) ? 0 : 1);

function weighed(name, files, most) {
  const sum = { plain: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const bytes = readFileSync(file);
    sum.plain += bytes.length;
    sum.gzip += gzipSync(bytes, { level: 9 }).length;
    sum.brotli += brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
  }
  console.log(
    `${name}: ${sum.plain} bytes in ${files.length} files, ${sum.gzip} gzipped (at most ${most.gzip}), ` +
      `${sum.brotli} with brotli (at most ${most.brotli})`,
  );
  return sum.gzip <= most.gzip && sum.brotli <= most.brotli;
}

/** A module, and those that it imports. */
function reached(file, found = []) {
  if (found.includes(file)) return found;
  found.push(file);
  for (const [, name] of readFileSync(file, "utf8").matchAll(/\b(?:from|import)\s*"(\.[^"]+)"/g))
    reached(join(dirname(file), name), found);
  return found;
}
