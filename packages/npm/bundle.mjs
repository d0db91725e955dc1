// Bundles the sources into `bundle.mjs FOLDER`: one file, and beside it what few programs need. What servers load can be read
// as it stands; what pages load is minified, too. The core's JavaScript and its modules as text come
// from target/npm/core.
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

/** Servers read errors at once, and need no second way to what reads them, which would be one more file. */
const readAtOnce = {
  name: "what reads errors",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/reading\.js$/ }, ({ importer }) =>
      importer.endsWith("/unusual.ts") ? { path: "reading", namespace: "absent" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "export const read = undefined;" }));
  },
};

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const options = {
  bundle: true,
  define: { VERSION: JSON.stringify(version) },
  target: "es2022",
  external: ["*.wasm", "node:*"],
  plugins: [built],
  sourcemap: true,
  sourcesContent: true,
  // `sideEffects` is of what is built.
  ignoreAnnotations: true,
  logLevel: "warning",
};

/** As ES modules. */
async function modules(names, more) {
  const entryPoints = Object.entries(names).map(([out, name]) => ({ in: `src/${name}.ts`, out }));
  await build({ ...options, platform: "neutral", format: "esm", outdir: out, entryPoints, ...more });
}

const named = [...options.external, "xportcn", "@opentelemetry/api", "next/server"];
// Servers load one file, as it was written, and others when they need them. Tests reach what is within by a file like it.
const servers = { plugins: [readAtOnce, ...options.plugins], splitting: true };
await modules({ node: "node" }, servers);
await modules({ deno: "deno" }, servers);
// What it loads later is its own, too: that JavaScript is of one module in one memory.
const apart = { chunkNames: "inside/[name]-[hash]", external: [...options.external, "./embedded.js"] };
await modules({ inside: "inside_server" }, { ...servers, ...apart });
// Pages load little, and what is within beside it.
await modules({ browser: "browser", "inside-page": "inside", workerd: "workerd" }, { splitting: true, minify: true });

// Each by itself, and with the package by its name: a page's scripts stay one file.
const OF_PAGES = ["generated/codes", "numbers", "schemas"];
const OF_SERVERS = [
  "journal",
  "opentelemetry",
  "tools",
  ...["express", "hono", "next"].map((name) => `frameworks/${name}`),
];
for (const name of OF_PAGES) await modules({ [name]: name }, { external: named, minify: true });
for (const name of OF_SERVERS) await modules({ [name]: name }, { external: named });

for (const name of ["cjs", "embedded", ...OF_PAGES, ...OF_SERVERS]) {
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
