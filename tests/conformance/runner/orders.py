"""Orders that the runner creates and pays, and what the sandbox's ledger says of them."""

import collections

PAY = "taobao.order.pay"


def create(reference):
    """The endpoint and the parameters of a new order."""
    receiver = {"name": "张三", "mobilePhone": "13800000000", "state": "浙江省", "city": "杭州市"}
    receiver |= {"district": "余杭区", "address": "象山路1号", "zip": "310024"}
    line = {"itemId": "600126245031041190", "skuId": "5016042822039", "quantity": 1}
    params = {"orderLineList": [line], "purchaseAmount": "1", "receiver": receiver, "sellerOrderNumber": reference}
    return "taobao.order.purchase_create", params


def actions(ledger, action, by):
    """How often the ledger has an action, by a member of its entries."""
    return collections.Counter(entry[by] for entry in ledger["entries"] if entry["action"] == action)


def disagreement(said, done):
    """Where what the host said of its writes is not what was done. `said` gives `ok` or a kind of error by name."""
    for name, times in done.items():
        if times > 1:
            return f"{name} was done {times} times"
        if said.get(name) not in ("ok", "AmbiguousWrite"):
            return f"{name} was done, and the host said {said.get(name)}"
    for name, word in said.items():
        if word == "ok" and name not in done:
            return f"the host said that {name} was done, and it was not"
    return None
