// Every request of a call as it was sent, with the signature masked, and every answer as it came.
import type { Attempt } from "../api";
import { Scroll } from "../scroll";
import { say } from "../words";
import { pretty } from "./pretty";

export function Sent({ attempts }: { attempts: Attempt[] }) {
  if (!attempts.length) return null;
  return (
    <section class="sent" aria-labelledby="sent-title">
      <h3 id="sent-title">{say("sent")}</h3>
      {attempts.map((attempt, at) => (
        <details key={at} open={at === attempts.length - 1}>
          <summary>
            {say("attempt", { number: at + 1 })}: <code>{attempt.method}</code> <code class="url">{attempt.url}</code>{" "}
            <Outcome attempt={attempt} />
          </summary>
          <h4>{say("headers")}</h4>
          <Headers headers={attempt.headers} />
          <h4>{say("body")}</h4>
          <Scroll label={`${say("sent")} ${at + 1}`} isText>
            {attempt.body ? pretty(attempt.body) : say("noBody")}
          </Scroll>
          {attempt.answer && "status" in attempt.answer && (
            <>
              <h4>{say("status", { status: attempt.answer.status })}</h4>
              <Headers headers={attempt.answer.headers} />
              {at < attempts.length - 1 && (
                <Scroll label={`${say("result")} ${at + 1}`} isText>
                  {pretty(attempt.answer.body)}
                </Scroll>
              )}
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
    return (
      <span class={`badge ${answer.status < 400 ? "good" : "bad"}`}>{say("status", { status: answer.status })}</span>
    );
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
