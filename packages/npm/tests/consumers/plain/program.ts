// What a program needs that is compiled without the types of the DOM, and of Node.
import { type Fetch, type PushMessage, type Signal, TransportFailure, verifyPush, Xportcn } from "xportcn";

export function client(fetch: Fetch): Xportcn {
  return new Xportcn({ accessKey: "k", accessSecret: "s", userId: "u", fetch, logger: { warn() {} } });
}

export async function refund(one: Xportcn, signal: Signal): Promise<string | null | undefined> {
  const reply = await one.taobao.afterSale
    .render({ subOrderId: "1", goodsStatus: 1, refundType: 1 }, { signal })
    .withReply();
  return reply.data.currency;
}

export const own: Fetch = async (url, { method, headers, body, signal }) => {
  if (signal.aborted) throw new TransportFailure("other", false, `${method} ${url} ${body ?? ""}`);
  return { status: 200, headers, arrayBuffer: async () => new ArrayBuffer(0) };
};

export function push(authorization: string, body: Uint8Array): Promise<PushMessage> {
  return verifyPush({ authorization, body }, { accessKey: "k", accessSecret: "s" });
}
