// The sandbox, live.
import { session } from "../state";
import { say } from "../words";
import { Told } from "./act";
import { Clock } from "./clock";
import { Faults } from "./faults";
import { Ledger } from "./ledger";
import { isLive, live } from "./live";
import { Messages } from "./messages";
import { Money } from "./money";
import { Orders } from "./orders";
import { Refunds } from "./refunds";
import { Scenarios } from "./scenarios";
import { Addresses, Carts } from "./things";

export function SandboxView() {
  if (session.value?.target !== "sandbox") return <p>{say("noSandbox")}</p>;
  const state = live.value;
  return (
    <div class="sandbox">
      <h1>
        {say("sandbox")}{" "}
        <span class={`badge ${isLive.value ? "good" : "warned"}`} role="status">
          {say(isLive.value ? "live" : state ? "notLive" : "opening")}
        </span>
      </h1>
      <Told />
      {state && (
        <div class="boards">
          <div>
            <Orders state={state} />
            <Refunds state={state} />
            <Ledger state={state} />
          </div>
          <div>
            <Scenarios />
            <Clock state={state} />
            <Faults state={state} />
            <Messages state={state} />
            <Money state={state} />
            <Carts state={state} />
            <Addresses state={state} />
          </div>
        </div>
      )}
    </div>
  );
}
