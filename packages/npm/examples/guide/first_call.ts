// The first call. The account is in the environment: XPORTCN_ACCESS_KEY, XPORTCN_ACCESS_SECRET, XPORTCN_USER_ID.

// region first
import { Xportcn } from "xportcn";

const client = new Xportcn();
const reply = await client.taobao.product.get({ itemId: "672991141190" }).withReply();
console.log(reply.data.title, reply.data.skuList?.length, "variants");
console.log("request", reply.requestId, "with", reply.warnings.length, "warnings");
// endregion
