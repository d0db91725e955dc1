// Canonical JSON as a tree: what codes mean, units behind amounts, and warnings at their fields.
import { useState } from "preact/hooks";
import type { Warning } from "../api";
import { isObject, type Json, type Path, pathText } from "../form/value";
import { fenOf, yuanText } from "../money";
import { known } from "../state";
import type { Field, Kind } from "../tables";
import { say } from "../words";

/** Items of a list that are open at first. */
const OPEN = 3;

interface NodeProps {
  name?: string;
  value: Json;
  kind: Kind | undefined;
  field?: Field | undefined;
  path: Path;
  warnings: Warning[];
  isOpen: boolean;
}

export function Tree({ value, kind, warnings }: { value: Json; kind: Kind; warnings: Warning[] }) {
  return (
    <ul class="tree">
      <Node value={value} kind={kind} path={["data"]} warnings={warnings} isOpen />
    </ul>
  );
}

function Node({ name, value, kind, field, path, warnings, isOpen }: NodeProps) {
  const place = pathText(path);
  const warning = warnings.find((one) => one.path === place);
  const children = childrenOf(value, kind);
  const label = name !== undefined && <span class="key">{name}</span>;
  const note = warning && (
    <span class="warning">⚠ {say("warningAt", { expected: warning.expected, found: warning.found })}</span>
  );
  if (!children) {
    return (
      <li class={warning ? "is-warned" : ""}>
        {label}
        {label && ": "}
        <Scalar value={value} kind={kind} field={field} /> {note}
      </li>
    );
  }
  const inner = <Children of={children} path={path} warnings={warnings} isList={Array.isArray(value)} />;
  if (name === undefined) return <li>{children.length ? inner : Array.isArray(value) ? "[]" : "{}"}</li>;
  if (!children.length) {
    return (
      <li>
        {label}: {Array.isArray(value) ? "[]" : "{}"} {note}
      </li>
    );
  }
  return (
    <li class={warning ? "is-warned" : ""}>
      <Folded isOpen={isOpen || warnings.some((one) => one.path.startsWith(place))}>
        {{ head: [label, <span class="fine"> {size(value)}</span>, note], inner }}
      </Folded>
    </li>
  );
}

/** What is folded is not made until it is opened. */
function Folded({
  isOpen,
  children,
}: {
  isOpen: boolean;
  children: { head: preact.ComponentChildren; inner: preact.ComponentChildren };
}) {
  const [isMade, setMade] = useState(isOpen);
  return (
    <details open={isOpen} onToggle={(event) => event.currentTarget.open && setMade(true)}>
      <summary>{children.head}</summary>
      {isMade && children.inner}
    </details>
  );
}

interface Child {
  name: string;
  step: string | number;
  value: Json;
  kind: Kind | undefined;
  field?: Field | undefined;
}

function Children({ of, path, warnings, isList }: { of: Child[]; path: Path; warnings: Warning[]; isList: boolean }) {
  return (
    <ul>
      {of.map(({ name, step, value, kind, field }, at) => (
        <Node
          key={step}
          name={name}
          value={value}
          kind={kind}
          field={field}
          path={[...path, step]}
          warnings={warnings}
          isOpen={!isList || at < OPEN}
        />
      ))}
    </ul>
  );
}

function childrenOf(value: Json, kind: Kind | undefined): Child[] | undefined {
  const nested = typeof kind === "object" ? kind : undefined;
  if (Array.isArray(value)) {
    const inner = nested && "list" in nested ? nested.list : undefined;
    return value.map((item, at) => ({ name: String(at), step: at, value: item, kind: inner }));
  }
  if (!isObject(value)) return undefined;
  const fields = nested && "object" in nested ? (known().objects[nested.object]?.fields ?? []) : [];
  return Object.entries(value).map(([name, inner]) => {
    const field = fields.find((one) => one.name === name);
    return { name, step: name, value: inner, kind: field?.kind, field };
  });
}

const size = (value: Json) =>
  Array.isArray(value) ? `[${value.length}]` : isObject(value) ? `{${Object.keys(value).length}}` : "";

function Scalar({ value, kind, field }: { value: Json; kind: Kind | undefined; field: Field | undefined }) {
  const type = value === null ? "null" : typeof value;
  const meaning = meaningOf(value, kind);
  const fen = field?.unit === "fen" && value !== null ? fenOf(value, "fen") : undefined;
  return (
    <>
      <span class={`scalar is-${type}`}>{type === "string" ? JSON.stringify(value) : String(value)}</span>
      {field?.unit && value !== null && (
        <span class="fine">
          {" "}
          {say(field.unit)} {fen !== undefined && say("inYuan", { yuan: yuanText(fen) })}
        </span>
      )}
      {meaning && (
        <span class="meaning" lang="en">
          {" "}
          — {meaning}
        </span>
      )}
    </>
  );
}

function meaningOf(value: Json, kind: Kind | undefined): string | undefined {
  if (typeof kind !== "object" || !("code" in kind)) return undefined;
  return known().codes[kind.code]?.values.find(([one]) => one === String(value))?.[1];
}
