// What can go wrong, and what to do.

// region errors
import { AmbiguousWriteError, ApiError, InvalidRequestError, Xportcn, XportcnError } from "xportcn";

export async function pay(client: Xportcn, orderId: string): Promise<void> {
  try {
    await client.taobao.order.purchasePay({ orderId });
  } catch (error) {
    if (error instanceof InvalidRequestError) {
      console.log("nothing was sent:", error.path, error.reason);
    } else if (error instanceof ApiError) {
      console.log("the platform says no:", error.code, error.platformMessage, error.requestId);
    } else if (error instanceof AmbiguousWriteError) {
      console.log("it may be carried out; do not call again, look:", (await client.recover(error)).outcome);
    } else if (error instanceof XportcnError) {
      console.log(error.kind, error.message, error.isRetryable ? "- later it may work" : "");
    } else {
      throw error;
    }
  }
}
// endregion

const client = new Xportcn();
await pay(client, "");
await pay(client, "1");
