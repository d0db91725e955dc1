import { isProven, type Row } from "../tables";
import { say } from "../words";

/** Whether a row writes, has pages, and is published. */
export function Badges({ row }: { row: Row }) {
  const is = isProven(row);
  return (
    <span class="badges">
      <span class={`badge ${row.writes ? "writes" : "reads"}`}>{say(row.writes ? "writes" : "reads")}</span>{" "}
      <span class={`badge ${is ? "proven" : "inferred"}`}>{say(is ? "proven" : "inferred")}</span>{" "}
      {row.pages && <span class="badge pages">{say("pages")}</span>}
    </span>
  );
}
