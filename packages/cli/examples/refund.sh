#!/usr/bin/env bash
# Asks for the money of an order back, and waits for it:  refund.sh ORDER SUB_ORDER
set -euo pipefail
order=$1 sub_order=$2

# region refund
# What may be asked for: reasons, and the limits of the amount, in fen.
# goodsStatus 1 is not shipped; refundType 1 is money back, without a return of goods.
asked=$(xportcn call taobao.after_sale.render subOrderId="$sub_order" goodsStatus=1 refundType=1)
reason=$(jq -r '.refundOrderTemplate.refundReasons[0].reasonId' <<<"$asked")
most=$(jq -r '.refundOrderTemplate.maxRefundFee.maxRefundFee' <<<"$asked")

xportcn call taobao.after_sale.submit --recover \
    subOrderId="$sub_order" goodsStatus=1 refundType=1 reasonId="$reason" refundFee="$most" >submitted.json

# The reply of that call is not published; the list of after-sale orders tells the refund's id.
refund=$(xportcn call taobao.after_sale.list purchaseOrderId="$order" pageSize=10 | jq -r '.data[0].refundOrder.refundId')
xportcn wait taobao.after_sale refunded "$refund" | jq -r '.outcome'
# endregion
