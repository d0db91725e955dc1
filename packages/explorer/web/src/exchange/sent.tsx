// Every request of a call as it was sent, with the signature masked, and every answer as it came.
import type { Attempt } from "../api";
import { say } from "../words";
import { pretty } from "./pretty";

export function Sent({ attempts }: { attempts: Attempt[] }) {
  if (!attempts.length) return null;
  return (
    <section class="sent" aria-labelledby="sent-title">
      <h3 id="sent-title">{say("sent")}</h3>
      {attempts.map((attempt, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attempts have no name but their place.
        <details key={at} open={at === attempts.length - 1}>
          <summary>
            {say("attempt", { number: at + 1 })}: <code>{attempt.method}</code> <code class="url">{attempt.url}</code>{" "}
            <Outcome attempt={attempt} />
          </summary>
          <h4>{say("headers")}</h4>
          <Headers headers={attempt.headers} />
          <h4>{say("body")}</h4>
          <Text text={attempt.body ? pretty(attempt.body) : say("noBody")} />
          {attempt.answer && "status" in attempt.answer && (
            <>
              <h4>{say("status", { status: attempt.answer.status })}</h4>
              <Headers headers={attempt.answer.headers} />
              {at < attempts.length - 1 && <Text text={pretty(attempt.answer.body)} />}
            </>
          )}
        </details>
      ))}
    </section>
  );
}

function Outcome({ attempt: { answer } }: { attempt: Attempt }) {
  if (!answer) return <span class="badge">{say("noAnswer")}</span>;
  if ("status" in answer) {
    return <span class={`badge ${answer.status < 400 ? "good" : "bad"}`}>{say("status", { status: answer.status })}</span>;
  }
  return (
    <span class="badge bad">
      {answer.failure} ({say(answer.maybeSent ? "maybeSent" : "surelyNotSent")})
    </span>
  );
}

function Headers({ headers }: { headers: [string, string][] }) {
  return (
    <dl class="headers">
      {headers.map(([name, value]) => (
        <div key={name + value}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Text({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys.
    <pre class="scroll" tabIndex={0} role="region" aria-label={say("body")}>
      {text}
    </pre>
  );
}
