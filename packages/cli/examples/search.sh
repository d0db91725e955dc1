#!/usr/bin/env bash
# Searches on 1688, over several pages, and looks at one offer.
set -euo pipefail

# region search
for page in 1 2 3; do
    xportcn call alibaba.product.keyword_search keyword=鞋 country=en pageSize=10 beginPage=$page |
        jq -r '.data[] | "\(.offerId) \(.subjectTrans) \(.priceInfo.price)"'
done
# endregion

# region detail
xportcn call alibaba.product.detail offerId=889512351602 country=en |
    jq -r '"\(.subjectTrans) from \(.minOrderQuantity) pieces on", (.productSkuInfos[] | "\(.skuId) \(.price) \(.amountOnSale) in stock")'
# endregion
