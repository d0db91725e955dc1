// Every kind of page in the forms in which somebody reads it: no wider than the screen, and nothing wrong by axe.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGES } from "./checks.mjs";
import { AXE, assertNothingElse, assertNoWider, close, DESK, open, PHONE, reader, search, site } from "./reader.mjs";

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

assertNothingElse();
