// Chromium before the built site, and what its pages do that they must not.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ROOT, SITE } from "./checks.mjs";
import { serve } from "./server.mjs";

const require = createRequire(join(ROOT, "target/site/tests/node_modules/"));
const { chromium } = require("playwright-core");
export const AXE = require.resolve("axe-core/axe.min.js");
export const DESK = { width: 1280, height: 900 };
export const PHONE = { width: 360, height: 740 };

export let site;
let browser;
// What a page asks of anybody but its own server, and what it complains of.
const elsewhere = [];
const complaints = [];

before(async () => {
  site = await serve(SITE);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
});

after(async () => {
  await browser?.close();
  site?.end();
});

/** A page of a reader with settings and storage of their own. */
export async function reader(settings = {}) {
  const context = await browser.newContext({ viewport: DESK, ...settings });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:" && origin !== site.url) elsewhere.push(request.url());
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !message.text().includes("404"))
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  return page;
}

/** Opens a page, and waits until its scripts have taken it over. */
export async function open(page, address) {
  await page.goto(site.url + address);
  await page.waitForFunction(() => document.querySelector("#app")?.__vue_app__ && document.readyState === "complete");
}

export const close = (page) => page.context().close();

export async function search(page, words) {
  await page.keyboard.press("Control+k");
  await page.locator(".VPLocalSearchBox input").fill(words);
  const results = page.locator(".VPLocalSearchBox .result");
  await results.first().waitFor();
  return results;
}

export async function assertNoWider(page, what) {
  const [has, may] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  assert.ok(has <= may, `${what} is ${has} pixels wide, of ${may}`);
}

/** The last test of a file: what its pages asked of others, and complained of. */
export function assertNothingElse() {
  test("no page asks anybody but its own server, and none complains", () => {
    assert.deepEqual(elsewhere, []);
    assert.deepEqual(complaints, []);
  });
}
