// Every attempt and wait of a call, in order, each with the time since its beginning.
import type { CallEvent } from "../api";
import { say } from "../words";

const TONES: Record<string, string> = { failed: "bad", retrying: "wait", limited: "wait", warned: "wait" };

export function Timeline({ events }: { events: CallEvent[] }) {
  const [first] = events;
  if (!first) return null;
  const begun = first.atMs;
  const whole = Math.max(1, ...events.map((event) => event.atMs - begun));
  return (
    <section class="timeline" aria-labelledby="timeline-title">
      <h3 id="timeline-title">{say("timeline")}</h3>
      <ol>
        {events.map((event, at) => {
          const since = event.atMs - begun;
          const next = events[at + 1];
          const lasts = next ? next.atMs - event.atMs : 0;
          return (
            <li key={at} class={toneOf(event)}>
              <span class="since">{since} ms</span>
              <span class="what">{described(event)}</span>
              <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                <rect x={(since / whole) * 99} width={Math.max(1, (lasts / whole) * 99)} y="0" height="6" rx="1" />
              </svg>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function toneOf(event: CallEvent): string {
  if (event.event === "answered") return Number(event.status) < 400 ? "good" : "bad";
  if (event.event === "ended") return event.error ? "bad" : "good";
  return TONES[event.event] ?? "";
}

function described(event: CallEvent): string {
  const text = (name: string) => String(event[name] ?? "");
  switch (event.event) {
    case "started":
      return say("eventStarted");
    case "limited":
      return say("eventLimited", { ms: text("waitMs") });
    case "sent":
      return say("eventSent", { attempt: text("attempt") });
    case "answered": {
      const answered = { status: text("status"), bytes: text("bytes"), ms: text("durationMs") };
      const code = event.code === null || event.code === undefined ? "" : ` · ${say("code", { code: text("code") })}`;
      return say("eventAnswered", answered) + code;
    }
    case "failed":
      return say("eventFailed", { detail: text("detail") || text("failure") });
    case "warned":
      return say("eventWarned", { path: text("path") });
    case "clock-corrected":
      return say("eventClock", { ms: text("behindMs") });
    case "retrying":
      return say("eventRetrying", { ms: text("waitMs"), error: text("error") });
    case "ended":
      return say("eventEnded", { attempts: text("attempts") });
    default:
      return event.event;
  }
}
