import { render } from "preact";
import { session as askSession, Refused } from "./api";
import { App } from "./app";
import { hideToken } from "./route";
import { watch } from "./sandbox/live";
import { failed, session, tables } from "./state";
import { loadTables } from "./tables";
import "./style/tokens.css";
import "./style/page.css";
import "./style/calls.css";
import "./style/form.css";
import "./style/exchange.css";
import "./style/sandbox.css";

hideToken();
const root = document.getElementById("app");
if (root) {
  root.replaceChildren();
  render(<App />, root);
}

Promise.all([loadTables(), askSession()]).then(
  ([loaded, opened]) => {
    tables.value = loaded;
    session.value = opened;
    if (opened.target === "sandbox") watch();
  },
  (error) => {
    failed.value = error instanceof Refused ? error : new Refused("unreachable", String(error));
  },
);
