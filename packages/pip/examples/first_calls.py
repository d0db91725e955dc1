"""Search, look at one product, and preview a refund. Keys come from the environment: XPORTCN_ACCESS_KEY and so on."""

import itertools

from xportcn import ApiError, Client


def main() -> None:
    with Client() as client:
        for offer in itertools.islice(client.alibaba.product.keyword_search.items(keyword="shoes"), 5):
            price = offer.price_info.price if offer.price_info else None
            print(offer.offer_id, offer.subject_trans, price)

        try:
            refund = client.taobao.after_sale.render(sub_order_id="1034499579120189839", goods_status=1, refund_type=1)
            print("currency:", refund.currency)
        except ApiError as refused:
            print("refused:", refused.code, refused.message, refused.request_id)


if __name__ == "__main__":
    main()
