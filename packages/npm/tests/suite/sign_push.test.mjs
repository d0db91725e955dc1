// Messages that programs sign for the tests of their own handlers.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { ConfigError, InvalidRequestError, signPush, verifyPush } from "xportcn";

const account = { accessKey: "k", accessSecret: "s" };

test("a signed test message is accepted and read, with the documented example where no content is given", async () => {
  const signed = await signPush("ORDER_PAY_SUCCESS", account);
  const digest = createHmac("sha256", "s").update("k").update(signed.body).digest("hex");
  assert.equal(signed.authorization, digest);
  const message = await verifyPush(signed, account);
  assert.equal(message.push, "alibaba.push.order_status_changed");
  assert.equal(message.body.orderId, "3305075341149134260");
  assert.ok(Math.abs(Date.parse(message.time) - Date.now()) < 60_000);
});

test("a content keeps the digits of ids, and the moment is the one that is given", async () => {
  const content = { orderId: 3305075341149134260n, closeReason: "买家取消" };
  const time = new Date("2026-05-20T07:47:49.913Z");
  const message = await verifyPush(await signPush("ORDER_CANCEL", { ...account, content, time }), account);
  assert.deepEqual(message.body, { orderId: "3305075341149134260", closeReason: "买家取消" });
  assert.equal(message.time, "2026-05-20T15:47:49.913+08:00");
});

for (const [name, message, options, path, words] of [
  ["a misspelt field", "ORDER_CREATE", { content: { orderld: "1" } }, "orderld", /did you mean `orderId`/],
  ["an id that was rounded", "ORDER_CREATE", { content: { orderId: 3305075341149134260 } }, "orderId", /beyond 2\^53/],
  ["a misspelt message", "ORDER_PAY_SUCESS", {}, "", /did you mean `ORDER_PAY_SUCCESS`/],
]) {
  test(`${name} of a test message is refused`, async () => {
    await assert.rejects(signPush(message, { ...account, ...options }), (error) => {
      assert.ok(error instanceof InvalidRequestError, String(error));
      assert.equal(error.path, path);
      assert.match(error.message, words);
      return true;
    });
  });
}

test("a test message that nobody could sign is refused by the setting", async () => {
  for (const wrong of [{ accessKey: "k" }, { ...account, accessSecret: "" }, undefined]) {
    await assert.rejects(signPush("ORDER_CREATE", wrong), ConfigError);
  }
});
