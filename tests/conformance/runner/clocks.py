"""A host whose clock is an hour off."""

from runner.calls import call
from runner.compare import short
from runner.orders import create

HOUR_MS = 3_600_000


def clocks(run, report):
    if report.skips("call"):
        return
    for offset_ms in (HOUR_MS, -HOUR_MS):
        with run.sandbox("--clock-offset-ms", str(offset_ms)) as sandbox:
            settings = sandbox.settings(maxRetries=0)
            endpoint, params = create("clock")
            created = run.host.ask(call(settings, endpoint, params))
            read = run.host.ask(call(settings, "taobao.order.page", {"pageNo": 1, "pageSize": 10}))
            problem = next((f"found {short(answer)}" for answer in (created, read) if "data" not in answer), None)
            orders = sandbox.told("ledger")["created"]
            if problem is None and orders != 1:
                problem = f"{orders} orders were created"
            report.check(f"a clock that is {-offset_ms // 60_000} minutes ahead", problem)
