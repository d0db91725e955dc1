// Asks before a call that writes, with the sum in words.
import { useEffect, useRef } from "preact/hooks";
import type { Sum } from "../api";
import { session } from "../state";
import type { Effect, Row } from "../tables";
import { language, say, type Word } from "../words";

const EFFECTS: Record<Effect, Word> = {
  create: "effectCreate",
  change: "effectChange",
  pay: "effectPay",
  cancel: "effectCancel",
  message: "effectMessage",
  upload: "effectUpload",
};

export function Confirm({ row, sums, yes, no }: { row: Row; sums: Sum[]; yes: () => void; no: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const isSandbox = session.value?.target === "sandbox";
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="confirm-title" onCancel={no} onClose={no}>
      <h2 id="confirm-title">{say("confirmTitle")}</h2>
      <p>{say("thisCall", { row: row.id, effect: row.effect ? say(EFFECTS[row.effect]) : "" })}</p>
      <p class={isSandbox ? "" : "problem"}>{say(isSandbox ? "confirmSandbox" : "confirmPlatform")}</p>
      {sums.length > 0 ? (
        <dl class="sums">
          {sums.map((sum) => (
            <div key={sum.of}>
              <dt>{/^\d+$/.test(sum.of) ? say("confirmOrder", { id: sum.of }) : sum.of}</dt>
              <dd>
                <strong>
                  {sum.yuan} {say("yuan")}
                </strong>{" "}
                <span class="in-words">({sum.words[language.value]})</span>
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
