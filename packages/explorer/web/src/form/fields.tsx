// The fields of one object: those that matter first, the other optional ones behind a summary.
import { Prose } from "../prose";
import { known } from "../state";
import type { Field, Kind, Shape } from "../tables";
import { kindName } from "../tables";
import { say } from "../words";
import { Amount, AnyJson, Bool, Code, Text, Whole } from "./inputs";
import { isObject, type Json, type Path, pathId, pathText } from "./value";

/** What inputs need to know of the form that they are in. */
export interface Form {
  set(path: Path, value: Json | undefined): void;
  /** What is wrong with the field at a path. */
  wrong(path: Path): string | undefined;
  /** Fields that the example has are shown first. */
  example: Json;
}

export function Fields(props: { form: Form; shape: Shape; value: Json; path: Path; example: Json }) {
  const { form, shape, value, path, example } = props;
  const given = isObject(value) ? value : {};
  const usual = isObject(example) ? example : {};
  const first = shape.fields.filter((field) => field.required || field.name in usual);
  const more = shape.fields.filter((field) => !first.includes(field));
  const show = (field: Field) => {
    const at = [...path, field.name];
    return (
      <One key={field.name} form={form} field={field} value={given[field.name]} path={at} example={usual[field.name]} />
    );
  };
  const isOpen = more.some((field) => field.name in given || form.wrong([...path, field.name]) !== undefined);
  return (
    <div class="fields">
      {shape.fields.length === 0 && path.length === 0 && <p>{say("noFields")}</p>}
      {first.map(show)}
      {more.length > 0 && (
        <details open={isOpen || first.length === 0}>
          <summary>{say("moreFields", { count: more.length })}</summary>
          {more.map(show)}
        </details>
      )}
      <Further form={form} shape={shape} given={given} path={path} />
    </div>
  );
}

interface OneProps {
  form: Form;
  field: Field;
  value: Json | undefined;
  path: Path;
  example: Json | undefined;
}

/** A field with its name, what it means, and what is wrong with it. */
function One({ form, field, value, path, example }: OneProps) {
  const id = pathId(path);
  const wrong = form.wrong(path);
  const head = <Head field={field} />;
  const about = (
    <>
      {field.doc && (
        <p class="doc" id={`${id}-doc`}>
          <Prose text={field.doc} />
          {field.wire && ` (${say("wireName", { name: field.wire })})`}
          {field.form === "embedded" && !field.doc.includes("JSON text") && ` (${say("embedded")})`}
        </p>
      )}
      <Wrong id={id} wrong={wrong} />
    </>
  );
  if (isNested(field.kind)) {
    return (
      <fieldset class={`nested ${wrong ? "is-wrong" : ""}`} id={id} tabIndex={-1}>
        <legend>{head}</legend>
        {about}
        <Nested form={form} kind={field.kind} name={field.name} value={value} path={path} example={example} />
      </fieldset>
    );
  }
  return (
    <div class={`field ${wrong ? "is-wrong" : ""}`}>
      <label for={id}>{head}</label>
      <Input form={form} kind={field.kind} unit={field.unit} value={value} path={path} hasDoc={Boolean(field.doc)} />
      {about}
    </div>
  );
}

function Head({ field }: { field: Field }) {
  return (
    <>
      <span class="field-name">{field.name}</span>{" "}
      <span class="kind">
        {kindName(known(), field.kind)}
        {field.unit && `, ${say(field.unit)}`}
      </span>{" "}
      <span class={field.required ? "required" : "optional"}>{say(field.required ? "required" : "optional")}</span>
    </>
  );
}

function Wrong({ id, wrong }: { id: string; wrong: string | undefined }) {
  return wrong === undefined ? null : (
    <p class="wrong" id={`${id}-wrong`}>
      <Prose text={wrong} />
    </p>
  );
}

const isNested = (kind: Kind) => typeof kind === "object" && ("object" in kind || "list" in kind);

interface NestedProps {
  form: Form;
  kind: Kind;
  name: string;
  value: Json | undefined;
  path: Path;
  example: Json | undefined;
}

function Nested({ form, kind, name, value, path, example }: NestedProps) {
  if (typeof kind === "string" || "code" in kind) return null;
  if ("list" in kind)
    return <List form={form} kind={kind.list} name={name} value={value} path={path} example={example} />;
  if (value === undefined || value === null) {
    return <Button say={say("add", { name })} act={() => form.set(path, example ?? {})} />;
  }
  const shape = known().objects[kind.object];
  return (
    <>
      {shape && <Fields form={form} shape={shape} value={value} path={path} example={example ?? {}} />}
      <Button say={say("remove", { name })} act={() => form.set(path, undefined)} />
    </>
  );
}

function List({ form, kind, name, value, path, example }: NestedProps) {
  const items = Array.isArray(value) ? value : [];
  const usual = Array.isArray(example) ? example[0] : undefined;
  const shape = typeof kind === "object" && "object" in kind ? known().objects[kind.object] : undefined;
  return (
    <>
      {items.length > 0 && (
        <ol class="items" start={0}>
          {items.map((item, at) => {
            const own = [...path, at];
            const itemName = pathText([name, at]);
            const wrong = form.wrong(own);
            return (
              <li key={at} class={wrong ? "is-wrong" : ""}>
                {shape ? (
                  <fieldset class="nested" id={pathId(own)} tabIndex={-1}>
                    <legend>{itemName}</legend>
                    <Fields form={form} shape={shape} value={item} path={own} example={usual ?? {}} />
                  </fieldset>
                ) : (
                  <Input form={form} kind={kind} value={item} path={own} label={itemName} hasDoc={false} />
                )}
                <Wrong id={pathId(own)} wrong={wrong} />
                <Button say={say("remove", { name: itemName })} act={() => form.set(own, undefined)} />
              </li>
            );
          })}
        </ol>
      )}
      <Button
        say={say("addItem", { name })}
        act={() => form.set([...path, items.length], usual ?? (shape ? {} : ""))}
      />
    </>
  );
}

function Button({ say: text, act }: { say: string; act: () => void }) {
  return (
    <button type="button" class="quiet" onClick={act}>
      {text}
    </button>
  );
}

interface InputProps {
  form: Form;
  kind: Kind;
  unit?: "fen" | "yuan";
  value: Json | undefined;
  path: Path;
  label?: string;
  hasDoc: boolean;
}

function Input({ form, kind, unit, value, path, label, hasDoc }: InputProps) {
  const id = pathId(path);
  const wrong = form.wrong(path) !== undefined;
  const told = [hasDoc && `${id}-doc`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  const shared = {
    id,
    value,
    set: (next: Json | undefined) => form.set(path, next),
    told: { "aria-label": label, "aria-describedby": told || undefined, "aria-invalid": wrong || undefined },
  };
  if (typeof kind === "object") return "code" in kind ? <Code {...shared} codes={known().codes[kind.code]} /> : null;
  switch (kind) {
    case "amount":
      return <Amount {...shared} unit={unit} />;
    case "int":
      return <Whole {...shared} unit={unit} />;
    case "bool":
      return <Bool {...shared} />;
    case "any":
      return <AnyJson {...shared} />;
    default:
      return <Text {...shared} kind={kind} />;
  }
}

/** Fields that the table does not list: rows whose request is not published take them. */
function Further({
  form,
  shape,
  given,
  path,
}: {
  form: Form;
  shape: Shape;
  given: { [name: string]: Json };
  path: Path;
}) {
  const listed = new Set(shape.fields.map((field) => field.name));
  const further = Object.entries(given).filter(([name]) => !listed.has(name));
  return (
    <>
      {further.map(([name, value]) => (
        <One
          key={name}
          form={form}
          field={{ name, kind: "any" }}
          value={value}
          path={[...path, name]}
          example={undefined}
        />
      ))}
    </>
  );
}
