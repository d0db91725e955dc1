// What the page is built from has licences that let it be passed on, and the page has their texts: licences.txt.
//
//   licences.mjs FOLDER    where package-lock.json and node_modules are; the texts go to public in it
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ALLOWED = new Set(["MIT", "(MIT OR CC0-1.0)", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "0BSD"]);

const work = process.argv[2];
const lock = JSON.parse(readFileSync(join(work, "package-lock.json"), "utf8"));
const packages = Object.entries(lock.packages).filter(([path]) => path);
const nameOf = (path) => path.split("node_modules/").at(-1);

const wrong = packages.filter(([, entry]) => !entry.optional && !ALLOWED.has(entry.license));
if (wrong.length) {
  console.error("licences that are not known to serve:");
  for (const [path, entry] of wrong) console.error(`${nameOf(path)} ${entry.version}: ${entry.license}`);
  process.exit(1);
}

// Equal texts stand once, under all their packages.
const texts = new Map();
for (const [path, entry] of packages.filter(([, entry]) => !entry.dev && !entry.optional)) {
  const file = readdirSync(join(work, path)).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(join(work, path, file), "utf8").trim() : `Licence: ${entry.license}`;
  texts.set(text, [...(texts.get(text) ?? []), `${nameOf(path)} ${entry.version}`]);
}
const shown = [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}\n`);
const head = "The page of the explorer has parts of these packages. @generated\n";
writeFileSync(join(work, "public", "licences.txt"), [head, ...shown].join(`\n${"-".repeat(80)}\n\n`));
