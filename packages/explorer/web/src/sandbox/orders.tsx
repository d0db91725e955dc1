// The orders: their state in a diagram, their lines, and what buyer, seller and carrier can do now.
import { useState } from "preact/hooks";
import { yuanText } from "../money";
import { say, type Word } from "../words";
import { Act, perform } from "./act";
import { deeds, openCreate, openDeed } from "./calls";
import { Diagram, STAGES } from "./diagram";
import type { Line, Order, State } from "./live";
import { marketOf } from "./market";
import { Moment } from "./moment";
import { REFUND_STAGES } from "./refunds";

const DEEDS = { pay: "payIt", cancel: "cancelIt", refund: "refundIt" } satisfies Record<string, Word>;
/** Orders that are open at first. */
const OPEN = 1;

export function Orders({ state }: { state: State }) {
  return (
    <section aria-labelledby="orders-title" class="orders">
      <h2 id="orders-title">
        {say("orders")} <span class="number">{state.orderCount}</span>
      </h2>
      {state.orders.length === 0 && (
        <p>
          {say("noOrders")}{" "}
          <button type="button" class="main" onClick={openCreate}>
            {say("createOrder")}
          </button>
        </p>
      )}
      {state.orders.map((order, at) => (
        <OneOrder key={order.orderId} order={order} isOpen={at < OPEN} />
      ))}
    </section>
  );
}

function OneOrder({ order, isOpen }: { order: Order; isOpen: boolean }) {
  return (
    <details class="card" open={isOpen} data-order={order.orderId}>
      <summary>
        <strong>{say("order", { id: order.orderId })}</strong>{" "}
        <span class={`badge stage ${order.stage}`}>{say(STAGES[order.stage])}</span>{" "}
        <span class="fine">
          {marketOf(order.market)} · {yuanText(BigInt(order.totalInFen))} {say("yuan")}
        </span>
      </summary>
      <Diagram stage={order.stage} />
      {order.underWay && <p class="note">{say("underWay", { action: order.underWay.action })}</p>}
      <Doings order={order} />
      <table>
        <caption class="unseen">{say("lines")}</caption>
        <tbody>
          {order.lines.map((line) => (
            <LineRow key={line.lineId} line={line} order={order} />
          ))}
        </tbody>
      </table>
      <dl class="facts">
        <dt>{say("total")}</dt>
        <dd>
          {yuanText(BigInt(order.totalInFen))} {say("yuan")} ({say("freight")} {yuanText(BigInt(order.freightInFen))})
        </dd>
        {order.reference && (
          <>
            <dt>{say("reference")}</dt>
            <dd>{order.reference}</dd>
          </>
        )}
        {Object.entries(order.times).map(
          ([name, time]) =>
            time && (
              <>
                <dt>{TIMES[name] ? say(TIMES[name]) : name}</dt>
                <dd>
                  <Moment at={time} />
                </dd>
              </>
            ),
        )}
      </dl>
    </details>
  );
}

const TIMES: Record<string, Word> = {
  created: "timeCreated",
  paid: "stagePaid",
  shipped: "stageShipped",
  received: "stageReceived",
  closed: "refundClosed",
};

function Doings({ order }: { order: Order }) {
  const ship = order.lines.length > 1 && order.lines.some((line) => line.shipped) ? unshipped(order) : undefined;
  return (
    <div class="bar doings">
      {deeds(order).map((deed) => (
        <button key={deed} type="button" onClick={() => openDeed(deed, order)}>
          {say(DEEDS[deed])}
        </button>
      ))}
      {order.can.includes("ship") && (
        <Act path={`ship/${order.orderId}`} body={ship}>
          {say("canShip")}
        </Act>
      )}
      {order.can.includes("deliver") && <Act path={`deliver/${order.orderId}`}>{say("canDeliver")}</Act>}
      {order.can.includes("settle") && (
        <>
          <Act path={`settle/${order.orderId}`}>{say("canSettle")}</Act>
          <Act path={`settle/${order.orderId}`} body={{ error: "let fail in the explorer" }}>
            {say("canSettleFails")}
          </Act>
        </>
      )}
      {order.can.includes("price") && <Price order={order} />}
    </div>
  );
}

const unshipped = (order: Order) => ({ lines: order.lines.filter((line) => !line.shipped).map((line) => line.lineId) });

function Price({ order }: { order: Order }) {
  const [total, setTotal] = useState(String(order.totalInFen));
  const submit = (event: Event) => {
    event.preventDefault();
    void perform(`price/${order.orderId}`, { total: Number(total) });
  };
  return (
    <form class="inline" onSubmit={submit}>
      <label>
        {say("newTotal")}
        <input
          type="text"
          inputMode="numeric"
          pattern="[0-9]+"
          required
          value={total}
          onInput={(event) => setTotal(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="quiet">
        {say("canPrice")}
      </button>
    </form>
  );
}

function LineRow({ line, order }: { line: Line; order: Order }) {
  const canShip = order.can.includes("ship") && order.lines.length > 1 && !line.shipped;
  return (
    <tr>
      <th scope="row">
        {line.title} <code>{line.lineId}</code>
      </th>
      <td>× {line.quantity}</td>
      <td class="sum">
        {yuanText(BigInt(line.amountInFen))} {say("yuan")}
      </td>
      <td>
        {line.shipped && <span class="badge">{say("shippedAt")}</span>}{" "}
        {line.refundStage && (
          <span class="badge warned">
            {say("refunds")}:{" "}
            {REFUND_STAGES[line.refundStage] ? say(REFUND_STAGES[line.refundStage] as Word) : line.refundStage}
          </span>
        )}
        {canShip && (
          <Act path={`ship/${order.orderId}`} body={{ lines: [line.lineId] }}>
            {say("canShipLine")}
          </Act>
        )}
      </td>
    </tr>
  );
}
