// What a newcomer does: open, search, fill, send, read; and a write, and a mistake.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  assertAccessible,
  assertNoSecret,
  assertNothingElse,
  close,
  openRow,
  reader,
  send,
  sendWrite,
} from "./explorer.mjs";

test("a newcomer opens the page, searches, fills the form, sends and reads the answer", async () => {
  const page = await reader();
  await page.getByRole("searchbox").fill("refund");
  await page.getByRole("link", { name: "After-sale order rendering" }).click();
  await page.getByLabel("subOrderId").fill("1034499579120189839");
  await send(page);
  await page.locator(".verdict.good").waitFor();
  const canonical = page.getByRole("region", { name: "Canonical" });
  const raw = page.getByRole("region", { name: "Raw" });
  assert.match(await raw.innerText(), /"code": 200/);
  // An id that the wire has as a number is text in the canonical form, with every digit.
  const [, id] = /"distributorId": "?(\d+)/.exec(await raw.innerText());
  assert.match(await canonical.innerText(), new RegExp(`distributorId: "${id}"`));
  assert.match(await canonical.innerText(), /refundType: \d — A /, "codes have their meaning");
  assert.match(await canonical.innerText(), /fen = \d+\.\d\d yuan/, "amounts have their unit");
  const sent = page.locator(".sent");
  assert.match(await sent.innerText(), /signature\s*••••/);
  assert.match(await sent.innerText(), /"subOrderId": "1034499579120189839"/);
  assert.match(await page.locator(".timeline").innerText(), /attempt 1 sent[\s\S]*HTTP 200[\s\S]*ended/);
  await assertNoSecret(page);
  await close(page);
});

test("the first paint comes within 300 ms", async () => {
  const page = await reader();
  const painted = [];
  // The best of some: what else the machine does is not the page's fault. Nothing is kept between them.
  for (let count = 0; count < 5; count += 1) {
    await page.reload();
    await page.locator("main").waitFor();
    painted.push(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime));
  }
  assert.ok(Math.min(...painted) < 300, `${painted} ms`);
  await close(page);
});

for (const [words, row] of Object.entries({
  退款: "taobao.after_sale.render",
  购物车: "alibaba.cart.add",
  下单: "poizon.order.create",
  keyword_search: "poizon.product.keyword_search",
  logisticsCompanyNo: "alibaba.after_sale.return_goods",
  "/open/order/refund/render": "taobao.after_sale.render",
})) {
  test(`the search finds ${row} by ${words}`, async () => {
    const page = await reader();
    await page.getByRole("searchbox").fill(words);
    await page.locator(`.list a[href="#/call/${row}"]`).waitFor();
    const [count, all] = (await page.getByRole("status").first().innerText()).match(/\d+/g).map(Number);
    assert.ok(count < all / 2, `${count} of ${all} are no help`);
    await close(page);
  });
}

test("filters leave rows that write, are published, or have pages", async () => {
  const page = await reader();
  const rows = () => page.locator(".list .rows li");
  const all = await rows().count();
  for (const [filter, badge] of [
    ["published path", ".proven"],
    ["writes", ".writes"],
    ["has pages", ".pages"],
  ]) {
    await page.getByRole("checkbox", { name: filter, exact: true }).check();
    const left = await rows().count();
    assert.ok(left > 0 && left < all, filter);
    assert.equal(await rows().locator(badge).count(), left, filter);
    await page.getByRole("button", { name: "Show all" }).click();
  }
  assert.equal(await rows().count(), all);
  await close(page);
});

test("a write is asked about, with the sum in words, and not sent after a no", async () => {
  const page = await reader();
  let calls = 0;
  page.on("request", (request) => {
    if (request.postData()?.includes('"confirmed":true')) calls += 1;
  });
  await openRow(page, "taobao.order.purchase_create");
  await page.getByLabel("purchaseAmount").fill("123456");
  await send(page);
  const dialog = page.getByRole("dialog", { name: "Send a call that writes?" });
  assert.match(
    await dialog.innerText(),
    /1234\.56 yuan \(one thousand two hundred thirty-four yuan and fifty-six fen\)/,
  );
  await dialog.getByRole("button", { name: "Do not send" }).click();
  await send(page);
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(calls, 0);
  await sendWrite(page);
  assert.equal(calls, 1);
  await page.locator(".verdict.good").waitFor();
  await page.getByRole("link", { name: /See what it did/ }).click();
  await page.locator("[data-order]").waitFor();
  await close(page);
});

test("a wrong field is refused at its place, and nothing is sent", async () => {
  const page = await reader();
  await openRow(page, "taobao.order.purchase_create");
  const quantity = page.locator("#field-orderLineList-1-quantity");
  await quantity.fill("many");
  await send(page);
  await page.locator(".wrong").waitFor();
  assert.equal(await page.locator("#field-orderLineList-1-quantity-wrong").count(), 1);
  assert.ok(await quantity.evaluate((input) => input === document.activeElement), "the wrong field has the focus");
  assert.equal(await quantity.getAttribute("aria-invalid"), "true");
  assert.match(await page.locator(".verdict").innerText(), /Not sent/);
  await quantity.fill("1");
  await sendWrite(page);
  await page.locator(".verdict.good").waitFor();
  assert.equal(await page.locator(".wrong").count(), 0);
  await close(page);
});

test("what does not fit its field is marked there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "explorer-"));
  const drift = join(folder, "drift.json");
  const types = { "refundOrderTemplate.refundReasons": "text" };
  writeFileSync(drift, JSON.stringify({ rows: { "taobao.after_sale.render": { reply: { types } } } }));
  const page = await reader({}, ["sandbox", "--port", "0", "--explore", "--drift", drift]);
  await openRow(page, "taobao.after_sale.render");
  await send(page);
  await page.locator(".verdict.good").waitFor();
  assert.equal(await page.locator(".is-warned").count(), 1);
  assert.match(await page.locator(".is-warned").innerText(), /^refundReasons \[2\].*expected a list, found text/);
  await page.getByText("warnings: 1").waitFor();
  assert.match(await page.locator(".timeline").innerText(), /did not fit: data\.refundOrderTemplate\.refundReasons/);
  await assertAccessible(page, "a warning");
  await close(page);
  rmSync(folder, { recursive: true });
});

test("a missing required field is named at its place", async () => {
  const page = await reader();
  await openRow(page, "taobao.after_sale.render");
  await page.getByRole("button", { name: "Empty the form" }).click();
  await send(page);
  await page.locator("#field-subOrderId-wrong").waitFor();
  await close(page);
});

test("the request goes as JSON, too, with every digit of a number", async () => {
  const page = await reader();
  await openRow(page, "taobao.after_sale.render");
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const editor = page.getByRole("textbox", { name: "Request as JSON" });
  await editor.fill('{"subOrderId": 1034499579120189839, "goodsStatus": 1, "refundType": 2}');
  await send(page);
  await page.locator(".verdict.good").waitFor();
  assert.match(await page.locator(".sent").innerText(), /"subOrderId": "1034499579120189839"/);
  await page.getByRole("button", { name: "Form", exact: true }).click();
  assert.equal(await page.getByLabel("subOrderId").inputValue(), "1034499579120189839");
  assert.equal(await page.getByLabel("refundType").inputValue(), "2");

  await page.getByRole("button", { name: "JSON", exact: true }).click();
  await editor.fill('{"subOrderId": }');
  await send(page);
  assert.match(await page.getByRole("alert").innerText(), /no JSON/);
  await close(page);
});

test("lists and objects of the form are added and taken out", async () => {
  const page = await reader();
  await openRow(page, "taobao.order.purchase_create");
  await page.getByRole("button", { name: "Add one to orderLineList" }).click();
  await page.getByLabel("itemId").nth(2).waitFor();
  await page.getByRole("button", { name: "Remove orderLineList[0]" }).click();
  await page.getByRole("button", { name: "Remove receiver" }).click();
  await page.getByRole("button", { name: "JSON", exact: true }).click();
  const text = await page.getByRole("textbox", { name: "Request as JSON" }).innerText();
  const given = JSON.parse(text);
  assert.deepEqual(
    given.orderLineList.map((line) => line.itemId),
    ["600129202197070073", "600126245031041190"],
  );
  assert.equal(given.receiver, undefined);
  await close(page);
});

assertNothingElse({ allowed: /status of 409/ });
