// One row: what it does, its form, what was sent, what came back, and the same as code.
import { Result } from "../exchange/result";
import { RequestForm } from "../form/request";
import { Prose } from "../prose";
import { Samples } from "../samples/tabs";
import { known } from "../state";
import type { Row } from "../tables";
import { say, titleOf } from "../words";
import { Badges } from "./badges";
import { draftOf } from "./draft";
import { ReplyFields } from "./reply_fields";

export function RowView({ row }: { row: Row }) {
  const draft = draftOf(row);
  return (
    <article class="row">
      <p class="back">
        <a href="#/">← {say("allCalls")}</a>
      </p>
      <h1>{titleOf(row)}</h1>
      <p class="id">
        <code>{row.id}</code> <Badges row={row} />
      </p>
      <p class="path">
        <code>
          {row.method} {row.path}
        </code>
      </p>
      {row.about
        .split("\n\n")
        .filter(Boolean)
        .map((paragraph) => (
          <p key={paragraph}>
            <Prose text={paragraph} />
          </p>
        ))}
      <Evidence row={row} />
      <RequestForm draft={draft} />
      <Result draft={draft} />
      <Samples draft={draft} />
      <ReplyFields row={row} />
    </article>
  );
}

function Evidence({ row }: { row: Row }) {
  const { path, fields } = known().evidence;
  const [ofPath, ofRequest, ofReply] = row.evidence;
  return (
    <details class="evidence">
      <summary>{say("evidence")}</summary>
      <dl>
        <dt>{say("evidencePath")}</dt>
        <dd>
          <strong>{ofPath}</strong>: {path[ofPath]}
        </dd>
        <dt>{say("evidenceRequest")}</dt>
        <dd>
          <strong>{ofRequest}</strong>: {fields[ofRequest]}
        </dd>
        <dt>{say("evidenceReply")}</dt>
        <dd>
          <strong>{ofReply}</strong>: {fields[ofReply]}
        </dd>
      </dl>
    </details>
  );
}
