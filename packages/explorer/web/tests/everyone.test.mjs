// For everyone: by keys alone, on a telephone, in the dark, in Chinese, and by screen readers.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertAccessible,
  assertNothingElse,
  assertNoWider,
  close,
  DESK,
  openRow,
  PHONE,
  reader,
  send,
} from "./explorer.mjs";

/** Every view in turn. */
async function tour(page, see) {
  await see("welcome");
  await page.getByRole("searchbox").fill("refund");
  await see("search");
  await openRow(page, "taobao.after_sale.render");
  await send(page);
  await page.locator(".verdict.good").waitFor();
  await page.getByText("Where this is known from").click();
  await page.getByText("Fields of the reply").click();
  await see("row with an answer");
  await page.getByRole("button", { name: "Empty the form" }).click();
  await send(page);
  await page.locator(".wrong").waitFor();
  await see("row with a wrong field");
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  await page.getByRole("textbox", { name: "Request as JSON" }).waitFor();
  await see("editor");
  await openRow(page, "taobao.order.purchase_create");
  await send(page);
  await page.getByRole("dialog").waitFor();
  await see("confirmation");
  await page.getByRole("button", { name: "Yes, send it" }).click();
  await page.locator(".verdict.good").waitFor();
  await see("row after a write");
  await page.getByRole("link", { name: "Sandbox", exact: true }).click();
  await page.locator("[data-order]").waitFor();
  await see("sandbox");
}

for (const colorScheme of ["light", "dark"]) {
  for (const [name, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
    test(`every view is accessible and no wider than the window: ${colorScheme}, ${name}`, async () => {
      const page = await reader({ colorScheme, viewport });
      await tour(page, async (what) => {
        await assertAccessible(page, what);
        await assertNoWider(page, what);
      });
      await close(page);
    });
  }
}

test("everything goes by keys alone", async () => {
  const page = await reader();
  const active = () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? "");
  const tabTo = async (words) => {
    for (let count = 0; count < 40; count += 1) {
      await page.keyboard.press("Tab");
      if ((await active()).includes(words)) return;
    }
    assert.fail(`no Tab leads to ${words}`);
  };
  await page.keyboard.press("Tab");
  assert.match(await active(), /class="skip"/);
  await tabTo('type="search"');
  await page.keyboard.type("taobao.order.purchase_create");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Purchase order create" }).waitFor();
  assert.match(await active(), /<main/, "the new view has the focus");
  await tabTo("field-orderLineList-0-itemId");
  await page.locator("#field-sellerOrderNumber").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await tabTo("Yes, send it");
  await page.keyboard.press("Enter");
  await page.locator(".verdict.good").waitFor();
  await close(page);
});

test("the page speaks Chinese, and remembers it", async () => {
  const page = await reader();
  await page.getByLabel("Language").selectOption("zh");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
  await page.getByRole("searchbox", { name: "搜索" }).fill("退款");
  await page.getByRole("link", { name: "售后单渲染" }).click();
  await page.getByRole("button", { name: "发送" }).click();
  await page.locator(".verdict.good").waitFor();
  assert.match(await page.locator(".verdict").innerText(), /成功/);
  await openRow(page, "taobao.order.purchase_create");
  await page.getByRole("button", { name: "发送" }).click();
  assert.match(await page.getByRole("dialog").innerText(), /4\.00 元 \(肆元整\)/);
  await page.getByRole("button", { name: "不发送" }).click();
  await assertAccessible(page, "Chinese");
  await page.reload();
  await page.getByRole("button", { name: "发送" }).waitFor();
  await close(page);
});

test("a browser that prefers Chinese is spoken to in Chinese", async () => {
  const page = await reader({ locale: "zh-CN" });
  await page.getByRole("searchbox", { name: "搜索" }).waitFor();
  await close(page);
});

test("whoever has no right to the page is told what to open", async () => {
  const page = await reader();
  await page.context().clearCookies();
  const answer = await page.reload();
  assert.equal(answer.status(), 401);
  assert.match(await page.locator("body").innerText(), /open the .*address/);
  await close(page);
});

assertNothingElse({ allowed: /status of (401|409)/ });
