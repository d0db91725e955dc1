// The pictures of the documentation:  pictures.mjs FOLDER
import { join } from "node:path";
import { openRow, PHONE, picture, send } from "./explorer.mjs";

const folder = process.argv[2];
const DESK = { width: 1200, height: 800 };

const views = {
  async call(page) {
    await page.getByRole("searchbox").fill("refund");
    await openRow(page, "taobao.after_sale.render");
    await send(page);
    await page.locator(".verdict.good").waitFor();
  },
  async sandbox(page) {
    await page.getByRole("link", { name: "Sandbox", exact: true }).click();
    await page.getByRole("button", { name: /^Play.*half shipped/ }).click();
    await page.locator(".scenarios .badge.good").waitFor();
    await page.evaluate(() => scrollTo(0, 0));
  },
  async question(page) {
    await openRow(page, "taobao.order.purchase_create");
    await send(page);
    await page.getByRole("dialog").waitFor();
  },
};

const taken = [
  ["call", "desk-light", { viewport: DESK, colorScheme: "light" }],
  ["sandbox", "desk-light", { viewport: DESK, colorScheme: "light" }],
  ["sandbox", "desk-dark", { viewport: DESK, colorScheme: "dark" }],
  ["question", "desk-dark", { viewport: DESK, colorScheme: "dark" }],
  ["call", "phone-light", { viewport: PHONE, colorScheme: "light" }],
  ["sandbox", "phone-dark", { viewport: PHONE, colorScheme: "dark" }],
];
for (const [view, name, settings] of taken) {
  await picture(settings, views[view], join(folder, `explorer-${view}-${name}.webp`));
}
process.exit(0);
