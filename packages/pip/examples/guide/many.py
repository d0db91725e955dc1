"""Many calls at once, within the platform's limit."""

# region many
import asyncio
from typing import Sequence

from xportcn import AsyncClient, XportcnError


async def titles(item_ids: Sequence[str]) -> None:
    # At most 20 calls a second, 20 at the start; and 8 under way.
    async with AsyncClient(limit=(20, 20)) as client:
        under_way = asyncio.Semaphore(8)

        async def one(item_id: str) -> None:
            async with under_way:
                try:
                    product = await client.taobao.product.get(item_id=item_id)
                    print(item_id, product.title)
                except XportcnError as failed:  # one that fails ends no other
                    print(item_id, failed)

        await asyncio.gather(*(one(item_id) for item_id in item_ids))


# endregion

if __name__ == "__main__":
    asyncio.run(titles([str(672991141190 + number) for number in range(40)]))
