"""Calls through a network that fails, against the sandbox's own account of what it did."""

import json
import math

from runner.calls import call
from runner.compare import exact, short, typed_difference
from runner.orders import PAY, actions, create, disagreement

RATE = 0.3
FAULTS = f"rate={RATE},kinds=503|429|reset|truncate|slow|html|garbage,slow-ms=20000,seed=7"
#: A port that closes for a moment, now and then.
CLOSING = "rate=0.1,kinds=refuse,refuse-ms=50,seed=7"
READS = ["taobao.after_sale.render", "alibaba.product.keyword_search"]
LANES = 16
PATIENCE = 240


def reads(run, report):
    if report.skips("load"):
        return
    rows = {row["id"]: json.loads(row["example"]) for row in run.rows()}
    retries = retries_for(run.reads)
    with run.sandbox() as calm, run.sandbox("--fault", FAULTS) as sandbox:
        settings = sandbox.settings(maxRetries=retries, initialBackoff=1, maxBackoff=20, timeout=1000, deadline=120_000)
        count = run.reads // len(READS)
        for endpoint in READS:
            expected = run.model.ask(call(calm.settings(), endpoint, rows[endpoint]))
            answer = run.host.ask(load(settings, endpoint, rows[endpoint], count), PATIENCE)
            report.check(f"{count} reads of {endpoint} all succeed", all_read(run, answer, count, expected))
        tally = sandbox.told("faults")
    total = count * len(READS)
    mean, deviation = total / (1 - RATE), math.sqrt(total * RATE) / (1 - RATE)
    within = abs(tally["calls"] - mean) < 6 * deviation
    report.check("no more attempts than the faults ask for", None if within else f"{tally}, expected about {mean:.0f}")


def retries_for(calls):
    """Retries after which less than one run in a million has a call that fails in all its attempts."""
    retries = 0
    while calls * RATE ** (retries + 1) > 1e-6:
        retries += 1
    return retries


def load(settings, endpoint, params, count, lanes=LANES):
    line = {"op": "load", "settings": settings, "id": endpoint, "params": params}
    return line | {"count": count, "concurrency": lanes}


def all_read(run, answer, count, expected):
    if answer.get("succeeded") != count or len(answer.get("results", [])) != count:
        return f"found {short({**answer, 'results': len(answer.get('results', []))})}"
    data = exact(expected["data"])
    for text in {result.get("ok") for result in answer["results"]} - {None}:
        problem = typed_difference(exact(text), data, zeros=run.keeps_zeros)
        if problem:
            return problem
    return None


def writes(run, report):
    if report.skips("load"):
        return
    with run.sandbox("--fault", FAULTS) as sandbox:
        settings = sandbox.settings(initialBackoff=1, maxBackoff=20, timeout=1000)
        count = run.writes // 2
        endpoint, params = create("reference-{n}")
        answer = run.host.ask(load(settings, endpoint, params, count), PATIENCE)
        results = answer.get("results", [])
        if len(results) != count:
            report.check(f"{count} orders are created", f"found {short(answer)}")
            return
        said = {f"reference-{at}": result.get("kind", "ok") for at, result in enumerate(results)}
        words = set(said.values())
        seen = None if {"ok", "AmbiguousWrite"} <= words else f"the host said {sorted(words)} and nothing else"
        report.check(f"{count} orders: some fail and some succeed", seen)
        # Payments one by one: each is of another order.
        orders = [json.loads(result["ok"])["orderList"][0]["purchaseId"] for result in results if result.get("ok")]
        paid = {}
        for order in orders:
            answer = run.host.ask(call({**settings, "timeout": 500}, PAY, {"orderId": order}))
            paid[order] = "ok" if "data" in answer else answer.get("error", {}).get("kind", short(answer))
        ledger, tally = sandbox.told("ledger"), sandbox.told("faults")
    report.check(
        f"{count} orders are created as the host says", disagreement(said, actions(ledger, "created", "reference"))
    )
    none = None if orders else "the host gave no data of created orders"
    problem = none or disagreement(paid, actions(ledger, "paid", "orderId"))
    report.check(f"{len(orders)} orders are paid as the host says", problem)
    again = actions(ledger, "paid_again", "orderId")
    report.check("no order is paid again", None if not again else f"found {again}")
    if run.resends:
        return
    sent = count + len(orders)
    once = None if tally["calls"] == sent else f"{tally['calls']} requests for {sent} writes"
    report.check("no write is sent twice that may have arrived", once)


def refusals(run, report):
    if report.skips("load"):
        return
    rows = {row["id"]: json.loads(row["example"]) for row in run.rows()}
    with run.sandbox("--fault", CLOSING) as sandbox:
        settings = sandbox.settings(maxRetries=60, initialBackoff=5, maxBackoff=60)
        count = 100
        endpoint, params = READS[0], rows[READS[0]]
        answer = run.host.ask(load(settings, endpoint, params, count, 4), PATIENCE)
        failed = None if answer.get("succeeded") == count else f"found {short(answer.get('failed', answer))}"
        report.check(f"{count} reads while the port closes now and then", failed)
        count = 60
        endpoint, params = create("reference-{n}")
        results = run.host.ask(load(settings, endpoint, params, count, 4), PATIENCE).get("results", [])
        said = {f"reference-{at}": result.get("kind", "ok") for at, result in enumerate(results)}
        ledger = sandbox.told("ledger")
    problem = None if len(said) == count else f"found {len(said)} results"
    problem = problem or disagreement(said, actions(ledger, "created", "reference"))
    report.check(f"{count} orders while the port closes now and then", problem)
