// The request as JSON text: the form's other way.
import { useEffect, useRef, useState } from "preact/hooks";
import { say } from "../words";
import type { Editor } from "./editor";

export function JsonEditor({ text, set }: { text: string; set: (text: string) => void }) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const latest = useRef({ text, set });
  latest.current = { text, set };
  const [isLoading, setLoading] = useState(true);
  useEffect(() => {
    let isGone = false;
    import("./editor").then(({ edit }) => {
      if (isGone || !host.current) return;
      setLoading(false);
      editor.current = edit(host.current, latest.current.text, say("jsonEditor"), (next) => latest.current.set(next));
    });
    return () => {
      isGone = true;
      editor.current?.end();
    };
  }, []);
  useEffect(() => editor.current?.set(text), [text]);
  return (
    <div class="editor">
      {isLoading && <p>{say("editorLoading")}</p>}
      <div ref={host} />
    </div>
  );
}
