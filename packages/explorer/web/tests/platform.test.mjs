// The real platform, for which a sandbox stands: who is called is said, and writes are off unless they were allowed.
import assert from "node:assert/strict";
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

/** A page that takes the sandbox of another for the platform. */
async function onPlatform(words) {
  const other = await reader();
  const { baseUrl } = await other.evaluate(() => fetch("/api/session").then((told) => told.json()));
  await close(other);
  const account = { ACCESS_KEY: "sandbox-key", ACCESS_SECRET: "sandbox-secret", USER_ID: "sandbox-user" };
  const named = Object.entries({ ...account, BASE_URL: baseUrl }).map(([name, value]) => [`XPORTCN_${name}`, value]);
  return reader({}, ["--platform", ...words], Object.fromEntries(named));
}

test("calls that read are made, and those that write are off", async () => {
  const page = await onPlatform([]);
  await page.getByText("calls the real platform · writes are off").waitFor();
  assert.equal(await page.getByRole("link", { name: "Sandbox", exact: true }).count(), 0);
  await openRow(page, "taobao.after_sale.render");
  await send(page);
  await page.locator(".verdict.good").waitFor();
  await openRow(page, "taobao.order.purchase_create");
  assert.ok(await page.getByRole("button", { name: "Send", exact: true }).isDisabled());
  await page.getByText("Calls that write are off.").waitFor();
  await assertAccessible(page, "writes are off");
  await assertNoSecret(page);
  await close(page);
});

test("with --writes they are made after a question that names the platform", async () => {
  const page = await onPlatform(["--writes"]);
  await page.getByText("calls the real platform · writes are on").waitFor();
  await openRow(page, "taobao.order.purchase_create");
  await send(page);
  const dialog = page.getByRole("dialog");
  assert.match(await dialog.innerText(), /real platform[\s\S]*4\.00 yuan \(four yuan\)/);
  await dialog.getByRole("button", { name: "Do not send" }).click();
  await sendWrite(page);
  await page.locator(".verdict.good").waitFor();
  await close(page);
});

assertNothingElse({ allowed: /status of 409/ });
