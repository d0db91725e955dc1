// What goes wrong with calls from now on.
import { useState } from "preact/hooks";
import { known } from "../state";
import { say, type Word } from "../words";
import { Act, perform } from "./act";
import type { State } from "./live";

const KINDS: [string, Word][] = [
  ["503", "faultKindOf503"],
  ["429", "faultKindOf429"],
  ["reset", "faultKindOfReset"],
  ["slow", "faultKindOfSlow"],
  ["garbage", "faultKindOfGarbage"],
  ["truncate", "faultKindOfTruncate"],
  ["silent", "faultKindOfSilent"],
  ["late", "faultKindOfLate"],
];

export function Faults({ state: { faults } }: { state: State }) {
  const [percent, setPercent] = useState(50);
  const [kind, setKind] = useState("503");
  const [when, setWhen] = useState("before");
  const [rows, setRows] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    const of = rows.trim();
    const rule = { kinds: [kind], rate: percent / 100, when };
    void perform("faults", { rules: [of ? { ...rule, [of.startsWith("/") ? "path" : "endpoint"]: of } : rule] });
  };
  return (
    <section aria-labelledby="faults-title" class="faults">
      <h2 id="faults-title">{say("faults")}</h2>
      <p>{say("faultsAbout")}</p>
      <form onSubmit={submit}>
        <label>
          {say("faultRate")}: {percent} %
          <input
            type="range"
            min="0"
            max="100"
            step="5"
            value={percent}
            onInput={(event) => setPercent(Number(event.currentTarget.value))}
          />
        </label>
        <label>
          {say("faultKind")}
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            {KINDS.map(([name, word]) => (
              <option key={name} value={name}>
                {say(word)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say("faultWhen")}
          <select value={when} onChange={(event) => setWhen(event.currentTarget.value)}>
            <option value="before">{say("faultBefore")}</option>
            <option value="after">{say("faultAfter")}</option>
            <option value="either">{say("faultEither")}</option>
          </select>
        </label>
        <label>
          {say("faultCalls")}
          <input
            type="text"
            list="fault-rows"
            autocomplete="off"
            value={rows}
            onInput={(event) => setRows(event.currentTarget.value)}
          />
        </label>
        <datalist id="fault-rows">
          {known().rows.map((row) => (
            <option key={row.id} value={row.id} />
          ))}
        </datalist>
        <div class="bar">
          <button type="submit">{say("faultsApply")}</button>
          <Act path="faults" body={{ rules: [] }}>
            {say("faultsEnd")}
          </Act>
        </div>
      </form>
      <p>{say("faultsInjected", { injected: faults.injected, calls: faults.calls })}</p>
      {faults.rules.length === 0 ? (
        <p>{say("faultsNone")}</p>
      ) : (
        <ul class="rules">
          {faults.rules.map((rule) => (
            <li key={JSON.stringify(rule)}>
              <code>{JSON.stringify(rule)}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
