// What the payments of each user are taken from.
import { useState } from "preact/hooks";
import { yuanText } from "../money";
import { session } from "../state";
import { say } from "../words";
import { perform } from "./act";
import type { State } from "./live";

export function Money({ state }: { state: State }) {
  const own = session.value?.userId ?? "";
  const users = [...new Set([own, ...Object.keys(state.balances)])].filter(Boolean);
  return (
    <section aria-labelledby="money-title">
      <h2 id="money-title">{say("money")}</h2>
      {users.map((user) => (
        <Balance key={user} user={user} left={state.balances[user] ?? null} />
      ))}
    </section>
  );
}

function Balance({ user, left }: { user: string; left: number | null }) {
  const [fen, setFen] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    void perform(`balance/${user}`, { balance: fen === "" ? null : Number(fen) });
  };
  return (
    <form onSubmit={submit}>
      <p>
        {say("balance", { user })}:{" "}
        <strong>{left === null ? say("enough") : `${yuanText(BigInt(left))} ${say("yuan")}`}</strong>
      </p>
      <label>
        {say("balanceFen")}
        <input
          type="text"
          inputMode="numeric"
          pattern="[0-9]*"
          value={fen}
          onInput={(event) => setFen(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="quiet">
        {say("set")}
      </button>
    </form>
  );
}
