#!/usr/bin/env bash
# Orders on Taobao, pays, and waits until the order is paid.
set -euo pipefail

# region order
# The most that it may cost is in fen: 1.50 yuan. By your own number the order is found again.
created=$(xportcn call taobao.order.purchase_create --journal orders.journal --json - sellerOrderNumber="$1" <<'END'
{
  "orderLineList": [{"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}],
  "receiver": {"name": "张三", "mobilePhone": "13800000000", "state": "浙江省", "city": "杭州市", "district": "余杭区",
               "address": "象山路1号", "zip": "310024"},
  "purchaseAmount": "150"
}
END
)
order=$(jq -r '.orderList[0].purchaseId' <<<"$created")
# endregion
echo "order $order"

# region pay
# If the answer is lost, this finds out, by calls that only read, whether it was carried out.
xportcn call taobao.order.purchase_pay orderId="$order" --recover |
    jq -r '.payFailedResults[]? | "refused: \(.errorMessage)"'

# Accepted is not paid: the platform pays in the background.
xportcn wait taobao.order paid "$order" | jq -r '.outcome'
# endregion
