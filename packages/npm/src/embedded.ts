import { Buffer } from "node:buffer";
import { brotliDecompressSync } from "node:zlib";
import { calls, later } from "./core/embedded.js";

const MODULES = { calls, later };

/** A module of the core, for where a bundler has taken this package's files apart. */
export function embedded(name: keyof typeof MODULES): Uint8Array<ArrayBuffer> {
  return new Uint8Array(brotliDecompressSync(Buffer.from(MODULES[name], "base64")));
}
