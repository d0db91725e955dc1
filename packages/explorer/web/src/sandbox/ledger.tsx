// Every call that changed anything, the newest first.
import { yuanText } from "../money";
import { callAddress } from "../route";
import { Scroll } from "../scroll";
import { say } from "../words";
import type { State } from "./live";
import { Moment } from "./moment";

export function Ledger({ state: { ledger } }: { state: State }) {
  return (
    <section aria-labelledby="ledger-title" class="wide">
      <h2 id="ledger-title">{say("ledger")}</h2>
      {ledger.entries.length === 0 && ledger.changes.length === 0 && <p>{say("noLedger")}</p>}
      {ledger.entries.length > 0 && (
        <Scroll label={say("ledgerEntries")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say("time")}</th>
                <th scope="col">{say("action")}</th>
                <th scope="col">{say("amount")}</th>
                <th scope="col">{say("callName")}</th>
              </tr>
            </thead>
            <tbody>
              {ledger.entries.map((entry) => (
                <tr key={entry.nonce + entry.action + entry.orderId}>
                  <td>
                    <Moment at={entry.time} />
                  </td>
                  <td>
                    <span class="badge">{entry.action}</span> <code>{entry.orderId}</code> {entry.failure}
                  </td>
                  <td class="sum">
                    {yuanText(BigInt(entry.amountInFen))} {say("yuan")}
                  </td>
                  <td>
                    <a href={callAddress(entry.endpoint)}>{entry.endpoint}</a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {ledger.changes.length > 0 && (
        <details>
          <summary>
            {say("changes")} <span class="number">{ledger.changes.length}</span>
          </summary>
          <ul>
            {ledger.changes.map((change) => (
              <li key={change.endpoint + change.time}>
                <Moment at={change.time} /> <a href={callAddress(change.endpoint)}>{change.endpoint}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
