package guide;

// region search
import io.github.xportcn.java.JavaClient;
import io.github.xportcn.models.AlibabaProductDetail;
import io.github.xportcn.models.AlibabaProductOfferSummary;
import java.util.List;
import java.util.stream.Collectors;

public final class Search {
    public static List<String> search(JavaClient client, String words) {
        // Each page is asked for when its first item is wanted: three pages for these 25 items.
        return client.alibaba().product().keywordSearch().keyword(words).pageSize(10L).country("en").items()
            .limit(25)
            .peek(offer -> System.out.println(offer.getOfferId() + " " + offer.getSubjectTrans()))
            .map(AlibabaProductOfferSummary::getOfferId)
            .collect(Collectors.toList());
    }
    // endregion

    // region detail
    public static int detail(JavaClient client, String offerId) {
        AlibabaProductDetail offer =
            client.alibaba().product().detail().offerId(offerId).country("en").execute().getData();
        System.out.println(offer.getSubjectTrans() + " from " + offer.getMinOrderQuantity() + " pieces on");
        offer.getProductSkuInfos().forEach(sku ->
            System.out.println(sku.getSkuId() + " " + sku.getPrice() + " " + sku.getAmountOnSale() + " in stock"));
        return offer.getProductSkuInfos().size();
    }
    // endregion
}
