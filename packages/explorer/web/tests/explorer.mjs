// The explorer as the program serves it, before Chromium, and what its pages do that they must not.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

export const ROOT = join(fileURLToPath(import.meta.url), "../../../../..");
const require = createRequire(join(ROOT, "target/explorer/tests/node_modules/"));
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const PROGRAM = process.env.XPORTCN_CLI ?? join(ROOT, "target/debug/xportcn");
const SECRET = "sandbox-secret";

export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

let browser;
const running = [];
const complaints = [];
const elsewhere = [];
const leaks = [];

async function launch() {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}

async function end() {
  await browser?.close();
  for (const explorer of running) explorer.kill("SIGTERM");
}

// Under the test runner only: pictures are taken without it.
if (process.env.NODE_TEST_CONTEXT) {
  before(launch);
  after(end);
}

/** The same picture in a third of the bytes. */
async function webp(png) {
  const page = await browser.newPage();
  const text = await page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.width;
      canvas.height = image.height;
      canvas.getContext("2d").drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", 0.9).split(",")[1];
    },
    `data:image/png;base64,${png.toString("base64")}`,
  );
  await page.close();
  return Buffer.from(text, "base64");
}

/** Takes a picture of a view into a file. */
export async function picture(settings, open, path) {
  if (!browser) await launch();
  const page = await reader(settings);
  await open(page);
  const png = await page.screenshot();
  await close(page);
  writeFileSync(path, await webp(png));
  for (const explorer of running.splice(0)) explorer.kill("SIGTERM");
}

/** Starts an explorer, by `explore` unless the words begin otherwise; gives the address that opens it, once. */
export async function explore(words = [], environment = {}) {
  const command = words[0] === "sandbox" ? words : ["explore", ...words];
  const explorer = spawn(PROGRAM, [...command, "--no-open"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  running.push(explorer);
  let said = "";
  explorer.stderr.on("data", (bytes) => {
    said += bytes;
  });
  for await (const line of createInterface({ input: explorer.stdout })) {
    const address = /^open (\S+)$/.exec(line)?.[1];
    if (address) return address;
  }
  throw new Error(`the explorer ended before it told its address: ${said}`);
}

/** A page of a new explorer. */
export async function reader(settings = {}, words = [], environment = {}) {
  const address = await explore(words, environment);
  const context = await browser.newContext({ viewport: DESK, locale: "en-GB", ...settings });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const { origin } = new URL(address);
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin) elsewhere.push(request.url());
  });
  page.on("response", async (response) => {
    const body = await response.text().catch(() => "");
    if (body.includes(SECRET)) leaks.push(response.url());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(address);
  await page.locator("main").waitFor();
  return page;
}

export const close = (page) => page.context().close();

/** Opens a row by its address. */
export async function openRow(page, row) {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/call/${row}`);
  await page.locator("main code", { hasText: row }).first().waitFor();
  await page.getByRole("button", { name: /^(Send|发送)$/ }).waitFor();
}

export async function send(page) {
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** Sends a call that writes, and says yes. */
export async function sendWrite(page) {
  await send(page);
  await page.getByRole("dialog").getByRole("button", { name: "Yes, send it" }).click();
  await page.locator(".verdict").waitFor();
}

export async function assertAccessible(page, what) {
  const found = await page.evaluate(`${AXE}; axe.run(document, { resultTypes: ["violations"] })`);
  const said = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  assert.deepEqual(said, [], what);
}

export async function assertNoWider(page, what) {
  const [has, may] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  assert.ok(has <= may, `${what} is ${has} pixels wide, of ${may}`);
}

/** The secret stands nowhere that a script or a person could find it. */
export async function assertNoSecret(page) {
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  for (const place of [await page.content(), kept, page.url()]) assert.ok(!place.includes(SECRET));
  assert.ok(!page.url().includes("token"), "the token left the address");
  assert.ok(!kept.includes("token"));
}

/** The last test of a file; what a test brings about on purpose may be complained of. */
export function assertNothingElse({ allowed } = {}) {
  test("no page asks anybody else, complains, breaks the policy or is told the secret", () => {
    const said = complaints.filter((text) => !allowed?.test(text));
    assert.deepEqual({ elsewhere, said, leaks }, { elsewhere: [], said: [], leaks: [] });
  });
}
