// Pushed messages with the answer to each attempt, and what the receiver answers from now on.
import { answerMessages } from "../api";
import { pretty } from "../exchange/pretty";
import { Scroll } from "../scroll";
import { session } from "../state";
import { say, type Word } from "../words";
import { refusal } from "./act";
import type { Push, State } from "./live";
import { Moment } from "./moment";

const STATES: Record<Push["state"], Word> = { waiting: "pushWaiting", taken: "pushTaken", given_up: "pushGivenUp" };

export function Messages({ state }: { state: State }) {
  const { pushes, pushesTo } = state;
  return (
    <section aria-labelledby="messages-title" class="messages">
      <h2 id="messages-title">
        {say("messages")} <span class="number">{pushes.length}</span>
      </h2>
      {pushesTo ? <Receiver /> : <p>{say("noReceiver")}</p>}
      {pushesTo && pushes.length === 0 && <p>{say("noMessages")}</p>}
      {pushes.map((push) => (
        <details key={push.number}>
          <summary>
            {push.number}. <code>{typeOf(push)}</code>{" "}
            <span class={`badge ${push.state === "taken" ? "good" : "warned"}`}>{say(STATES[push.state])}</span>
          </summary>
          <ol>
            {push.answers.map((answer) => (
              <li key={answer.atMs}>
                <Moment at={answer.atMs} />: {answer.answer}
              </li>
            ))}
          </ol>
          <Scroll label={`${say("body")} ${push.number}`} isText>
            {pretty(push.body)}
          </Scroll>
        </details>
      ))}
    </section>
  );
}

function typeOf(push: Push): string {
  try {
    const body = JSON.parse(push.body);
    return String(body.type ?? body.messageType ?? body.msgType ?? "");
  } catch {
    return "";
  }
}

function Receiver() {
  const now = session.value;
  const set = async (status: number) => {
    try {
      const { inbox } = await answerMessages(status);
      if (session.value) session.value = { ...session.value, inbox };
    } catch (error) {
      refusal.value = String(error);
    }
  };
  return (
    <label>
      {say("answerWith")}
      <select value={String(now?.inbox)} onChange={(event) => void set(Number(event.currentTarget.value))}>
        <option value="200">{say("answerOk")}</option>
        <option value="500">{say("answerError")}</option>
      </select>
    </label>
  );
}
