// Bundles the sources into `bundle.mjs FOLDER`: one file that all entries share, which weighs less than many, and beside it
// what few programs need. The core's JavaScript and its modules as text come from target/npm/core.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const [out] = process.argv.slice(2);
const core = new URL("../../target/npm/core/", import.meta.url).pathname;

const built = {
  name: "what is built",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/core\/glue\.js$/ }, () => ({ path: join(core, "glue.js") }));
    onResolve({ filter: /\/core\/later\.js$/ }, () => ({ path: join(core, "later.js") }));
    onResolve({ filter: /\/core\/embedded\.js$/ }, () => ({ path: "embedded", namespace: "built" }));
    onLoad({ filter: /.*/, namespace: "built" }, () => {
      const text = (name) => brotliCompressSync(readFileSync(join(core, name))).toString("base64");
      const modules = { calls: text("xportcn.wasm"), later: text("xportcn-later.wasm") };
      const written = Object.entries(modules).map(([name, module]) => `export const ${name} = "${module}";`);
      return { contents: written.join("\n") };
    });
  },
};

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const options = {
  bundle: true,
  define: { VERSION: JSON.stringify(version) },
  minify: true,
  target: "es2022",
  external: ["*.wasm", "node:*"],
  plugins: [built],
  sourcemap: true,
  sourcesContent: true,
  // `sideEffects` is of what is built.
  ignoreAnnotations: true,
  logLevel: "warning",
};

const ENTRIES = ["browser", "deno", "node", "workerd", "inside", "generated/codes"];
await build({
  ...options,
  platform: "neutral",
  entryPoints: ENTRIES.map((name) => ({ in: `src/${name}.ts`, out: name })),
  outdir: out,
  format: "esm",
  splitting: true,
});

// Each by itself, and with the package by its name: a page's scripts stay one file.
const FRAMEWORKS = ["express", "hono", "next"].map((name) => `frameworks/${name}`);
const BESIDE = ["journal", "numbers", "opentelemetry", "schemas", ...FRAMEWORKS];
const named = [...options.external, "xportcn", "@opentelemetry/api", "next/server"];
await build({
  ...options,
  platform: "neutral",
  entryPoints: BESIDE.map((name) => ({ in: `src/${name}.ts`, out: name })),
  outdir: out,
  format: "esm",
  external: named,
});

for (const name of ["cjs", "embedded", "generated/codes", ...BESIDE]) {
  await build({
    ...options,
    platform: "node",
    entryPoints: [{ in: `src/${name}.ts`, out: name }],
    outdir: join(out, "cjs"),
    format: "cjs",
    external: [...named, "./embedded.js"],
    // Properties that programs can replace, as tests do; esbuild's are fixed.
    footer: { js: 'module.exports=Object.defineProperty({...module.exports},"__esModule",{value:true});' },
  });
}

// A map of the modules as text would be as large again, and tell nothing.
for (const name of readdirSync(out, { recursive: true }).filter((name) => /embedded[^/]*\.js$/.test(name))) {
  const script = readFileSync(join(out, name), "utf8");
  writeFileSync(join(out, name), script.replace(/\/\/# sourceMappingURL=.*\n/, ""));
  rmSync(join(out, `${name}.map`));
}
