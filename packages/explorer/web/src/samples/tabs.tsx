// The call as code: with this SDK in its languages, and without it in others.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { type Attempt, code as codeOf, type Sample } from "../api";
import type { Draft } from "../calls/draft";
import { Scroll } from "../scroll";
import { say } from "../words";

const OTHERS: [string, string][] = [
  ["go", "Go"],
  ["php", "PHP"],
  ["csharp", "C#"],
  ["ruby", "Ruby"],
  ["node", "JavaScript (fetch)"],
  ["powershell", "PowerShell"],
  ["r", "R"],
  ["c", "C"],
  ["clojure", "Clojure"],
  ["ocaml", "OCaml"],
];

/** The language that was chosen last, for all rows. */
const chosen = signal("typescript");
const isOpen = signal(false);

export function Samples({ draft }: { draft: Draft }) {
  return (
    <details
      class="samples"
      open={isOpen.value}
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{say("asCode")}</summary>
      {isOpen.value && <Tabs draft={draft} />}
    </details>
  );
}

function Tabs({ draft }: { draft: Draft }) {
  const { samples, problem } = useSamples(draft);
  const names: [string, string][] = [
    ...samples.map(({ language, title }): [string, string] => [language, title]),
    ...OTHERS,
  ];
  const sample = samples.find((one) => one.language === chosen.value);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = names.findIndex(([id]) => id === chosen.value);
    const [next] = names[(at + step + names.length) % names.length] ?? ["typescript"];
    chosen.value = next;
    document.getElementById(`tab-${next}`)?.focus();
  };
  const tab = ([id, name]: [string, string]) => (
    <button
      key={id}
      type="button"
      role="tab"
      id={`tab-${id}`}
      aria-selected={chosen.value === id}
      aria-controls="sample"
      tabIndex={chosen.value === id ? 0 : -1}
      onClick={() => {
        chosen.value = id;
      }}
    >
      {name}
    </button>
  );
  return (
    <>
      <div class="tabs" role="tablist" aria-label={say("asCode")} onKeyDown={move}>
        {names.slice(0, samples.length).map(tab)}
        <span class="gap" role="presentation">
          {say("samplesOther")}
        </span>
        {names.slice(samples.length).map(tab)}
      </div>
      <div id="sample" role="tabpanel" aria-labelledby={`tab-${chosen.value}`}>
        {sample && <Code code={sample.text} />}
        {!sample && OTHERS.some(([id]) => id === chosen.value) && <Other draft={draft} language={chosen.value} />}
        {problem && <p class="note">{problem}</p>}
      </div>
    </>
  );
}

/** How long nothing is typed before the code is asked for anew. */
const PAUSE = 250;

/** The call as it now stands, written by the program. What is no JSON yet leaves the code as it was. */
function useSamples(draft: Draft): { samples: Sample[]; problem: string | null } {
  const [samples, setSamples] = useState<Sample[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const written = draft.written();
  const row = draft.row.id;
  useEffect(() => {
    let isGone = false;
    const ask = () =>
      codeOf(row, written).then(
        (told) => {
          if (isGone) return;
          setSamples(told.samples);
          setProblem(null);
        },
        (error) => isGone || setProblem(String(error.message)),
      );
    const timer = setTimeout(ask, samples.length ? PAUSE : 0);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [row, written]);
  return { samples, problem };
}

function Other({ draft, language }: { draft: Draft; language: string }) {
  const attempt = draft.seen.value?.attempts.at(-1);
  return attempt ? <Written attempt={attempt} language={language} /> : <p>{say("otherFirst")}</p>;
}

/** The request as it was sent: how the wire holds it is the core's knowledge, not the page's. */
function Written({ attempt, language }: { attempt: Attempt; language: string }) {
  const [code, setCode] = useState<string | null>(null);
  const told = [say("signing1"), say("signing2"), say("signing3")].join("\n");
  useEffect(() => {
    let isGone = false;
    import("./requests").then(({ plainRequest }) => {
      if (!isGone) setCode(plainRequest(language, attempt, told.split("\n")));
    });
    return () => {
      isGone = true;
    };
  }, [attempt, language, told]);
  return code === null ? <p>{say("samplesLoading")}</p> : <Code code={code} />;
}

function Code({ code }: { code: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => setCopied(false), [code]);
  const copy = () => navigator.clipboard.writeText(code).then(() => setCopied(true));
  return (
    <>
      <button type="button" class="quiet copy" onClick={() => void copy()}>
        {say(isCopied ? "copied" : "copy")}
      </button>
      <Scroll label={say("asCode")} isText>
        {code}
      </Scroll>
    </>
  );
}
