"""Searches on 1688, over several pages, and looks at one offer."""

# region search
import itertools

from xportcn import Client


def search(client: Client, words: str) -> None:
    # Each page is asked for when its first item is wanted: three pages for these 25 items.
    offers = client.alibaba.product.keyword_search.items(keyword=words, page_size=10, country="en")
    for offer in itertools.islice(offers, 25):
        price = offer.price_info.price if offer.price_info else None
        print(offer.offer_id, offer.subject_trans, price)


# endregion


# region detail
def detail(client: Client, offer_id: str) -> None:
    offer = client.alibaba.product.detail(offer_id=offer_id, country="en")
    print(offer.subject_trans, "from", offer.min_order_quantity, "pieces on")
    for sku in offer.product_sku_infos or []:
        if sku:
            print(sku.sku_id, sku.price, sku.amount_on_sale, "in stock")


# endregion

if __name__ == "__main__":
    with Client() as client:
        search(client, "鞋")
        detail(client, "889512351602")
