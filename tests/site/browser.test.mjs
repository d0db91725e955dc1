// What readers do with the site in Chromium: by keys, in the dark, without a script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { text } from "./checks.mjs";
import { assertNothingElse, close, DESK, open, PHONE, reader, search, site } from "./reader.mjs";

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

assertNothingElse();
