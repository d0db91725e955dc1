// Searches on 1688, over several pages, and looks at one offer.

// region search
import { Xportcn } from "xportcn";

export async function search(client: Xportcn, words: string): Promise<void> {
  let count = 0;
  // Each page is asked for when its first item is wanted: three pages for these 25 items.
  for await (const offer of client.alibaba.product.keywordSearch.items({
    keyword: words,
    pageSize: 10,
    country: "en",
  })) {
    console.log(offer.offerId, offer.subjectTrans, offer.priceInfo?.price);
    if (++count === 25) break;
  }
}
// endregion

// region detail
export async function detail(client: Xportcn, offerId: string): Promise<void> {
  const offer = await client.alibaba.product.detail({ offerId, country: "en" });
  console.log(offer.subjectTrans, "from", offer.minOrderQuantity, "pieces on");
  for (const sku of offer.productSkuInfos ?? []) {
    console.log(sku.skuId, sku.price, sku.amountOnSale, "in stock");
  }
}
// endregion

const client = new Xportcn();
await search(client, "鞋");
await detail(client, "889512351602");
