// A program that bundlers put into one file, for a server or a page: it calls and reads a pushed message.
import { verifyPush, Xportcn } from "xportcn";

const fetch = async () => new Response('{"code":200,"data":{"currency":"CNY"}}');
const client = new Xportcn({ accessKey: "k", accessSecret: "s", userId: "u", fetch });
const { currency } = await client.taobao.afterSale.render({ subOrderId: "1", goodsStatus: 1, refundType: 1 });
const refused = await verifyPush({ authorization: "", body: "{}" }, { accessKey: "k", accessSecret: "s" }).catch(
  (error) => error.name,
);
const told = `${currency} ${refused}`;
if (typeof document === "undefined") console.log(told);
else document.title = told;
