import Foundation

// region search
import Xportcn

func search(_ client: XportcnClient, words: String) async throws -> Int {
    var count = 0
    // Each page is asked for when its first item is wanted: three pages for these 25 items.
    let offers = client.alibaba.product.keywordSearchItems(keyword: words, pageSize: 10, country: "en")
    for try await offer in offers {
        print(offer.offerId ?? "", offer.subjectTrans ?? "", offer.priceInfo?.price ?? 0)
        count += 1
        if count == 25 { break }
    }
    return count
}
// endregion

// region detail
func detail(_ client: XportcnClient, offerId: String) async throws {
    let offer = try await client.alibaba.product.detail(offerId: offerId, country: "en")
    print(offer.subjectTrans ?? "", "from", offer.minOrderQuantity ?? 1, "pieces on")
    for sku in offer.productSkuInfos ?? [] {
        print(sku.skuId ?? "", sku.price ?? 0, sku.amountOnSale ?? 0, "in stock")
    }
}
// endregion
