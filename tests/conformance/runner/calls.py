"""Every row once, and the items of every row that has pages, against a sandbox of the run's own."""

import json

from runner.compare import exact, short, typed_difference

#: Items that are walked at most.
AT_MOST = 60


def rows(run, report):
    if report.skips("call"):
        return
    rows = run.rows()
    # Three sandboxes that go through the same: what differs between two of them is made anew each time.
    one, other, found = (answers(run, host, rows) for host in (run.model, run.model, run.host))
    for row, *replies in zip(rows, found, one, other):
        report.check(row["id"], judged(*replies))


def answers(run, host, rows):
    with run.sandbox() as sandbox:
        settings = sandbox.settings(strict=True)
        return [host.ask(call(settings, row["id"], json.loads(row["example"]))) for row in rows]


def call(settings, endpoint, params):
    return {"op": "call", "settings": settings, "id": endpoint, "params": params, "options": {}}


def judged(found, one, other):
    if "data" not in one or "data" not in other:
        return f"the model itself fails: {short(one)}"
    if "data" not in found:
        return f"found {short(found)}"
    if not found["reply"].get("requestId"):
        return "the reply has no request id"
    if found["reply"].get("warnings"):
        return f"found the warnings {short(found['reply']['warnings'])}"
    try:
        return typed_difference(*(exact(answer["data"]) for answer in (found, one, other)))
    except (TypeError, ValueError) as error:
        return f"the data is no JSON text: {error}: {short(found)}"


def items(run, report):
    if report.skips("items"):
        return
    with run.sandbox() as sandbox:
        settings = sandbox.settings()
        for row in (row for row in run.rows() if row["paging"]):
            params = json.loads(row["example"]) | {row["paging"]["size"]: 7}
            line = {"op": "items", "settings": settings, "id": row["id"], "params": params, "atMost": AT_MOST}
            report.check(row["id"], walked(run.host.ask(line), by_hand(run, settings, row, params)))


def by_hand(run, settings, row, params):
    """The items of a walk, one call after another."""
    page, found, before = 1, [], None
    while len(found) < AT_MOST:
        answer = run.model.ask(call(settings, row["id"], params | {row["paging"]["page"]: page}))
        on_page = (exact(answer["data"]) or {}).get(row["paging"]["items"]) or []
        if not on_page or on_page == before:
            break
        page, found, before = page + 1, found + on_page, on_page
    return found[:AT_MOST]


def walked(answer, expected):
    if "items" not in answer:
        return f"found {short(answer)}"
    found = exact(answer["items"])
    if answer["count"] != len(expected):
        return f"found {answer['count']} items, expected {len(expected)}"
    return typed_difference(found, expected, expected)
