"""Twenty searches at once, over one client."""

import asyncio

from xportcn import AsyncClient


async def main() -> None:
    async with AsyncClient(limit=(20, 20)) as client:
        words = [f"shoes {number}" for number in range(20)]
        pages = await asyncio.gather(*(client.alibaba.product.keyword_search(keyword=word) for word in words))
        print(sum(page.total_records or 0 for page in pages), "offers found")

        async for offer in client.alibaba.product.keyword_search.items(keyword="shoes"):
            print("the first:", offer.subject)
            break


if __name__ == "__main__":
    asyncio.run(main())
