import { callAddress } from "../route";
import { known, rowOf, session } from "../state";
import { say, type Word } from "../words";

const FIRST: [string, Word][] = [
  ["taobao.product.search", "firstSearch"],
  ["taobao.after_sale.render", "firstRefund"],
  ["taobao.order.purchase_create", "firstOrder"],
];

/** What a newcomer can do first. */
export function Welcome() {
  return (
    <article class="welcome">
      <h1>{say("welcome")}</h1>
      <p>{say(session.value?.target === "platform" ? "welcomePlatform" : "welcomeText")}</p>
      <h2>{say("firstSteps")}</h2>
      <ul class="first">
        {FIRST.filter(([row]) => rowOf(row)).map(([row, word]) => (
          <li key={row}>
            <a href={callAddress(row)}>{say(word)}</a> <code>{row}</code>
          </li>
        ))}
      </ul>
      <p class="fine">
        {say("unofficial")} · {say("count", { count: known().rows.length, all: known().rows.length })} · xportcn{" "}
        {session.value?.version} · <a href="/licences.txt">{say("licences")}</a>
      </p>
    </article>
  );
}
