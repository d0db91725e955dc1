import { known } from "../state";
import { titleOf } from "../words";

/** The name of a market: it is that of the group of its calls. */
export function marketOf(market: string): string {
  const group = known().groups.find((one) => one.id === market);
  return group ? titleOf(group) : market;
}
