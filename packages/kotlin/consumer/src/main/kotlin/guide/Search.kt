package guide

// region search
import io.github.xportcn.XportcnClient
import kotlinx.coroutines.flow.take

suspend fun search(client: XportcnClient, words: String) {
    // Each page is asked for when its first item is wanted: three pages for these 25 items.
    val offers = client.alibaba.product.keywordSearchItems(keyword = words, pageSize = 10, country = "en")
    offers.take(25).collect { println("${it.offerId} ${it.subjectTrans} ${it.priceInfo?.price}") }
}
// endregion

// region detail
suspend fun detail(client: XportcnClient, offerId: String) {
    val offer = client.alibaba.product.detail(offerId = offerId, country = "en").data
    println("${offer.subjectTrans} from ${offer.minOrderQuantity} pieces on")
    offer.productSkuInfos.orEmpty().filterNotNull().forEach {
        println("${it.skuId} ${it.price} ${it.amountOnSale} in stock")
    }
}
// endregion
