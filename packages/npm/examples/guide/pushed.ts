// Reads messages that the platform pushes.

// region pushed
import { PushSignatureError, Xportcn, XportcnError } from "xportcn";

/** The status to answer with, at once. `body` is as it was received, before anything has parsed it. */
export async function receive(client: Xportcn, authorization: string, body: Uint8Array): Promise<number> {
  try {
    const message = await client.verifyPush({ authorization, body });
    // Put it into a queue of your own, and work on it after the answer. A repeat has the same id.
    console.log(message.id, message.push, message.body);
    client.onPush(message); // a wait for this order looks at once
    return 200;
  } catch (refused) {
    if (refused instanceof PushSignatureError) return 401;
    if (refused instanceof XportcnError && refused.kind === "Decode") return 400;
    throw refused;
  }
}

// endregion

// region signed
import assert from "node:assert/strict";
import { signPush } from "xportcn";

const account = { accessKey: "sandbox-key", accessSecret: "sandbox-secret" };
const client = new Xportcn({ ...account, userId: "sandbox-user" });
const content = { orderId: "3305075341149134260" };
const { authorization, body } = await signPush("ORDER_PAY_SUCCESS", { ...account, content });
assert.equal(await receive(client, authorization, body), 200);
assert.equal(await receive(client, "0".repeat(64), body), 401);
// endregion
