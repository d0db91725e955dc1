// Many calls at once, within the platform's limit.

// region many
import { Xportcn, XportcnError } from "xportcn";

export async function titles(itemIds: string[]): Promise<void> {
  // At most 20 calls a second, 20 at the start; and 8 under way.
  const client = new Xportcn({ limit: { perSecond: 20, burst: 20 } });
  const left = itemIds.values();

  async function work(): Promise<void> {
    for (const itemId of left) {
      try {
        const product = await client.taobao.product.get({ itemId });
        console.log(itemId, product.title);
      } catch (failed) {
        if (!(failed instanceof XportcnError)) throw failed;
        console.log(itemId, failed.message); // one that fails ends no other
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, work));
}
// endregion

await titles(Array.from({ length: 40 }, (_, number) => String(672991141190 + number)));
