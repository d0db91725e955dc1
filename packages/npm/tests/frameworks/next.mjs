// The package in a program of Next.js, without configuration: in a server component, a server action, a page and a route
// handler of pushed messages, as Turbopack and as webpack build them. Ends with "N passed, N failed".
import { spawn, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { chromium } from "playwright-core";
import { signPush } from "xportcn";
import { freePort, patient } from "./servers.mjs";

const ROOT = new URL("./next/", import.meta.url).pathname;
const NEXT = new URL("./node_modules/.bin/next", import.meta.url).pathname;
const TOLD = "CNY PushSignatureError";
const WORKED = JSON.stringify({
  statuses: [200, 200, 401],
  before: [],
  messages: [
    ["7", false],
    ["7", true],
  ],
});
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };

let passed = 0;
let failed = 0;
for (const bundler of ["--turbopack", "--webpack"]) {
  rmSync(`${ROOT}.next`, { recursive: true, force: true });
  const built = spawnSync(NEXT, ["build", bundler], { cwd: ROOT, env, encoding: "utf8" });
  if (built.status !== 0) {
    console.log(`FAILED next build ${bundler}\n${built.stdout}${built.stderr}`);
    failed += 4;
    continue;
  }
  for (const [place, text] of Object.entries(await shown())) {
    if (text === (place === "route" ? WORKED : TOLD)) passed++;
    else {
      failed++;
      console.log(`FAILED ${place} with ${bundler}: ${text}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

/** What the server's component, its action and the page say. */
async function shown() {
  const port = await freePort();
  const server = spawn(process.execPath, [NEXT, "start", "--port", String(port)], { cwd: ROOT, env, stdio: "ignore" });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage();
    await patient(() => page.goto(`http://127.0.0.1:${port}/`));
    const texts = {};
    for (const place of ["server", "action", "page"]) {
      await page.waitForFunction((id) => document.getElementById(id)?.textContent, place, { timeout: 20_000 });
      texts[place] = await page.textContent(`#${place}`);
    }
    texts.route = await pushed(`http://127.0.0.1:${port}/pushed`);
    return texts;
  } finally {
    await browser.close();
    server.kill();
  }
}

/** What the route handler answers to messages, and what it has worked on before and after a while. */
async function pushed(url) {
  const signed = await signPush("ORDER_CREATE", { accessKey: "k", accessSecret: "s", content: { orderId: "7" } });
  const post = async (authorization) =>
    (await fetch(url, { method: "POST", headers: { authorization }, body: signed.body })).status;
  const worked = async () => (await fetch(url)).json();
  const statuses = [await post(signed.authorization), await post(signed.authorization), await post("0".repeat(64))];
  const before = await worked();
  await patient(async () => {
    if ((await worked()).length < 2) throw new Error("not yet");
  });
  return JSON.stringify({ statuses, before, messages: await worked() });
}
