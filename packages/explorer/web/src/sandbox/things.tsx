// Carts and addresses.
import { say } from "../words";
import type { State } from "./live";
import { marketOf } from "./market";

export function Carts({ state: { carts } }: { state: State }) {
  return (
    <section aria-labelledby="carts-title">
      <h2 id="carts-title">
        {say("carts")} <span class="number">{carts.length}</span>
      </h2>
      {carts.length === 0 ? (
        <p>{say("noCarts")}</p>
      ) : (
        <ul>
          {carts.map((line) => (
            <li key={line.id}>
              {line.title} × {String(line.quantity)}{" "}
              <span class="fine">
                {marketOf(line.market)} · <code>{line.id}</code>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function Addresses({ state: { addresses } }: { state: State }) {
  return (
    <section aria-labelledby="addresses-title">
      <h2 id="addresses-title">
        {say("addresses")} <span class="number">{addresses.length}</span>
      </h2>
      {addresses.length === 0 ? (
        <p>{say("noAddresses")}</p>
      ) : (
        <ul>
          {addresses.map((address) => (
            <li key={address.id}>
              <code>{address.id}</code>
              <code class="json">{JSON.stringify(address.fields)}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
