// The claims to money back, and what the seller can do with each.
import { yuanText } from "../money";
import { say, type Word } from "../words";
import { Act } from "./act";
import type { Refund, State } from "./live";
import { Moment } from "./moment";

export const REFUND_STAGES: Record<string, Word> = {
  applied: "refundApplied",
  agreed: "refundAgreed",
  returning: "refundReturning",
  refused: "refundRefused",
  refunded: "refundRefunded",
  closed: "refundClosed",
};

const CAN: Record<string, Word> = { agree: "canAgree", refuse: "canRefuse", "take-back": "canTakeBack" };

const stageName = (stage: string) => {
  const word = REFUND_STAGES[stage];
  return word ? say(word) : stage;
};

export function Refunds({ state }: { state: State }) {
  return (
    <section aria-labelledby="refunds-title">
      <h2 id="refunds-title">
        {say("refunds")} <span class="number">{state.refunds.length}</span>
      </h2>
      {state.refunds.length === 0 && <p>{say("noRefunds")}</p>}
      {state.refunds.map((refund) => (
        <OneRefund key={refund.refundId} refund={refund} />
      ))}
    </section>
  );
}

function OneRefund({ refund }: { refund: Refund }) {
  return (
    <div class="card" data-refund={refund.refundId}>
      <h3>
        {say("refund", { id: refund.refundId })}{" "}
        <span class={`badge stage ${refund.stage}`}>{stageName(refund.stage)}</span>
      </h3>
      <p>
        {yuanText(BigInt(refund.totalInFen))} {say("yuan")} {refund.returns && `· ${say("withReturn")}`} ·{" "}
        {say("order", { id: refund.orderId })}
      </p>
      <div class="bar doings">
        {refund.can.map((can) => (
          <Act key={can} path={`${can}/${refund.refundId}`}>
            {CAN[can] ? say(CAN[can]) : can}
          </Act>
        ))}
      </div>
      <ol class="steps">
        {refund.steps.map((step) => (
          <li key={step.stage + step.time}>
            {stageName(step.stage)} <Moment at={step.time} />
          </li>
        ))}
      </ol>
    </div>
  );
}
