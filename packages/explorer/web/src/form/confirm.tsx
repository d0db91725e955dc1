// Asks before a call that writes, with the sum in words.
import { useEffect, useRef } from "preact/hooks";
import { chineseSum, englishSum, yuanText } from "../money";
import { session } from "../state";
import type { Effect, Row } from "../tables";
import { language, say, type Word } from "../words";
import { type Sum, sumsOf } from "./sums";
import type { Json } from "./value";

const EFFECTS: Record<Effect, Word> = {
  create: "effectCreate",
  change: "effectChange",
  pay: "effectPay",
  cancel: "effectCancel",
  message: "effectMessage",
  upload: "effectUpload",
};

export function Confirm({ row, params, yes, no }: { row: Row; params: Json; yes: () => void; no: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const isSandbox = session.value?.target === "sandbox";
  const sums = sumsOf(row, params);
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="confirm-title" onCancel={no} onClose={no}>
      <h2 id="confirm-title">{say("confirmTitle")}</h2>
      <p>{say("thisCall", { row: row.id, effect: row.effect ? say(EFFECTS[row.effect]) : "" })}</p>
      <p class={isSandbox ? "" : "problem"}>{say(isSandbox ? "confirmSandbox" : "confirmPlatform")}</p>
      {sums.length > 0 ? (
        <dl class="sums">
          {sums.map((sum) => (
            <div key={sum.name}>
              <dt>{sum.of === "order" ? say("confirmOrder", { id: sum.name }) : sum.name}</dt>
              <dd>
                <SumInWords sum={sum} />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        (row.effect === "pay" || row.effect === "create") && <p class="note">{say("confirmNoSum")}</p>
      )}
      <div class="bar">
        <button type="button" onClick={no}>
          {say("cancel")}
        </button>
        <button type="button" class="main" onClick={yes}>
          {say("confirmSend")}
        </button>
      </div>
    </dialog>
  );
}

function SumInWords({ sum }: { sum: Sum }) {
  if (sum.fen === undefined) return <strong>{sum.text}</strong>;
  return (
    <>
      <strong>
        {yuanText(sum.fen)} {say("yuan")}
      </strong>{" "}
      <span class="in-words">({language.value === "zh" ? chineseSum(sum.fen) : englishSum(sum.fen)})</span>
    </>
  );
}
