// Tests of a program that orders, against the sandbox.

// region tests
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { AmbiguousWriteError, Xportcn } from "xportcn";
import { order, pay } from "./order.ts";

const started: ChildProcess[] = [];
after(() => started.forEach((program) => void program.kill()));

/** A client of a new sandbox, which ends with the tests. */
async function sandbox(...options: string[]): Promise<Xportcn> {
  const program = spawn(process.env.XPORTCN_CLI ?? "xportcn", ["sandbox", "--port", "0", ...options]);
  started.push(program);
  for await (const line of createInterface({ input: program.stdout })) {
    const baseUrl = line.replace("listening on ", "");
    return new Xportcn({ accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: "sandbox-user", baseUrl });
  }
  throw new Error("the sandbox does not start");
}

test("an order is paid", async () => {
  const client = await sandbox();
  const { purchaseId } = await order(client, "test-1");
  await pay(client, purchaseId ?? "");
  assert.equal((await client.taobao.order.get({ orderId: purchaseId })).status, "WAIT_SELLER_SEND_GOODS");
});

test("a payment whose answer is lost is found", async () => {
  const client = await sandbox("--fault", "endpoint=taobao.order.purchase_pay,kinds=reset,when=after,count=1");
  const { purchaseId } = await order(client, "test-2");
  const lost = await client.taobao.order.purchasePay({ orderId: purchaseId }).catch((error) => error);
  assert(lost instanceof AmbiguousWriteError);
  assert.equal((await client.recover(lost)).outcome, "done");
});
// endregion
