// The frame of all views: where one is, whom is called, in which language.
import { useEffect, useRef } from "preact/hooks";
import { CallList } from "./calls/list";
import { RowView } from "./calls/row";
import { Welcome } from "./calls/welcome";
import { route } from "./route";
import { hasFaults } from "./sandbox/live";
import { SandboxView } from "./sandbox/view";
import { failed, rowOf, session, tables } from "./state";
import { choose, language, say } from "./words";

export function App() {
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("content")?.focus()}>
        {say("skip")}
      </button>
      <Header />
      {failed.value ? <Failed /> : tables.value && session.value ? <View /> : <p class="opening">{say("opening")}</p>}
    </>
  );
}

function Header() {
  const here = route.value.view;
  const now = session.value;
  return (
    <header class="top">
      <a class="name" href="#/">
        <img src="/icon.svg" alt="" width="24" height="24" />
        Xportcn
      </a>
      <nav aria-label={say("main")}>
        <a href="#/" aria-current={here === "calls" ? "page" : undefined}>
          {say("calls")}
        </a>
        {now?.target !== "platform" && (
          <a href="#/sandbox" aria-current={here === "sandbox" ? "page" : undefined}>
            {say("sandbox")}
          </a>
        )}
      </nav>
      {hasFaults.value && (
        <a class="badge warned" href="#/sandbox">
          {say("faultsOn")}
        </a>
      )}
      {now && (
        <p class={`target ${now.target}`}>
          {say(now.target === "sandbox" ? "onSandbox" : "onPlatform")}
          {now.target === "platform" && ` · ${say(now.writes ? "writesOn" : "readsOnly")}`}
        </p>
      )}
      <select
        class="language"
        aria-label={say("language")}
        value={language.value}
        onChange={(event) => choose(event.currentTarget.value === "zh" ? "zh" : "en")}
      >
        <option value="en" lang="en">
          English
        </option>
        <option value="zh" lang="zh-CN">
          中文
        </option>
      </select>
    </header>
  );
}

function Failed() {
  const why = failed.value;
  return (
    <main id="content" tabIndex={-1} class="plain">
      <p role="alert" class="problem">
        {say(why?.kind === "token" ? "noToken" : "notOpened")} {why?.kind === "token" ? "" : why?.message}
      </p>
    </main>
  );
}

function View() {
  const here = route.value;
  const main = useRef<HTMLElement>(null);
  const row = here.view === "calls" && here.row ? rowOf(here.row) : undefined;
  const address = here.view + (row?.id ?? "");
  const first = useRef(address);
  // Who goes to another view by a key is read what there is.
  useEffect(() => {
    if (first.current === address) return;
    first.current = address;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [address]);
  if (here.view === "sandbox") {
    return (
      <main id="content" tabIndex={-1} ref={main} class="plain">
        <SandboxView />
      </main>
    );
  }
  return (
    <div class={`calls ${row ? "has-row" : "has-none"}`}>
      <CallList chosen={row?.id} />
      <main id="content" tabIndex={-1} ref={main}>
        {row ? <RowView key={row.id} row={row} /> : <Welcome />}
      </main>
    </div>
  );
}
