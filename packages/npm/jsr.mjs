// Makes the package for JSR in `jsr.mjs FOLDER`, from the npm package in target/npm/package: what Deno loads, with
// declarations that name each other as files.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [out] = process.argv.slice(2);
const from = new URL("../../target/npm/package/", import.meta.url).pathname;
const { version, license, description } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
const ENTRIES = { ".": "deno", "./codes": "generated/codes", "./numbers": "numbers", "./schemas": "schemas" };
/** What the entries of other runtimes are, and what only tests import. */
const OTHERS = /^(cjs|frameworks|browser\.|node\.|workerd\.|inside|journal|opentelemetry|tools|.*\.map$|.*\.sha256$)/;

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const name of ["README.md", "LICENSE"]) cpSync(join(from, name), join(out, name));
cpSync(join(from, "dist"), join(out, "dist"), {
  recursive: true,
  filter: (path) => !OTHERS.test(path.slice(join(from, "dist/").length)),
});
for (const name of readdirSync(join(out, "dist"), { recursive: true })) {
  const path = join(out, "dist", name);
  if (name.endsWith(".d.ts")) rewrite(path, (text) => text.replace(/(from |import\()"(\.[^"]+)\.js"/g, '$1"$2.d.ts"'));
  if (name.endsWith(".js")) rewrite(path, (text) => text.replace(/\/\/# sourceMappingURL=.*\n?/, ""));
}
for (const [, entry] of Object.entries(ENTRIES)) {
  const types = `/* @ts-self-types="./${entry.split("/").at(-1)}.d.ts" */\n`;
  rewrite(join(out, "dist", `${entry}.js`), (text) => types + text.replaceAll('"xportcn"', '"./deno.js"'));
}
for (const entry of ["numbers", "schemas"]) {
  rewrite(join(out, "dist", `${entry}.d.ts`), (text) => text.replaceAll('"xportcn"', '"./deno.d.ts"'));
}
const exports = Object.fromEntries(Object.entries(ENTRIES).map(([name, entry]) => [name, `./dist/${entry}.js`]));
const manifest = { name: "@xportcn/xportcn", version, license, description, exports };
writeFileSync(join(out, "jsr.json"), `${JSON.stringify(manifest, null, 2)}\n`);

function rewrite(path, change) {
  writeFileSync(path, change(readFileSync(path, "utf8")));
}
