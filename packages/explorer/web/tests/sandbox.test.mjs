// The sandbox, live: an order through all its states, its refund, faults, clock, messages.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { assertNoSecret, assertNothingElse, close, openRow, reader, send, sendWrite } from "./explorer.mjs";

/** A port that nobody has at this moment. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

const toSandbox = (page) => page.getByRole("link", { name: "Sandbox", exact: true }).click();
const stage = (page, name) => page.locator(`.diagram[data-stage="${name}"]`).first().waitFor();

/** An order of two lines, shown in the sandbox. */
async function order(page) {
  await openRow(page, "taobao.order.purchase_create");
  await sendWrite(page);
  await page.locator(".verdict.good").waitFor();
  await toSandbox(page);
  await page.locator("[data-order]").waitFor();
}

/** Pays the newest order by the call that its button opens. */
async function pay(page) {
  await page.getByRole("button", { name: "Pay (call)" }).click();
  await sendWrite(page);
  await page.locator(".verdict.good").waitFor();
  await toSandbox(page);
  await stage(page, "paid");
}

test("an order goes through all its states, and the diagram follows", async () => {
  const page = await reader();
  await order(page);
  await stage(page, "unpaid");
  await page.getByLabel("New total in fen").fill("300");
  await page.getByRole("button", { name: "Seller changes the price" }).click();
  await page.locator(".facts", { hasText: "3.00 yuan" }).waitFor();
  await page.getByRole("button", { name: "Pay (call)" }).click();
  await send(page);
  assert.match(await page.getByRole("dialog").innerText(), /3\.00 yuan \(three yuan\)/, "the order's sum");
  await page.getByRole("button", { name: "Yes, send it" }).click();
  await page.locator(".verdict.good").waitFor();
  await toSandbox(page);
  await stage(page, "paid");
  await page.getByRole("button", { name: "Seller ships this line" }).first().click();
  await page.locator(".orders tbody .badge", { hasText: "shipped" }).waitFor();
  await stage(page, "paid");
  await page.getByRole("button", { name: "Seller ships", exact: true }).click();
  await stage(page, "shipped");
  await page.getByRole("button", { name: "Carrier delivers" }).click();
  await stage(page, "received");
  const ledger = page.getByRole("region", { name: "Ledger", exact: true });
  assert.match(await ledger.innerText(), /paid[\s\S]*created/);
  await assertNoSecret(page);
  await close(page);
});

test("one line is refunded, as the seller agrees", async () => {
  const page = await reader();
  await order(page);
  await pay(page);
  await page.getByRole("button", { name: "Ask for a refund (call)" }).click();
  await sendWrite(page);
  await page.locator(".verdict.good").waitFor();
  await toSandbox(page);
  await page.locator("[data-refund]").waitFor();
  await page.getByRole("button", { name: "Seller agrees" }).click();
  await page.locator("[data-refund] .badge", { hasText: "paid back" }).waitFor();
  await close(page);
});

test("an order that is cancelled is marked as that", async () => {
  const page = await reader();
  await order(page);
  await page.getByRole("button", { name: "Cancel (call)" }).click();
  await sendWrite(page);
  await toSandbox(page);
  await stage(page, "cancelled");
  await close(page);
});

test("a fault shows in the timeline, with the wait and the next attempt", async () => {
  const page = await reader();
  await toSandbox(page);
  await page.getByRole("slider", { name: /Share of calls/ }).fill("100");
  await page.getByLabel("Only these calls").fill("address.list");
  await page.getByRole("button", { name: "Let it go wrong" }).click();
  await page.locator(".rules").waitFor();
  await openRow(page, "address.list");
  await page.getByRole("link", { name: "faults are on" }).waitFor();
  await send(page);
  await page.locator(".verdict.problem").waitFor({ timeout: 30_000 });
  const timeline = await page.locator(".timeline").innerText();
  assert.match(timeline, /HTTP 503[\s\S]*tried again after \d+ ms[\s\S]*attempt 2 sent[\s\S]*attempts: 3/);
  assert.equal(await page.locator(".sent details").count(), 3);

  await toSandbox(page);
  await page.getByText("3 of 3 calls got a fault").waitFor();
  await page.getByRole("button", { name: "End all faults" }).click();
  await page.getByText("Nothing goes wrong.").waitFor();
  await openRow(page, "address.list");
  await send(page);
  await page.locator(".verdict.good").waitFor();
  await close(page);
});

test("the clock goes by a slider, and back", async () => {
  const page = await reader();
  await toSandbox(page);
  const slider = page.getByRole("slider", { name: /Hours ahead/ });
  await slider.fill("48");
  await page.locator(".clock .at", { hasText: "48" }).waitFor();
  await page.getByRole("button", { name: "one day on" }).click();
  await page.locator(".clock .at", { hasText: "72" }).waitFor();
  await page.getByRole("button", { name: "The real time" }).click();
  await page.locator(".clock .at", { hasText: /^0$/ }).waitFor();
  await close(page);
});

test("messages show the answer to each attempt, and come again until they are taken", async () => {
  const port = await freePort();
  const pushes = ["--push-url", `http://127.0.0.1:${port}/pushed`, "--push-retry-ms", "1500"];
  const page = await reader({}, ["sandbox", "--port", "0", `--explore=${port}`, ...pushes]);
  await toSandbox(page);
  await page.getByLabel("The receiver answers with").selectOption("500");
  await order(page);
  const message = page.locator(".messages details").last();
  await message.locator("li", { hasText: "500" }).first().waitFor({ state: "attached" });
  await page.getByLabel("The receiver answers with").selectOption("200");
  await message.locator(".badge", { hasText: /^taken$/ }).waitFor();
  await message.locator("summary").click();
  assert.match(await message.innerText(), /500[\s\S]*200/);
  await close(page);
});

test("a balance that does not suffice refuses a payment", async () => {
  const page = await reader();
  await order(page);
  await page.getByLabel(/Balance in fen/).fill("1");
  await page.getByRole("button", { name: "Set", exact: true }).click();
  await page.getByText("0.01 yuan").waitFor();
  await page.getByRole("button", { name: "Pay (call)" }).click();
  await sendWrite(page);
  await toSandbox(page);
  await stage(page, "unpaid");
  await close(page);
});

test("carts and addresses show what calls have saved", async () => {
  const page = await reader();
  await openRow(page, "alibaba.cart.add");
  await sendWrite(page);
  await openRow(page, "address.save");
  await sendWrite(page);
  await toSandbox(page);
  await page.getByRole("heading", { name: "Carts 1" }).waitFor();
  await page.getByRole("heading", { name: "Addresses 1" }).waitFor();
  await close(page);
});

test("a scenario is played, step by step, and its order shows", async () => {
  const page = await reader();
  await toSandbox(page);
  await page.getByRole("button", { name: /^Play.*half shipped/ }).click();
  await page.locator(".scenarios .badge.good").waitFor({ timeout: 20_000 });
  assert.ok((await page.locator(".scenarios ol li").count()) > 3);
  await page.locator("[data-order]").waitFor();
  await page.locator(".orders .badge", { hasText: "Refunds" }).first().waitFor();
  await close(page);
});

test("a scenario of the user's own is played, and one that is none is refused", async () => {
  const page = await reader();
  await toSandbox(page);
  const file = (name, value) => ({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(value)) });
  const own = { name: "Mine", steps: [{ about: "A day later.", sandbox: "clock", body: { advanceMs: 86_400_000 } }] };
  await page.getByLabel("Play a file of your own").setInputFiles(file("mine.json", own));
  await page.locator(".scenarios ol", { hasText: "A day later." }).waitFor();
  await page.locator(".clock .at", { hasText: "24" }).waitFor();
  await page.getByLabel("Play a file of your own").setInputFiles(file("none.json", { steps: 1 }));
  await page.getByRole("alert").filter({ hasText: "expected a sequence" }).waitFor();
  await close(page);
});

test("who calls for the example's order is told that nothing comes of it, and for an own one is not", async () => {
  const page = await reader();
  await openRow(page, "taobao.order.pay");
  const note = page.getByText("never change");
  await note.waitFor();
  await order(page);
  await page.getByRole("button", { name: "Pay (call)" }).click();
  await page.getByRole("button", { name: "Send", exact: true }).waitFor();
  assert.equal(await note.count(), 0);
  await close(page);
});

test("what cannot be done is said", async () => {
  const page = await reader();
  await order(page);
  await page.getByLabel("New total in fen").fill("99999999999999");
  await page.getByRole("button", { name: "Seller changes the price" }).click();
  await page.getByRole("alert").filter({ hasText: "total" }).waitFor();
  await close(page);
});

assertNothingElse({ allowed: /status of (400|404|409)/ });
