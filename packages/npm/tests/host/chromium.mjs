// Runs the host in a page of real Chromium, without a bundler and under a strict policy, and hands it the cases of stdin.

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream";
import { chromium } from "playwright-core";

const ROOT = new URL("../", import.meta.url).pathname;
const TYPES = { html: "text/html", mjs: "text/javascript", js: "text/javascript", wasm: "application/wasm" };
const POLICY = "default-src 'none'; script-src 'self' 'sha256-PLACE' 'wasm-unsafe-eval'; connect-src 'self'";
const MAP = JSON.stringify({ imports: { xportcn: "/node_modules/xportcn/dist/browser.js" } });

const policy = POLICY.replace("PLACE", createHash("sha256").update(MAP).digest("base64"));
const PAGE = `<!doctype html><script type="importmap">${MAP}</script><script type="module" src="/host/page.mjs"></script>`;

/** Serves the package's files, and carries `/to/PORT/..` to a server on this machine: pages may call their own origin only. */
const server = createServer((incoming, answer) => {
  const { pathname } = new URL(incoming.url, "http://127.0.0.1");
  const [, port, rest] = /^\/to\/(\d+)(\/.*)$/.exec(incoming.url) ?? [];
  if (port) return carry(incoming, answer, port, rest);
  if (pathname === "/")
    return answer.writeHead(200, { "content-type": "text/html", "content-security-policy": policy }).end(PAGE);
  try {
    const type = TYPES[pathname.split(".").pop()] ?? "application/octet-stream";
    const content = readFileSync(join(ROOT, pathname));
    answer.writeHead(200, { "content-type": type }).end(content);
  } catch {
    answer.writeHead(404).end();
  }
});

function carry(incoming, answer, port, path) {
  const { method } = incoming;
  // The page calls its own server; what the server calls is no business of the page's origin.
  const { host: _, origin: __, ...headers } = incoming.headers;
  const outgoing = request({ host: "127.0.0.1", port, path, method, headers }, (reply) => {
    answer.writeHead(reply.statusCode, reply.headers);
    // What breaks off must break off here, too.
    pipeline(reply, answer, () => {});
  });
  outgoing.on("error", () => answer.destroy());
  answer.on("close", () => outgoing.destroy());
  incoming.pipe(outgoing);
}

await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;
const profile = mkdtempSync(join(tmpdir(), "xportcn-chromium-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const page = await browser.newPage();
page.on("pageerror", (error) => console.error(error));
page.on("console", (message) => console.error(message.text()));
await page.goto(`${origin}/`);
await page.waitForFunction(() => "answer" in globalThis, undefined, { polling: 100 });

for await (const line of createInterface({ input: process.stdin, terminal: false })) {
  const reply = await page.evaluate((one) => globalThis.answer(one), JSON.parse(line));
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
await browser.close();
server.closeAllConnections();
server.close();
rmSync(profile, { recursive: true, force: true });
