// The sandbox's clock, by a slider.
import { say } from "../words";
import { Act, perform } from "./act";
import type { State } from "./live";
import { Moment } from "./moment";

const HOUR = 3_600_000;

export function Clock({ state: { clock } }: { state: State }) {
  const hours = Math.round(clock.offsetMs / HOUR);
  return (
    <section aria-labelledby="clock-title" class="clock">
      <h2 id="clock-title">{say("clock")}</h2>
      <p>
        {say("clockAhead")}: <Moment at={clock.nowMs} />
      </p>
      <label>
        {say("clockOffset")}: <span class="at">{hours}</span>
        <input
          type="range"
          min="-72"
          max="720"
          step="1"
          value={hours}
          onChange={(event) => void perform("clock", { offsetMs: Number(event.currentTarget.value) * HOUR })}
        />
      </label>
      <div class="bar">
        <Act path="clock" body={{ advanceMs: HOUR }}>
          {say("anHour")}
        </Act>
        <Act path="clock" body={{ advanceMs: 24 * HOUR }}>
          {say("aDay")}
        </Act>
        <Act path="clock" body={{ offsetMs: 0 }}>
          {say("clockReset")}
        </Act>
      </div>
    </section>
  );
}
