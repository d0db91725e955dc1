// What came of a call: the answer in both forms, what was sent, and every attempt and wait.

import type { Refused, Seen } from "../api";
import type { Draft } from "../calls/draft";
import { parseExact } from "../form/value";
import { Prose } from "../prose";
import { Scroll } from "../scroll";
import { session } from "../state";
import { say } from "../words";
import { pretty } from "./pretty";
import { Sent } from "./sent";
import { Timeline } from "./timeline";
import { Tree } from "./tree";

export function Result({ draft }: { draft: Draft }) {
  const seen = draft.seen.value;
  const refused = draft.refused.value;
  return (
    <section class="result" aria-labelledby="result-title" hidden={!seen && !refused}>
      <h2 id="result-title">{say("result")}</h2>
      <div role="status">
        {refused && <NotCalled refused={refused} />}
        {seen && <Verdict seen={seen} />}
      </div>
      {seen && (
        <>
          <Answer seen={seen} draft={draft} />
          {draft.row.writes && !seen.error && session.value?.target === "sandbox" && (
            <p>
              <a href="#/sandbox">{say("seeSandbox")} →</a>
            </p>
          )}
          <Timeline events={seen.events} />
          <Sent attempts={seen.attempts} />
        </>
      )}
    </section>
  );
}

function NotCalled({ refused }: { refused: Refused }) {
  const text =
    refused.kind === "token" ? say("noToken") : refused.kind === "unreachable" ? say("notOpened") : refused.message;
  return <p class="problem">{text}</p>;
}

function Verdict({ seen }: { seen: Seen }) {
  const { error, reply, durationMs } = seen;
  const requestId = reply?.requestId ?? error?.requestId;
  const warnings = reply?.warnings ?? [];
  return (
    <>
      <p class={error ? "verdict problem" : "verdict good"}>
        {error && seen.attempts.length === 0
          ? say("notSentYet")
          : say(error ? "resultFailed" : "resultOk", { ms: durationMs })}
      </p>
      {error && (
        <p class="error">
          <strong>{error.kind}</strong>
          {error.code !== null && error.code !== undefined && ` (${say("code", { code: error.code })})`}:{" "}
          <Prose text={`${error.text} ${error.hint ?? ""}`} />
        </p>
      )}
      <p class="fine">
        {requestId && (
          <>
            {say("requestId")}: <code>{requestId}</code>{" "}
          </>
        )}
        {warnings.length > 0 && <span class="badge warned">{say("warnings", { count: warnings.length })}</span>}
      </p>
    </>
  );
}

function Answer({ seen, draft }: { seen: Seen; draft: Draft }) {
  const last = seen.attempts.at(-1)?.answer;
  const raw = last && "body" in last ? last.body : undefined;
  if (seen.data === null && raw === undefined) return null;
  return (
    <div class="sides">
      {seen.data !== null && (
        <div>
          <h3 id="canonical-title">
            {say("canonical")} <span class="fine">{say("canonicalAbout")}</span>
          </h3>
          <Scroll label={say("canonical")}>
            <Tree value={parseExact(seen.data)} kind={draft.row.reply} warnings={seen.reply?.warnings ?? []} />
          </Scroll>
        </div>
      )}
      {raw !== undefined && (
        <div>
          <h3 id="raw-title">
            {say("raw")} <span class="fine">{say("rawAbout")}</span>
          </h3>
          <Scroll label={say("raw")} isText>
            {pretty(raw)}
          </Scroll>
        </div>
      )}
    </div>
  );
}
