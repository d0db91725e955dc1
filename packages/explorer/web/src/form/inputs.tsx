// One input for each kind of value. An empty one is not sent.
import { useState } from "preact/hooks";
import { fenOf, yuanText } from "../money";
import type { Codes } from "../tables";
import { say } from "../words";
import { floatNumber, type Json, parseExact, wholeNumber } from "./value";

export interface Told {
  "aria-label"?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: boolean | undefined;
}

interface Props {
  id: string;
  value: Json | undefined;
  set(value: Json | undefined): void;
  told: Told;
}

const text = (value: Json | undefined) =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);

const isLong = (value: Json | undefined) => typeof value === "string" && (value.length > 60 || value.includes("\n"));

export function Text({ id, value, set, told, kind }: Props & { kind: "float" | "id" | "text" | "time" }) {
  const take = (typed: string) => set(typed === "" ? undefined : kind === "float" ? floatNumber(typed) : typed);
  const shared = { id, value: text(value), autocomplete: "off", spellcheck: false, ...told };
  if (kind === "text" && isLong(value)) {
    return <textarea {...shared} rows={3} onInput={(event) => take(event.currentTarget.value)} />;
  }
  return (
    <input
      {...shared}
      type="text"
      inputMode={kind === "float" ? "decimal" : undefined}
      placeholder={kind === "time" ? say("timeHint") : undefined}
      onInput={(event) => take(event.currentTarget.value)}
    />
  );
}

export function Whole({ id, value, set, told, unit }: Props & { unit?: "fen" | "yuan" | undefined }) {
  return (
    <span class="with-unit">
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autocomplete="off"
        value={text(value)}
        {...told}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          set(typed === "" ? undefined : wholeNumber(typed));
        }}
      />
      <Unit unit={unit} value={value} />
    </span>
  );
}

export function Amount({ id, value, set, told, unit }: Props & { unit?: "fen" | "yuan" | undefined }) {
  return (
    <span class="with-unit">
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        value={text(value)}
        {...told}
        onInput={(event) => set(event.currentTarget.value || undefined)}
      />
      <Unit unit={unit} value={value} />
    </span>
  );
}

function Unit({ unit, value }: { unit: "fen" | "yuan" | undefined; value: Json | undefined }) {
  if (!unit) return null;
  const fen = unit === "fen" ? fenOf(value, unit) : undefined;
  return (
    <span class="unit">
      {say(unit)} {fen !== undefined && say("inYuan", { yuan: yuanText(fen) })}
    </span>
  );
}

export function Bool({ id, value, set, told }: Props) {
  return (
    <select
      id={id}
      value={value === undefined ? "" : String(value)}
      {...told}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        set(chosen === "" ? undefined : chosen === "true");
      }}
    >
      <option value="">{say("notSent")}</option>
      <option value="true">{say("yes")} · true</option>
      <option value="false">{say("no")} · false</option>
    </select>
  );
}

/** The known values with their meaning, and any other: sets of codes are open. */
export function Code({ id, value, set, told, codes }: Props & { codes: Codes | undefined }) {
  const values = codes?.values ?? [];
  const now = text(value);
  const isKnown = now === "" || values.some(([one]) => one === now);
  const [isOther, setOther] = useState(!isKnown);
  const take = (typed: string) => set(typed === "" ? undefined : codes?.numeric ? wholeNumber(typed) : typed);
  return (
    <span class="code">
      <select
        id={id}
        value={isOther ? "other" : `is ${now}`}
        {...told}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setOther(chosen === "other");
          take(chosen === "other" ? "" : chosen.slice(3));
        }}
      >
        <option value="is ">{say("notSent")}</option>
        {values.map(([one, meaning]) => (
          <option key={one} value={`is ${one}`}>
            {one} · {meaning}
          </option>
        ))}
        <option value="other">{say("otherValue")}</option>
      </select>
      {isOther && (
        <input
          type="text"
          autocomplete="off"
          value={now}
          aria-label={say("otherValue")}
          onInput={(event) => take(event.currentTarget.value)}
        />
      )}
    </span>
  );
}

/** JSON of any shape. What is no JSON keeps the form from being sent. */
export function AnyJson({ id, value, set, told }: Props) {
  const [typed, setTyped] = useState(() => (value === undefined ? "" : JSON.stringify(value)));
  const take = (input: HTMLTextAreaElement) => {
    setTyped(input.value);
    try {
      set(input.value.trim() === "" ? undefined : parseExact(input.value));
      input.setCustomValidity("");
    } catch (error) {
      input.setCustomValidity(say("invalidJson", { reason: error instanceof Error ? error.message : "" }));
    }
  };
  return (
    <textarea
      id={id}
      rows={typed.length > 60 ? 4 : 1}
      spellcheck={false}
      placeholder={say("anyHint")}
      value={typed}
      {...told}
      onInput={(event) => take(event.currentTarget)}
    />
  );
}
