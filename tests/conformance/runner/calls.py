"""Every row once, and the items of every row that has pages, against a sandbox of the run's own."""

import json
import urllib.parse

from runner.compare import exact, sent_difference, short, typed_difference
from runner.recorder import Recorder
from runner.sandbox import ACCOUNT
from runner.vectors import BASE_URL

#: Items that are walked at most.
AT_MOST = 60


def rows(run, report):
    if report.skips("call"):
        return
    with run.sandbox() as sandbox, Recorder(sandbox.port) as recorder:
        settings = sandbox.settings(baseUrl=recorder.url, strict=True)
        for row in run.rows():
            recorder.last = None
            answer = run.host.ask(call(settings, row["id"], json.loads(row["example"])))
            passed = recorder.last
            problem = f"nothing was sent: {short(answer)}"
            if passed is not None:
                problem = wrong_request(run, row, passed) or wrong_reply(run, row, passed, answer)
            report.check(row["id"], problem)


def wrong_request(run, row, passed):
    """Where what was sent differs from what the core sends, which the vectors hold to the rules."""
    line = {"op": "headers", "settings": ACCOUNT, "nowMs": 0, "random": "00" * 32}
    expected = run.model.ask(line | {"id": row["id"], "params": row["example"]})
    found = passed.method, *address(passed.path)
    wanted = expected["method"], *address(expected["url"].removeprefix(BASE_URL))
    if found != wanted:
        return f"sent {short(found)}, expected {short(wanted)}"
    bodies = [body or json.dumps(None) for body in (passed.body, expected["body"])]
    problem = sent_difference(*map(exact, bodies))
    return problem and f"in the request: {problem}"


def address(url):
    """A path, and the names and values of its query string without a signature."""
    path, _, query = url.partition("?")
    pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
    return path, sorted([name, value] for name, value in pairs if name not in ("timestamp", "sign"))


def call(settings, endpoint, params):
    return {"op": "call", "settings": settings, "id": endpoint, "params": params, "options": {}}


def wrong_reply(run, row, passed, found):
    """Where the host's data differs from what the core makes of the same reply."""
    line = {"op": "read", "settings": ACCOUNT, "id": row["id"], "status": passed.status, "body": passed.reply.decode()}
    expected = run.model.ask(line)
    if "data" not in found:
        return f"found {short(found)}"
    if "data" not in expected:
        return f"the core cannot read the reply: {short(expected)}"
    if found["reply"].get("requestId") != expected["reply"]["requestId"]:
        return f"found the request id {found['reply'].get('requestId')}, expected {expected['reply']['requestId']}"
    if found["reply"].get("warnings"):
        return f"found the warnings {short(found['reply']['warnings'])}"
    try:
        return typed_difference(exact(found["data"]), exact(expected["data"]), zeros=run.keeps_zeros)
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
            report.check(row["id"], walked(run, run.host.ask(line), by_hand(run, settings, row, params)))


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


def walked(run, answer, expected):
    if "items" not in answer:
        return f"found {short(answer)}"
    found = exact(answer["items"])
    if answer["count"] != len(expected):
        return f"found {answer['count']} items, expected {len(expected)}"
    return typed_difference(found, expected, zeros=run.keeps_zeros)


#: A read, a list, a write, and a call that is refused, with the code of the answer.
OBSERVED = [
    ("taobao.after_sale.render", {}, "200"),
    ("address.list", {}, "200"),
    ("address.save", {}, "200"),
    ("taobao.after_sale.render", {"subOrderId": "1"}, None),
]


def shapes(run, report):
    """The shapes of the same calls."""
    with run.sandbox() as sandbox:
        examples = {row["id"]: json.loads(row["example"]) for row in run.rows()}
        for id, others, code in OBSERVED:
            settings = sandbox.settings(observe=True)
            line = {"op": "shapes", "settings": settings, "id": id, "params": examples[id] | others, "options": {}}
            found, expected = (answerer.ask(line) for answerer in (run.host, run.model))
            report.check(f"{id} {json.dumps(others)}", wrong_shapes(found, expected, id, code))
        line["settings"] = sandbox.settings()
        found = run.host.ask(line)
        kept = json.loads(found.get("shapes", "{}")).get("rows")
        report.check("a client that does not observe keeps none", None if kept == {} else f"found {short(found)}")


def wrong_shapes(found, expected, id, code):
    if "shapes" not in found:
        return f"found {short(found)}"
    rows, wanted = (json.loads(answer["shapes"])["rows"] for answer in (found, expected))
    codes = rows.get(id, {}).get("codes", {})
    if rows.get(id, {}).get("seen") != 1 or (code and codes != {code: 1}) or (not code and codes in ({}, {"200": 1})):
        return f"the row has the codes {codes}, expected {code or 'a refusal'}: {short(rows)}"
    return None if rows == wanted else f"found {short(rows)}, expected {short(wanted)}"
