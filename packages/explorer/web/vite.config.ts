import { defineConfig } from "vite";

const STAMP = "@generated from packages/explorer/web; do not edit";

export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    // Its helper would ask for more than the chunk itself.
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    // The program knows its files by name.
    rollupOptions: {
      output: {
        entryFileNames: "app.js",
        chunkFileNames: "[name].js",
        assetFileNames: (asset) => (asset.names.some((name) => name.endsWith(".css")) ? "app.css" : "[name][extname]"),
      },
    },
  },
  plugins: [
    {
      name: "stamp",
      enforce: "post",
      generateBundle(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "chunk") file.code = `// ${STAMP}\n${file.code}`;
          else if (file.fileName.endsWith(".css")) file.source = `/* ${STAMP} */\n${file.source}`;
        }
      },
    },
  ],
});
