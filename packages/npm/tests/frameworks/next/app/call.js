import { verifyPush, Xportcn } from "xportcn";

/** A call, and a message that is refused. */
export async function told() {
  const fetch = async () => new Response('{"code":200,"data":{"currency":"CNY"}}');
  const client = new Xportcn({ accessKey: "k", accessSecret: "s", userId: "u", fetch });
  const { currency } = await client.taobao.afterSale.render({ subOrderId: "1", goodsStatus: 1, refundType: 1 });
  const account = { accessKey: "k", accessSecret: "s" };
  const refused = await verifyPush({ authorization: "", body: "{}" }, account).catch((error) => error.name);
  return `${currency} ${refused}`;
}
