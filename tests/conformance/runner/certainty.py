"""Many writes that the host sees to their ends, on a sandbox that loses answers, carries writes out late and shows them
late; and its ledger as the judge."""

import collections
import json
import time

from runner.compare import short
from runner.errors import failing
from runner.orders import create

#: Users of a sandbox: few writes each, so that lists stay short.
USERS = 60
#: Writes on one sandbox.
BATCH = 1200
#: Up to so many, only what needs nothing that was made before.
FEW = 100
LANES = 200
#: Where the transport sends on few connections, and what waits for one has its time run out.
FEW_LANES = 24
PATIENCE = 240
#: Milliseconds: how late a write may be carried out, how late it may show, how long it is looked for, and how long an
#: attempt may take.
LATE, SHOW, WINDOW, TIMEOUT = 400, 500, 2500, 800
#: Ways to lose an answer, by their shares.
LOST = ["reset", "reset", "truncate", "envelope-500", "envelope-503", "502", "silent", "late", "late"]
WRITES = (
    "taobao.order.purchase_create taobao.order.pay taobao.order.cancel alibaba.order.create alibaba.order.pay_url"
    " alibaba.order.cancel alibaba.cart.add address.save"
).split()
#: By what the ledger's changes are known, as its other entries are by their references and orders.
MARKS = {"address.save": "name", "alibaba.cart.add": "offerId"}
LISTS = ("taobao.order.purchase_page", "taobao.order.page", "alibaba.order.page")
ADDRESS = {
    "fullName": "张三",
    "mobile": "13800000000",
    "postCode": "310024",
    "provinceText": "浙江省",
    "cityText": "杭州市",
}
ADDRESS |= {"areaText": "西湖区", "townText": "转塘", "address": "象山路1号"}
LINE = {"offerId": "548818919805", "specId": "eb81c61de14f4adb405ffcc2c8a4a3fb", "quantity": "1"}


def certainty(run, report):
    if report.skips("settles"):
        return
    told, started = [], time.monotonic()
    for seed in range(1, 1 + -(-run.certainty // BATCH)):
        writes = min(BATCH, run.certainty - BATCH * (seed - 1))
        problem = Batch(run, seed, writes, told).problem()
        if problem:
            report.check(f"{writes} writes have {writes} ends", problem)
            return
    ends = collections.Counter(one["end"] for one in told)
    for words in ("lost", "doubled", "misreported"):
        known = [f"{one['id']} {one['mark']} ({one['end']})" for one in told if one["problem"] == words]
        report.check(f"none {words} in {len(told)} writes", f"{len(known)}: {', '.join(known[:5])}" if known else None)
    seen = None if {"answered", "done"} <= set(ends) else f"the host said {sorted(ends)} and nothing else"
    report.check("some writes are answered and some are found", seen)
    print(f"          {len(told)} writes of {run.name}: " + ", ".join(f"{n} {end}" for end, n in ends.most_common()))
    reasons = collections.Counter(one["reason"] for one in told if one["end"] == "unknown")
    record = {"host": run.name, "writes": len(told), "seconds": round(time.monotonic() - started)}
    record |= {"carried_out": sum(one["done"] > 0 for one in told), "ends": dict(sorted(ends.items()))}
    record |= {words: sum(one["problem"] == words for one in told) for words in ("lost", "doubled", "misreported")}
    record["unknown"] = dict(reasons.most_common())
    run.own_file("certainty.json").write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n")


class Batch:
    """Writes on a sandbox of their own: first what makes something, then what changes it."""

    def __init__(self, run, seed, writes, told):
        self.run, self.seed, self.writes, self.told = run, seed, writes, told
        self.users = [f"user-{number}" for number in range(min(USERS, writes))]

    def problem(self):
        first = self.writes if self.writes <= FEW else self.writes // 2
        calls = [self.creation(number) for number in range(first)]
        with failing(
            self.run, faults(self.seed), *(word for user in self.users for word in ("--user", user))
        ) as sandbox:
            ends = self.settled(sandbox, calls)
            if isinstance(ends, dict):
                return f"found {short(ends)}"
            if first < self.writes:
                made = [entry for entry in sandbox.told("ledger")["entries"] if entry["action"] == "created"]
                later = [self.change(number, entry) for number, entry in enumerate(made[: self.writes - first])]
                # What was not made is made up for.
                later += [self.creation(first + number) for number in range(self.writes - first - len(later))]
                more = self.settled(sandbox, later)
                if isinstance(more, dict):
                    return f"found {short(more)}"
                calls, ends = calls + later, ends + more
            time.sleep((LATE + 300) / 1000)
            self.judge(sandbox.told("ledger"), calls, ends)
        return None

    def creation(self, number):
        user, kind = number % len(self.users), number // len(self.users) % 8
        mark = f"{self.seed}-{number}"
        if kind == 6:
            saved = {"name": mark, "province": "浙江省", "city": "杭州市", "district": "余杭区", "address": "象山路1号"}
            return self.call(user, "address.save", saved | {"phone": "13800000000"}, mark)
        if kind == 7:
            # One line of a user's cart is of one write.
            offer = str(600000000000 + number)
            return self.call(user, "alibaba.cart.add", {"offerId": offer, "quantity": 1}, offer)
        if kind % 2:
            order = {"flow": "general", "addressParam": ADDRESS, "cargoParamList": [LINE], "outOrderId": mark}
            return self.call(user, "alibaba.order.create", order, mark)
        return self.call(user, *create(mark), mark)

    def change(self, number, entry):
        user, order = self.users.index(entry["userId"]), entry["orderId"]
        is_paid, on_taobao = number % 3 > 0, entry["market"] == "taobao"
        if on_taobao:
            return self.call(user, "taobao.order.pay" if is_paid else "taobao.order.cancel", {"orderId": order}, order)
        if is_paid:
            return self.call(user, "alibaba.order.pay_url", {"orderId": order}, order)
        cancel = {"webSite": "1688", "orderId": order, "cancelReason": "不想要了"}
        return self.call(user, "alibaba.order.cancel", cancel, order)

    def call(self, user, endpoint, params, mark):
        return {"by": user, "id": endpoint, "params": params, "mark": mark}

    def settled(self, sandbox, calls):
        """The ends of some writes, or the answer that has none."""
        settings = [self.settings(sandbox, number) for number in range(len(self.users))]
        lines = [{name: call[name] for name in ("by", "id", "params")} for call in calls]
        lanes = FEW_LANES if self.run.resends else LANES
        line = {"op": "settles", "settings": settings, "calls": lines, "concurrency": lanes}
        answer = self.run.host.ask(line, PATIENCE)
        results = answer.get("results", [])
        return results if len(results) == len(calls) else answer

    def settings(self, sandbox, number):
        """Every other user has set the paths of the lists, and every third one has writes sent again."""
        more = {"userId": self.users[number], "recoveryWindow": WINDOW, "timeout": TIMEOUT, "deadline": 4000}
        more |= {"initialBackoff": 20, "maxBackoff": 100, "retryAfterRecovery": number % 3 == 0}
        if number % 2:
            more["paths"] = {row["id"]: row["path"] for row in self.run.rows() if row["id"] in LISTS}
        return sandbox.settings(**more)

    def judge(self, ledger, calls, ends):
        done = collections.Counter()
        again = {entry["orderId"] for entry in ledger["entries"] if entry["action"] == "paid_again"}
        orders = {}
        for entry in ledger["entries"]:
            if entry["action"] in ("created", "paid", "cancelled"):
                mark = entry["reference"] if entry["action"] == "created" else entry["orderId"]
                done[entry["userId"], entry["endpoint"], mark] += 1
                orders[mark] = entry["orderId"]
        for change in ledger["changes"]:
            done[change["userId"], change["endpoint"], change["params"][MARKS[change["endpoint"]]]] += 1
        for call, end in zip(calls, ends):
            times = done[self.users[call["by"]], call["id"], call["mark"]]
            self.told.append({**call, **ended(end), "done": times})
            one = self.told[-1]
            one["problem"] = judged(one["end"], times, call["mark"] in again, own(end, orders.get(call["mark"])))


def faults(seed):
    rules = []
    for row in WRITES:
        rules.append({"endpoint": row, "kinds": ["reset"], "when": "within", "rate": 0.03})
        rules.append({"endpoint": row, "kinds": LOST, "rate": 0.14, "showAfterMs": f"1-{SHOW}"})
        rules.append({"endpoint": row, "kinds": LOST, "rate": 0.36})
        rules.append({"endpoint": row, "kinds": ["hidden"], "rate": 0.1, "showAfterMs": f"1-{SHOW}"})
        rules.append({"endpoint": row, "kinds": ["429"], "rate": 0.02})
    rules.append({"kinds": ["reset", "truncate", "503"], "rate": 0.02})
    return {"seed": seed, "lateMs": f"20-{LATE}", "rules": rules}


def ended(end):
    """How a write ended, in a word, and why nothing is known of it."""
    if "outcome" in end:
        outcome = json.loads(end["outcome"])
        reason = outcome.get("reason") or ""
        # What follows names a row or repeats an error.
        return {"end": outcome["outcome"], "reason": reason.split(":")[0].split("`")[0].strip()}
    return {"end": "answered" if "ok" in end else end.get("kind", "nothing"), "reason": ""}


def own(end, order):
    """Whether the order that is told of, if any, is that of the write."""
    shown = json.loads(end["ok"]) if "ok" in end else None
    if not isinstance(shown, dict):
        return True
    told = [shown.get("orderId"), *(made.get("purchaseId") for made in shown.get("orderList") or [])]
    return not any(told) or order in told


def judged(end, times, is_paid_again, is_own):
    if times > 1 or is_paid_again:
        return "doubled"
    if end in ("answered", "done"):
        return None if times == 1 and is_own else "misreported"
    if end == "unknown":
        return None
    # No write ends in doubt, nor in part where it has one object.
    if end in ("AmbiguousWrite", "partly", "nothing", "InvalidRequest"):
        return "misreported"
    return "lost" if times else None
