// Scenarios: several calls, and what a seller or a carrier does, one after the other.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Played, play, Refused, type Scenario, scenarios } from "../api";
import { say } from "../words";
import { refusal } from "./act";

const known = signal<Scenario[]>([]);
const played = signal<Played | null>(null);
const isBusy = signal(false);

export function Scenarios() {
  useEffect(() => {
    if (!known.value.length) scenarios().then((file) => (known.value = file.scenarios), refuse);
  }, []);
  return (
    <section aria-labelledby="scenarios-title" class="scenarios">
      <h2 id="scenarios-title">{say("scenarios")}</h2>
      <p>{say("scenariosAbout")}</p>
      <ul>
        {known.value.map((scenario) => (
          <li key={scenario.name}>
            <span lang="en">{scenario.name}</span>{" "}
            <button
              type="button"
              class="quiet"
              aria-disabled={isBusy.value}
              onClick={() => void run(JSON.stringify(scenario))}
            >
              {say("scenarioPlay")}
              <span class="unseen">: {scenario.name}</span>
            </button>
          </li>
        ))}
      </ul>
      <label>
        {say("scenarioFile")}
        <input type="file" accept=".json,application/json" onChange={(event) => void runFile(event.currentTarget)} />
      </label>
      <div role="status">{played.value && <Steps played={played.value} />}</div>
    </section>
  );
}

function refuse(error: unknown) {
  refusal.value = error instanceof Refused ? error.message : String(error);
}

async function runFile(input: HTMLInputElement) {
  const text = await input.files?.[0]?.text();
  // The same file can be chosen again, when it was changed.
  input.value = "";
  if (text !== undefined) await run(text);
}

async function run(scenario: string) {
  if (isBusy.value) return;
  isBusy.value = true;
  played.value = null;
  try {
    played.value = await play(scenario);
    refusal.value = null;
  } catch (error) {
    refuse(error);
  } finally {
    isBusy.value = false;
  }
}

function Steps({ played: { name, done, steps } }: { played: Played }) {
  return (
    <>
      <p>
        <span lang="en">{name}</span>{" "}
        <span class={`badge ${done ? "good" : "bad"}`}>{say(done ? "done" : "scenarioFailed")}</span>
      </p>
      <ol lang="en">
        {steps.map((step) => (
          <li key={step.step} class={step.failed ? "bad" : ""}>
            {step.about} {step.failed && <strong class="wrong">{step.failed}</strong>}
          </li>
        ))}
      </ol>
    </>
  );
}
