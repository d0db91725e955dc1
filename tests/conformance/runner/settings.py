"""Settings that lead elsewhere than their user means: refused by name before anything is sent."""

from runner.calls import call
from runner.compare import short
from runner.errors import refused
from runner.sandbox import ACCOUNT

#: An account that is not the sandbox's.
OWN = {"accessKey": "own-key", "accessSecret": "own-secret", "userId": "own-user"}


def settings(run, report):
    with run.sandbox() as sandbox:
        for case in run.cases("settings.json")["cases"]:
            if report.skips("call" if case.get("calls") else "client"):
                continue
            given = (OWN if case.get("account") == "own" else ACCOUNT) | case["settings"]
            if case.get("calls"):
                given["baseUrl"] = case["scheme"] + sandbox.url.removeprefix("http")
                answer = run.host.ask(call(given, "taobao.order.page", {"pageNo": 1, "pageSize": 10}))
                problem = None if "data" in answer else f"found {short(answer)}"
            else:
                answer = run.host.ask({"op": "client", "settings": given})
                problem = refused(answer, case) if "error" in case else made(answer)
            report.check(case["name"], problem)


def made(answer):
    return None if answer == {"made": True} else f"found {short(answer)}"
