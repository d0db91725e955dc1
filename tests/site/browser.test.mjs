// The site in real Chromium: at 360 pixels and on a desk, in the light and in the dark, by keys, and without a script.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PAGES, ROOT, SITE, text } from "./checks.mjs";
import { serve } from "./server.mjs";

const require = createRequire(join(ROOT, "target/site/tests/node_modules/"));
const { chromium } = require("playwright-core");
const AXE = require.resolve("axe-core/axe.min.js");
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

let site;
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
async function reader(settings = {}) {
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
async function open(page, address) {
  await page.goto(site.url + address);
  await page.waitForFunction(() => document.querySelector("#app")?.__vue_app__ && document.readyState === "complete");
}

const close = (page) => page.context().close();

async function search(page, words) {
  await page.keyboard.press("Control+k");
  await page.locator(".VPLocalSearchBox input").fill(words);
  const results = page.locator(".VPLocalSearchBox .result");
  await results.first().waitFor();
  return results;
}

test("no page is wider than a telephone", async () => {
  // What scripts add is looked at with axe.
  const page = await reader({ viewport: PHONE, javaScriptEnabled: false });
  for (const address of PAGES) {
    await page.goto(site.url + address);
    await assertNoWider(page, address);
  }
  await close(page);
});

// Every kind of page, in each of the forms in which somebody reads it.
const KINDS = [
  "/",
  "/start/",
  "/tasks/order/",
  "/errors/",
  "/reference/",
  "/reference/poizon/",
  "/reference/settings/",
];
KINDS.push("/performance/", "/features/", "/packages/pip/", "/nowhere/");
for (const [form, settings] of Object.entries({
  "on a desk, in the light": { viewport: DESK, colorScheme: "light" },
  "on a telephone, in the dark": { viewport: PHONE, colorScheme: "dark" },
})) {
  test(`axe finds nothing wrong ${form}`, async () => {
    const page = await reader(settings);
    for (const address of KINDS) {
      await open(page, address);
      await assertNothingWrong(page, address);
    }
    await close(page);
  });
}

test("axe finds nothing wrong with the search, in the dark, and the menu of a telephone", async () => {
  const page = await reader({ viewport: PHONE, colorScheme: "dark" });
  await open(page, "/");
  await search(page, "refund");
  await assertNothingWrong(page, "the search");
  await page.keyboard.press("Escape");
  await page.locator(".VPLocalNav .menu").click();
  await page.locator(".VPSidebar.open").waitFor();
  await page.waitForTimeout(600);
  await assertNothingWrong(page, "the menu");
  await close(page);
});

async function assertNoWider(page, what) {
  const [has, may] = await page.evaluate(() => [document.scrollingElement.scrollWidth, innerWidth]);
  assert.ok(has <= may, `${what} is ${has} pixels wide, of ${may}`);
}

async function assertNothingWrong(page, what) {
  await assertNoWider(page, what);
  await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const told = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map((node) => node.html.slice(0, 160))
        .join(" | ")}`,
  );
  assert.deepEqual(told, [], what);
}

test("tabs show one language, remember it across pages and visits, and tell other windows", async () => {
  const page = await reader();
  await open(page, "/tasks/order/");
  const shown = () =>
    page
      .locator(".program")
      .evaluateAll((all) => [
        ...new Set(all.filter((one) => one.getBoundingClientRect().height > 0).map((one) => one.dataset.language)),
      ]);
  assert.deepEqual(await shown(), ["rust"]);
  await page.locator(".languages").nth(1).getByRole("radio", { name: "Python" }).check();
  assert.deepEqual(await shown(), ["python"]);
  await page.locator(".VPSidebar").getByRole("link", { name: "Refund", exact: true }).click();
  await page.waitForURL("**/tasks/refund/");
  await page.locator("h1", { hasText: "Refund" }).waitFor();
  assert.deepEqual(await shown(), ["python"]);
  await page.reload();
  assert.deepEqual(await shown(), ["python"]);
  assert.ok(await page.locator('.languages input[value="python"]').first().isChecked());

  const other = await page.context().newPage();
  await open(other, "/errors/");
  await other.getByRole("radio", { name: "Swift" }).check();
  await page.locator('.program[data-language="swift"]').first().waitFor({ state: "visible" });
  assert.deepEqual(await shown(), ["swift"]);
  await close(page);
});

test("tabs go by keys, and stay where they are", async () => {
  const page = await reader();
  await open(page, "/tasks/order/");
  const last = page.locator(".languages").last().getByRole("radio", { name: "Rust" });
  await last.focus();
  const before = (await last.boundingBox()).y;
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.language), "typescript");
  const now = page.locator(".languages").last().getByRole("radio", { name: "TypeScript" });
  assert.ok(await now.evaluate((input) => input === document.activeElement));
  assert.ok(Math.abs((await now.boundingBox()).y - before) < 2);
  await close(page);
});

for (const [words, address] of Object.entries({
  refund: "/tasks/refund/",
  退款: "/tasks/refund/",
  采购单: "/words/",
  purchase_create: "/reference/taobao/",
  waitUntil: "/packages/npm/",
})) {
  test(`the search finds ${words}`, async () => {
    const page = await reader();
    await open(page, "/");
    const results = await search(page, words);
    const found = await results.evaluateAll((all) => all.map((one) => new URL(one.href).pathname));
    assert.ok(found.slice(0, 5).includes(address), found.join(" "));
    await close(page);
  });
}

test("the search goes by keys alone", async () => {
  const page = await reader();
  await open(page, "/start/");
  await search(page, "refund");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/tasks/refund/**");
  await close(page);
});

test("a reader with keys alone passes over the menu", async () => {
  const page = await reader();
  await open(page, "/tasks/search/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "VPContent");
  await close(page);
});

test("keys reach what is scrolled sideways, and nothing that is not", async () => {
  const page = await reader({ viewport: PHONE });
  await open(page, "/features/");
  await page.waitForFunction(() => document.querySelector(".table[tabindex]"));
  const boxes = await page
    .locator(".vp-doc .table, .vp-doc pre")
    .evaluateAll((all) => all.map((box) => [box.scrollWidth > box.clientWidth, box.tabIndex === 0]));
  for (const [isScrolled, isReached] of boxes) assert.equal(isReached, isScrolled);
  await close(page);
});

test("the calls are filtered by evidence, group, effect and words, and a link keeps it", async () => {
  const page = await reader();
  await open(page, "/reference/");
  const count = page.getByRole("status");
  const all = Number(/(\d+) calls and/.exec(text("docs/reference/README.md"))[1]);
  assert.equal(await count.textContent(), `${all} of ${all} calls`);
  const told = (word) =>
    Number(new RegExp(`^\\| \`${word}\` \\| .* \\| (\\d+) \\|$`, "m").exec(text("docs/reference/README.md"))[1]);
  for (const evidence of ["seed", "sister", "inferred"]) {
    await page.getByLabel("Evidence of the path").selectOption(evidence);
    assert.equal(await count.textContent(), `${told(evidence)} of ${all} calls`);
    assert.equal(
      await page.locator(".table tbody tr:visible", { has: page.locator("td:nth-child(6)") }).count(),
      told(evidence),
    );
  }
  await page.getByLabel("Evidence of the path").selectOption("");
  await page.getByLabel("Reads or writes").selectOption("write");
  assert.equal(await count.textContent(), `${told("write")} of ${all} calls`);
  await page.getByLabel("Group").selectOption("Poizon");
  await page.getByLabel("Words").fill("pay");
  assert.equal(await count.textContent(), `1 of ${all} calls`);
  assert.ok(await page.getByRole("heading", { name: "Taobao" }).isHidden());
  await page.reload();
  await page.waitForFunction(
    (told) => document.querySelector("[role=status]")?.textContent === told,
    `1 of ${all} calls`,
  );
  await page.getByRole("button", { name: "Show all" }).click();
  assert.equal(await count.textContent(), `${all} of ${all} calls`);
  await close(page);
});

test("the dark is the system's until the reader says otherwise, and pictures follow", async () => {
  const page = await reader({ colorScheme: "dark" });
  await open(page, "/");
  const colours = () =>
    page.evaluate(() => {
      const colour = (name, one) => getComputedStyle(document.querySelector(one)).getPropertyValue(name);
      return [
        colour("background-color", "body"),
        colour("fill", ".picture.wide .box"),
        colour("fill", ".picture.wide text"),
      ];
    });
  const light = (colour) =>
    colour
      .match(/\d+/g)
      .slice(0, 3)
      .reduce((sum, part) => sum + Number(part), 0) / 3;
  const dark = (await colours()).map(light);
  assert.ok(dark[0] < 60 && dark[1] < 60 && dark[2] > 180, dark.join());
  await page.locator(".VPNavBar .VPSwitchAppearance").first().click();
  await page.waitForFunction(() => !document.documentElement.classList.contains("dark"));
  await page.reload();
  const now = (await colours()).map(light);
  assert.ok(now[0] > 230 && now[1] > 200 && now[2] < 100, now.join());
  await close(page);
});

test("the picture fits the screen", async () => {
  for (const [viewport, form] of [
    [DESK, "wide"],
    [PHONE, "tall"],
  ]) {
    const page = await reader({ viewport });
    await open(page, "/");
    const picture = page.locator(".picture svg:visible");
    assert.equal(await picture.count(), 1);
    assert.ok(await page.locator(`.picture.${form}`).isVisible());
    const size = await picture
      .locator(".small")
      .first()
      .evaluate((text) => text.getBoundingClientRect().height);
    assert.ok(size >= 11, `${form}: its words are ${size} pixels high`);
    await close(page);
  }
});

test("without a script there are the text, the tabs and the tables", async () => {
  const page = await reader({ javaScriptEnabled: false });
  await page.goto(`${site.url}/tasks/order/`);
  assert.ok(await page.getByText("Accepted is not paid.").isVisible());
  assert.ok(await page.locator('.program[data-language="rust"]').first().isVisible());
  await page.locator(".languages").first().getByRole("radio", { name: "Java", exact: true }).check();
  assert.ok(await page.locator('.program[data-language="java"]').first().isVisible());
  assert.ok(await page.locator('.program[data-language="rust"]').first().isHidden());
  await page.goto(`${site.url}/reference/`);
  assert.ok(await page.getByText("taobao.order.purchase_create", { exact: true }).first().isVisible());
  await close(page);
});

test("no page asks anybody but its own server, and none complains", () => {
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(complaints, []);
});
