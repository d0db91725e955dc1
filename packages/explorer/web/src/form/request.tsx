// What is to be sent: as a form or as JSON, and the button that sends it.
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { wrongField } from "../api";
import type { Draft } from "../calls/draft";
import { known, session } from "../state";
import { say } from "../words";
import { Confirm } from "./confirm";
import { Fields, type Form } from "./fields";
import { JsonEditor } from "./json";
import { type Json, type Path, pathId, pathText, withAt } from "./value";

export function RequestForm({ draft }: { draft: Draft }) {
  const { row } = draft;
  const form = useRef<HTMLFormElement>(null);
  const textProblem = useSignal<string | null>(null);
  const wrong = wrongField(draft.seen.value);
  const isOff = row.writes && session.value?.writes === false;

  const go = async (confirmed: boolean) => {
    await draft.send(confirmed);
    if (draft.question.value) return;
    const wrong = wrongField(draft.seen.value);
    if (wrong) focusOn(form.current, wrong.path);
    else document.getElementById("result-title")?.scrollIntoView({ block: "start" });
  };

  const submit = (event: Event) => {
    event.preventDefault();
    if (isOff || draft.busy.value || !isReadable(draft, textProblem)) return;
    void go(false);
  };

  return (
    <form ref={form} class="request" onSubmit={submit} aria-label={say("request")}>
      <div class="bar">
        <h2>{say("request")}</h2>
        <Modes draft={draft} problem={textProblem} />
        <span class="spring" />
        <button type="button" class="quiet" onClick={() => draft.fill(row.example as Json)}>
          {say("useExample")}
        </button>
        <button type="button" class="quiet" onClick={() => draft.fill({})}>
          {say("clear")}
        </button>
      </div>
      {draft.text.value === null ? (
        <FormFields key={draft.edition.value} draft={draft} />
      ) : (
        <JsonEditor
          text={draft.text.value}
          set={(text) => {
            draft.text.value = text;
            textProblem.value = null;
          }}
        />
      )}
      {textProblem.value !== null && (
        <p class="wrong" role="alert">
          {textProblem.value}
        </p>
      )}
      {wrong && draft.text.value !== null && (
        <p class="wrong">
          {say("errorAtField", { path: wrong.path })}: {wrong.reason}
        </p>
      )}
      {isOfExample(draft) && <p class="note">{say("exampleNote")}</p>}
      {isOff && <p class="note">{say("writesOff")}</p>}
      <button type="submit" class="main" disabled={isOff} aria-disabled={draft.busy.value}>
        {say(draft.busy.value ? "sending" : "send")}
      </button>
      {draft.question.value && (
        <Confirm
          row={row}
          sums={draft.question.value}
          yes={() => void go(true)}
          no={() => {
            draft.question.value = null;
          }}
        />
      )}
    </form>
  );
}

/** The sandbox takes writes to the examples' objects, and nothing comes of them. */
function isOfExample({ row, params }: Draft): boolean {
  if (session.value?.target !== "sandbox" || !row.writes || row.effect === "create") return false;
  return JSON.stringify(params.value) === JSON.stringify(row.example);
}

interface Problem {
  value: string | null;
}

/** Says what is wrong where the text is no JSON object. */
function isReadable(draft: Draft, problem: Problem): boolean {
  try {
    draft.read();
    problem.value = null;
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : "";
    problem.value = reason === "object" ? say("noObject") : say("invalidJson", { reason });
    return false;
  }
}

function Modes({ draft, problem }: { draft: Draft; problem: Problem }) {
  const isText = draft.text.value !== null;
  const toForm = () => {
    if (isText && isReadable(draft, problem)) draft.toForm();
  };
  return (
    <span class="modes">
      <button type="button" aria-pressed={!isText} onClick={toForm}>
        {say("form")}
      </button>
      <button type="button" aria-pressed={isText} onClick={() => isText || draft.toJson()}>
        {say("json")}
      </button>
    </span>
  );
}

function FormFields({ draft }: { draft: Draft }) {
  const { row } = draft;
  const wrong = wrongField(draft.seen.value);
  const form: Form = {
    set: (path, value) => {
      draft.params.value = withAt(draft.params.value, path, value) ?? {};
    },
    wrong: (path: Path) => (wrong && wrong.path === pathText(path) ? wrong.reason : undefined),
    example: row.example as Json,
  };
  const shape = known().objects[row.request];
  const value = draft.params.value;
  return shape ? <Fields form={form} shape={shape} value={value} path={[]} example={form.example} /> : null;
}

/** The field that is wrong, or the nearest around it that the form has. */
function focusOn(form: HTMLFormElement | null, path: string) {
  const steps = path.split(/[.[\]]+/).filter(Boolean);
  for (let count = steps.length; count; count -= 1) {
    const found = form?.querySelector<HTMLElement>(`[id="${pathId(steps.slice(0, count))}"]`);
    if (found) {
      found.closest("details")?.setAttribute("open", "");
      found.focus();
      return;
    }
  }
}
