// The states of an order with the place of one marked. Drawn, and said in words.
import { useId } from "preact/hooks";
import { say, type Word } from "../words";
import type { Stage } from "./live";

export const STAGES: Record<Stage, Word> = {
  unpaid: "stageUnpaid",
  paid: "stagePaid",
  shipped: "stageShipped",
  received: "stageReceived",
  cancelled: "stageCancelled",
  refunded: "stageRefunded",
};

const WIDTH = 116;
const HEIGHT = 30;

interface Drawing {
  size: string;
  places: Record<Stage, [number, number]>;
  /** From where to where, and the corners of the way. */
  ways: [Stage, Stage, string][];
}

const WIDE: Drawing = {
  size: "0 0 552 108",
  places: {
    unpaid: [2, 4],
    paid: [146, 4],
    shipped: [290, 4],
    received: [434, 4],
    cancelled: [2, 74],
    refunded: [290, 74],
  },
  ways: [
    ["unpaid", "paid", "M118 19H142"],
    ["paid", "shipped", "M262 19H286"],
    ["shipped", "received", "M406 19H430"],
    ["unpaid", "cancelled", "M60 34V70"],
    ["paid", "refunded", "M204 34V89H286"],
    ["shipped", "refunded", "M348 34V70"],
    ["received", "refunded", "M492 34V89H410"],
  ],
};
/** For narrow windows. */
const TALL: Drawing = {
  size: "0 0 270 218",
  places: {
    unpaid: [2, 4],
    paid: [2, 64],
    shipped: [2, 124],
    received: [2, 184],
    cancelled: [150, 4],
    refunded: [150, 124],
  },
  ways: [
    ["unpaid", "paid", "M60 34V60"],
    ["paid", "shipped", "M60 94V120"],
    ["shipped", "received", "M60 154V180"],
    ["unpaid", "cancelled", "M118 19H146"],
    ["paid", "refunded", "M118 79H208V120"],
    ["shipped", "refunded", "M118 139H146"],
    ["received", "refunded", "M118 199H208V158"],
  ],
};
const BEFORE: Record<Stage, Stage[]> = {
  unpaid: [],
  paid: ["unpaid"],
  shipped: ["unpaid", "paid"],
  received: ["unpaid", "paid", "shipped"],
  cancelled: ["unpaid"],
  refunded: ["unpaid", "paid"],
};

export function Diagram({ stage }: { stage: Stage }) {
  return (
    <>
      <Drawn stage={stage} drawing={WIDE} form="wide" />
      <Drawn stage={stage} drawing={TALL} form="tall" />
    </>
  );
}

function Drawn({ stage, drawing, form }: { stage: Stage; drawing: Drawing; form: string }) {
  const arrow = useId();
  const label = say("diagram", { stage: say(STAGES[stage]) });
  return (
    <svg class={`diagram ${form}`} viewBox={drawing.size} role="img" aria-label={label} data-stage={stage}>
      <defs>
        <marker id={arrow} viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0L8 4L0 8Z" class="arrow" />
        </marker>
      </defs>
      {drawing.ways.map(([from, to, way]) => (
        <path key={from + to} d={way} class="way" marker-end={`url(#${arrow})`} />
      ))}
      {Object.entries(drawing.places).map(([name, [x, y]]) => {
        const place = name as Stage;
        const is = place === stage ? "here" : BEFORE[stage].includes(place) ? "past" : "";
        return (
          <g key={name} class={`place ${is}`}>
            <rect x={x} y={y} width={WIDTH} height={HEIGHT} rx="6" />
            <text x={x + WIDTH / 2} y={y + HEIGHT / 2} dominant-baseline="central" text-anchor="middle">
              {say(STAGES[place])}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
