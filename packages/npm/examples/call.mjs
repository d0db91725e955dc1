// One call, its whole reply, and the items of all pages.
import { Xportcn } from "xportcn";

const client = new Xportcn({
  accessKey: process.env.XPORTCN_ACCESS_KEY,
  accessSecret: process.env.XPORTCN_ACCESS_SECRET,
  userId: process.env.XPORTCN_USER_ID,
  baseUrl: process.env.XPORTCN_BASE_URL,
});

const params = { subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1 };
const rendered = await client.taobao.afterSale.render(params);
console.log(rendered.currency);

const reply = await client.taobao.afterSale.render(params, { timeout: 5000, maxRetries: 0 }).withReply();
console.log(reply.requestId, reply.warnings.length, reply.raw.length);

let count = 0;
for await (const offer of client.alibaba.product.keywordSearch.items({ keyword: "鞋", beginPage: 1, pageSize: 10 })) {
  console.log(offer.offerId, offer.subjectTrans);
  if (++count === 15) break;
}
