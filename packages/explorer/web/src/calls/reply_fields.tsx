// The fields of a row's reply, as its table has them.
import { useState } from "preact/hooks";
import { Prose } from "../prose";
import { known } from "../state";
import { type Field, kindName, objectIn, type Row } from "../tables";
import { say } from "../words";

export function ReplyFields({ row }: { row: Row }) {
  const [isOpen, setOpen] = useState(false);
  const at = objectIn(row.reply);
  const shape = at === undefined ? undefined : known().objects[at];
  if (!shape) return null;
  return (
    <details class="reply-fields" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say("replyFields")}</summary>
      {isOpen && <FieldTable fields={shape.fields} depth={0} />}
    </details>
  );
}

function FieldTable({ fields, depth }: { fields: Field[]; depth: number }) {
  return (
    <dl class="field-table">
      {fields.map((field) => (
        <div key={field.name}>
          <dt>
            <code>{field.name}</code>{" "}
            <span class="kind">
              {kindName(known(), field.kind)}
              {field.unit && `, ${say(field.unit)}`}
            </span>
          </dt>
          <dd>
            {field.doc && (
              <p>
                <Prose text={field.doc} />
              </p>
            )}
            <CodeMeanings field={field} />
            <Inner field={field} depth={depth} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function CodeMeanings({ field }: { field: Field }) {
  const { kind } = field;
  if (typeof kind === "string" || !("code" in kind)) return null;
  return (
    <ul class="meanings">
      {known().codes[kind.code]?.values.map(([value, meaning]) => (
        <li key={value}>
          <code>{value}</code> <span lang="en">{meaning}</span>
        </li>
      ))}
    </ul>
  );
}

function Inner({ field, depth }: { field: Field; depth: number }) {
  const [isOpen, setOpen] = useState(false);
  const at = objectIn(field.kind);
  const shape = at === undefined ? undefined : known().objects[at];
  if (!shape) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{shape.name}</summary>
      {isOpen && <FieldTable fields={shape.fields} depth={depth + 1} />}
    </details>
  );
}
