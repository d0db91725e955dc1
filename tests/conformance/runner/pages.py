"""Walks over pages that a platform writes in its own ways: none ends without a word before its end, or goes on behind it."""

import json

from runner.compare import exact, short
from runner.errors import refused
from runner.platform import Platform
from runner.sandbox import ACCOUNT

#: Requests after which a walk that should have ended is refused.
AT_MOST = 12


def pages(run, report):
    if report.skips("pages"):
        return
    rows = {row["id"]: row for row in run.rows()}
    for case in run.cases("pages.json")["cases"]:
        report.check(case["name"], wrong_walk(run, rows[case["id"]], case))


def wrong_walk(run, row, case):
    page = row["paging"]["page"]
    with Platform(lambda asked: envelope(case, asked[page], platform.asked)) as platform:
        settings = {**ACCOUNT, "baseUrl": platform.url, "maxRetries": 0}
        line = {"op": "pages", "settings": settings, "id": case["id"], "params": json.loads(row["example"])}
        line["params"] |= {page: case.get("begins", 1)} | case.get("params", {})
        problem = wrong_pages(run.host.ask(line), row, case, case["shown"], case.get("error"))
        problem = problem or wrong_order(platform, page, case)
        problem = problem or wrong_items(run.host.ask(line | {"op": "items", "atMost": 100}), case)
        problem = problem or wrong_order(platform, page, case)
        if problem is not None or "error" not in case:
            return problem
        # Another walk goes on at the page that the error names, which can be read by now.
        platform.reply = lambda asked: envelope(case | {"pages": case["later"]}, asked[page], platform.asked)
        line["params"][page] = case["asked"][-1]
        problem = wrong_pages(run.host.ask(line), row, case, case["resumed"], None)
        return problem and f"resumed: {problem}"


def wrong_order(platform, page, case):
    """Whether other pages were asked for since the last look."""
    asked = [passed[page] for passed in platform.asked]
    platform.asked.clear()
    return None if asked == case["asked"] else f"the pages {asked} were asked for, expected {case['asked']}"


def envelope(case, number, asked):
    """The reply for a page: behind those of the case, the last one's again or an empty one."""
    if len(asked) > AT_MOST:
        return {"code": 403, "msg": "the walk has no end"}
    first = case.get("begins", 1)
    given = case["pages"][number - first : number - first + 1]
    last = case["pages"][-1] if case.get("repeats") else {}
    data = given[0] if given else last
    if case.get("varies") and isinstance(data, dict):
        data = data | {case["varies"]: f"moment {len(asked)}"}
    return {"code": 200, "requestId": f"page-{number}", "data": data}


def wrong_pages(answer, row, case, shown, error):
    if "pages" not in answer:
        return f"found {short(answer)}"
    found = [page_of(row, case, page) for page in answer["pages"]]
    if found != [[page["items"], page.get("warnings", [])] for page in shown]:
        return f"found {short(found)}, expected {short(shown)}"
    if error is None:
        return None if "error" not in answer else f"found {short(answer['error'])}"
    problem = refused(answer, case)
    text = answer.get("error", {}).get("reason", "")
    missing = [words for words in case["says"] if words not in text]
    return problem or (f"the error does not say {missing}: {text}" if missing else None)


def wrong_items(answer, case):
    """The same walk by its items: an error takes none away that were shown before it, which this line does not tell."""
    if "error" in case:
        problem = refused(answer, case)
    elif "items" not in answer:
        problem = f"found {short(answer)}"
    else:
        found = [inner(item, case["item"]) for item in exact(answer["items"])]
        expected = [item for page in case["shown"] for item in page["items"]]
        problem = None if found == expected else f"found {short(found)}, expected {short(expected)}"
    return problem and f"by its items: {problem}"


def page_of(row, case, page):
    """The ids of a page's items, and the paths of its warnings."""
    items = (exact(page["data"]) or {}).get(row["paging"]["items"]) or []
    warnings = [[one["path"], one["expected"], one["found"]] for one in page["reply"]["warnings"]]
    return [[inner(item, case["item"]) for item in items], warnings]


def inner(value, path):
    for name in path.split("."):
        value = (value or {}).get(name)
    return value
