import { brotliDecompressSync } from "node:zlib";
import text from "./core/embedded.js";

/** The core's module, for where a bundler has taken this package's files apart. */
export function embedded(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(brotliDecompressSync(Buffer.from(text, "base64")));
}
