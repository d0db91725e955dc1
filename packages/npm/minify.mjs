// Takes out of the built JavaScript what only readers of the source need. The modules stay apart: each page loads what it uses.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

for (const [folder, format] of [
  ["", "esm"],
  ["cjs", "cjs"],
]) {
  const outdir = join(process.argv[2], folder);
  const files = ["", "core", "generated"].flatMap((part) =>
    readdirSync(join(outdir, part)).map((name) => join(outdir, part, name)),
  );
  const entryPoints = files.filter((name) => name.endsWith(".js"));
  await build({
    entryPoints,
    outdir,
    outbase: outdir,
    allowOverwrite: true,
    minify: true,
    format,
    target: "es2022",
    logLevel: "warning",
  });
}
