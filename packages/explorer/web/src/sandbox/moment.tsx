import { language } from "../words";

/** A moment as the reader's own clock shows it. */
export function Moment({ at }: { at: string | number | null }) {
  if (at === null) return null;
  const date = new Date(at);
  const shown = date.toLocaleString(language.value === "zh" ? "zh-CN" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "medium",
  });
  return <time dateTime={date.toISOString()}>{shown}</time>;
}
