// A call as code, in every language.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import {
  assertAccessible,
  assertNothingElse,
  assertNoWider,
  close,
  openRow,
  PHONE,
  reader,
  send,
} from "./explorer.mjs";

const code = (page) => page.locator("#sample pre").innerText();

async function opened(page, row) {
  await openRow(page, row);
  await page.getByText("As code", { exact: true }).click();
}

test("the tabs show the call in each language of this SDK, as the form stands", async () => {
  const page = await reader();
  await opened(page, "taobao.after_sale.render");
  await page.getByLabel("refundType").fill("2");
  for (const [name, shown] of Object.entries({
    TypeScript: /client\.taobao\.afterSale\.render\(\{[\s\S]*refundType: 2/,
    Python: /client\.taobao\.after_sale\.render\([\s\S]*refund_type=2/,
    Rust: /\.send\(Render \{[\s\S]*refund_type: 2/,
    Kotlin: /client\.taobao\.afterSale\.render\([\s\S]*refundType = 2/,
    Java: /client\.taobao\(\)\.afterSale\(\)\.render\(\)[\s\S]*\.refundType\(2L\)/,
    Swift: /client\.taobao\.afterSale\.render\([\s\S]*refundType: 2/,
    Shell: /xportcn call taobao\.after_sale\.render[\s\S]*refundType=2/,
  })) {
    await page.getByRole("tab", { name, exact: true }).click();
    // The program writes them anew after a pause in the typing.
    await page.locator("#sample pre", { hasText: shown }).waitFor();
  }
  await close(page);
});

test("tabs go by arrows, and the choice holds for the next call", async () => {
  const page = await reader();
  await opened(page, "taobao.after_sale.render");
  await page.getByRole("tab", { name: "TypeScript" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.getByRole("tab", { selected: true }).innerText(), "Python");
  await openRow(page, "address.list");
  assert.equal(await page.getByRole("tab", { selected: true }).innerText(), "Python");
  await close(page);
});

test("other languages have the request as it was sent, with every digit and without a signature", async () => {
  const page = await reader({ viewport: PHONE });
  await opened(page, "alibaba.after_sale.get");
  await page.getByRole("tab", { name: "Go", exact: true }).click();
  await page.getByText("Send the call once").waitFor();
  await send(page);
  await page.locator(".verdict.good").waitFor();
  const body = (await page.locator(".sent pre").first().innerText()).replace(/\s/g, "");
  const digits = body.match(/\d{6,}/g);
  for (const name of [
    "curl",
    "Go",
    "PHP",
    "C#",
    "Ruby",
    "JavaScript (fetch)",
    "PowerShell",
    "R",
    "C",
    "Clojure",
    "OCaml",
  ]) {
    await page.getByRole("tab", { name, exact: true }).click();
    await page.locator("#sample pre").waitFor();
    await page.waitForFunction(() => /signature/i.test(document.querySelector("#sample pre")?.textContent ?? ""));
    const text = await code(page);
    for (const one of digits ?? []) assert.ok(text.includes(one), `${name} lost ${one}`);
    assert.ok(!text.includes("••••"), name);
    assert.match(text, /MD5/, name);
  }
  await assertAccessible(page, "samples");
  await assertNoWider(page, "samples");
  await close(page);
});

test("the script for curl signs by itself, and the sandbox accepts it", async () => {
  const page = await reader();
  await opened(page, "taobao.after_sale.render");
  await send(page);
  await page.locator(".verdict.good").waitFor();
  await page.getByRole("tab", { name: "curl", exact: true }).click();
  await page.locator("#sample pre").waitFor();
  const { baseUrl, accessKey, userId } = await page.evaluate(() => fetch("/api/session").then((told) => told.json()));
  const account = { XPORTCN_ACCESS_KEY: accessKey, XPORTCN_ACCESS_SECRET: "sandbox-secret", XPORTCN_USER_ID: userId };
  const said = execFileSync("bash", ["-c", await code(page)], {
    env: { ...process.env, ...account, XPORTCN_BASE_URL: baseUrl },
    stdio: ["ignore", "pipe", "ignore"],
  });
  assert.equal(JSON.parse(said).code, 200);
  await close(page);
});

assertNothingElse();
