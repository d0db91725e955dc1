// All rows by group, narrowed down by words and filters.
import { computed, signal } from "@preact/signals";
import { callAddress } from "../route";
import { known, tables } from "../state";
import { groupOf, isProven, type Row } from "../tables";
import { language, say, titleOf } from "../words";
import { Badges } from "./badges";
import { type Found, find } from "./search";

const words = signal("");
const proven = signal(false);
const effect = signal<"" | "writes" | "reads">("");
const pages = signal(false);

const found = computed<Found[]>(() => {
  if (!tables.value) return [];
  const rows = tables.value.rows.filter(
    (row) =>
      (!proven.value || isProven(row)) &&
      (!pages.value || row.pages) &&
      (!effect.value || row.writes === (effect.value === "writes")),
  );
  return find(tables.value, rows, words.value);
});

function showAll() {
  words.value = "";
  proven.value = false;
  pages.value = false;
  effect.value = "";
}

export function CallList({ chosen }: { chosen: string | undefined }) {
  const all = known().rows.length;
  return (
    <aside class="list" aria-label={say("calls")}>
      <search>
        <form onSubmit={openFirst}>
          <label class="words">
            <span class="label">{say("search")}</span>
            <input
              type="search"
              name="words"
              autocomplete="off"
              placeholder={say("searchHint")}
              value={words.value}
              onInput={(event) => {
                words.value = event.currentTarget.value;
              }}
            />
          </label>
          <fieldset class="filters">
            <legend class="unseen">{say("filters")}</legend>
            <Toggle name={say("filterProven")} is={proven.value} set={(is) => (proven.value = is)} />
            <Toggle
              name={say("filterWrites")}
              is={effect.value === "writes"}
              set={(is) => (effect.value = is ? "writes" : "")}
            />
            <Toggle
              name={say("filterReads")}
              is={effect.value === "reads"}
              set={(is) => (effect.value = is ? "reads" : "")}
            />
            <Toggle name={say("filterPages")} is={pages.value} set={(is) => (pages.value = is)} />
          </fieldset>
        </form>
      </search>
      <p class="count">
        <span role="status">{say("count", { count: found.value.length, all })}</span>
        {found.value.length < all && (
          <button type="button" class="quiet" onClick={showAll}>
            {say("showAll")}
          </button>
        )}
      </p>
      {found.value.length === 0 && <p>{say("nothingFound")}</p>}
      <nav aria-label={say("allCalls")}>
        {words.value.trim() ? <Rows rows={found.value} chosen={chosen} /> : <Groups chosen={chosen} />}
      </nav>
    </aside>
  );
}

/** Enter in the search opens what was found first. */
function openFirst(event: Event) {
  event.preventDefault();
  const first = found.value[0];
  if (first && words.value.trim()) location.hash = callAddress(first.row.id);
}

function Toggle({ name, is, set }: { name: string; is: boolean; set: (is: boolean) => void }) {
  return (
    <label class="toggle">
      <input type="checkbox" checked={is} onChange={(event) => set(event.currentTarget.checked)} />
      {name}
    </label>
  );
}

function Groups({ chosen }: { chosen: string | undefined }) {
  return (
    <>
      {known().groups.map((group) => {
        const rows = found.value.filter(({ row }) => groupOf(row) === group.id);
        return (
          rows.length > 0 && (
            <section key={group.id}>
              <h2>
                {titleOf(group)} <span class="number">{rows.length}</span>
              </h2>
              <Rows rows={rows} chosen={chosen} />
            </section>
          )
        );
      })}
    </>
  );
}

function Rows({ rows, chosen }: { rows: Found[]; chosen: string | undefined }) {
  return (
    <ul class="rows">
      {rows.map(({ row, at }) => (
        <li key={row.id}>
          <a href={callAddress(row.id)} aria-current={row.id === chosen ? "page" : undefined}>
            <Title row={row} />
            <code>{row.id}</code>
            {at !== undefined && <span class="at">{at ? say("foundInField", { name: at }) : say("foundInText")}</span>}
            <Badges row={row} />
          </a>
        </li>
      ))}
    </ul>
  );
}

function Title({ row }: { row: Row }) {
  return <span class="row-title">{language.value ? titleOf(row) : row.title}</span>;
}
