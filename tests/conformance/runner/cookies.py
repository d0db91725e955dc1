"""No host keeps what a server would have it bring again: a cookie would tie calls together that are signed one by one."""

from runner.compare import short
from runner.faults import load
from runner.platform import Platform
from runner.sandbox import ACCOUNT

CALLS = 4
#: In the case in which Foundation knows it.
SET = [("Set-Cookie", "session=1; Path=/"), ("Set-Cookie", "kept=1; Path=/; Max-Age=3600; SameSite=Lax")]


def cookies(run, report):
    if report.skips("load"):
        return
    with Platform(lambda _: {"code": 200, "data": {}}, SET) as platform:
        settings = {**ACCOUNT, "baseUrl": platform.url, "maxRetries": 0}
        for endpoint in ("taobao.order.get", "taobao.order.pay"):
            answer = run.host.ask(load(settings, endpoint, {"orderId": "1{n}"}, CALLS, 1))
            done = f"found {short(answer)}" if answer.get("succeeded") != CALLS else None
            report.check(f"{CALLS} calls of {endpoint} to a platform that sets cookies", done)
        brought = [headers["cookie"] for headers in platform.received if "cookie" in headers]
        wrong = f"brought {short(brought)}" if brought else None
        if len(platform.received) != 2 * CALLS:
            wrong = f"{len(platform.received)} requests came, expected {2 * CALLS}"
        report.check("no call brings a cookie", wrong)
