"""Tools called at random, by several clients with restarts between: no limit is ever passed, and nothing is done twice."""

import asyncio
import collections
import contextlib
import os
import pathlib
import random
from typing import Any, Dict, List

import world

CALLS = int(os.environ.get("XPORTCN_MCP_CALLS", "400"))
# In fen.
MAX_ORDER, MAX_DAY, PER_HOUR = 100_000, 400_000, 60
FAULTS = "rate=0.05,kinds=reset|503|garbage,when=either,seed=7"


class Buyer:
    """Calls whatever it can think of."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.proposals: List[Dict[str, Any]] = []
        self.orders: List[str] = ["1"]
        self.items = [str(77000000000 + item) for item in range(8)]
        self.skus: Dict[str, str] = {}
        self.outcomes: "collections.Counter[str]" = collections.Counter()

    async def step(self, agent: world.Agent) -> None:
        choose = self.random.choice
        action = choose([self.create] * 4 + [self.pay] * 3 + [self.confirm] * 6 + [self.other, self.nonsense])
        try:
            await action(agent)
            self.outcomes[action.__name__] += 1
        except world.Refused as refused:
            self.outcomes[refused.limit or refused.kind] += 1

    async def create(self, agent: world.Agent) -> None:
        item = self.random.choice(self.items)
        if item not in self.skus:
            shown = await agent.call("product_details", market="taobao", id=item)
            self.skus[item] = shown["data"]["skuList"][0]["skuId"]
        line = {"itemId": item, "skuId": self.skus[item], "quantity": self.random.choice([1, 1, 1, 2, 0, 1000])}
        most = str(self.random.choice([60_000, 100_000, 100_000, 100_001, 10**9]))
        params = {"orderLineList": [line], "purchaseAmount": most, "receiver": world.RECEIVER}
        if self.random.random() < 0.9:
            params["sellerOrderNumber"] = f"random-{self.random.getrandbits(64):x}"
        self.proposals.append(await agent.propose(world.CREATE, **params))

    async def pay(self, agent: world.Agent) -> None:
        ids = [self.random.choice(self.orders[1:] or self.orders) for _ in range(self.random.choice([1, 1, 2, 3]))]
        self.proposals.append(await agent.propose(world.PAY, purchaseOrderIdList=ids, orderId=ids[0]))

    async def confirm(self, agent: world.Agent) -> None:
        if not self.proposals:
            return
        proposal = self.random.choice(self.proposals[-6:])
        other = {}
        if self.random.random() < 0.2:
            other = {"params": {**proposal["params"], "purchaseAmount": "1"}}
        again = [agent.confirm(proposal, **other) for _ in range(self.random.choice([1, 1, 1, 2]))]
        for done in await asyncio.gather(*again, return_exceptions=True):
            if isinstance(done, world.Refused):
                self.outcomes[done.limit or done.kind] += 1
            elif isinstance(done, BaseException):
                raise done
            elif proposal["call"] == world.CREATE and isinstance(done.get("data"), dict):
                self.orders += [order["purchaseId"] for order in done["data"].get("orderList") or []]

    async def other(self, agent: world.Agent) -> None:
        call, params = self.random.choice(
            [
                ("taobao.order.cancel", {"orderId": self.random.choice(self.orders)}),
                ("poizon.order.pay", {"orderId": "1"}),
                ("international.order.create", {}),
                ("taobao.order.pay", {"orderId": self.random.choice(self.orders)}),
            ]
        )
        self.proposals.append(await agent.propose(call, **params))

    async def nonsense(self, agent: world.Agent) -> None:
        tool = self.random.choice(["recover", "confirm_write", "propose_write", "read", "wait_for", "quote_order"])
        given = self.random.choice(
            [{}, {"call": 7}, {"call": world.CREATE, "params": []}, {"params": None, "token": ""}]
        )
        if tool == "recover":
            given = {}
        await agent.call(tool, **given)


def test_no_limit_is_passed(tmp_path: pathlib.Path) -> None:
    buyers = [Buyer(seed) for seed in range(2)]
    limits = ["--max-order", f"{MAX_ORDER // 100} CNY", "--max-day", f"{MAX_DAY // 100} CNY"]
    limits += ["--writes-per-hour", str(PER_HOUR), "--recovery-window", "2s"]

    async def body(platform: world.Sandbox) -> None:
        rounds = 4
        for _ in range(rounds):
            async with contextlib.AsyncExitStack() as stack:
                agents = [
                    await stack.enter_async_context(world.agent(platform.url, tmp_path / "journal", *limits))
                    for _ in buyers
                ]

                async def calls(buyer: Buyer, agent: world.Agent) -> None:
                    for _ in range(CALLS // rounds // len(buyers)):
                        await buyer.step(agent)

                await asyncio.gather(*[calls(buyer, agent) for buyer, agent in zip(buyers, agents)])
        judge(platform, sum((buyer.outcomes for buyer in buyers), collections.Counter()))

    with world.sandbox("--fault", FAULTS) as platform:
        asyncio.run(body(platform))


def judge(platform: world.Sandbox, outcomes: "collections.Counter[str]") -> None:
    """By the platform's own ledger."""
    print(dict(outcomes))
    ledger = platform.ledger()
    made = {entry["orderId"]: entry["amountInFen"] for entry in ledger if entry["action"] == "created"}
    paid = [entry for entry in ledger if entry["action"] == "paid"]
    assert made and paid, outcomes
    assert all(amount <= MAX_ORDER for amount in made.values())
    of_call: "collections.Counter[str]" = collections.Counter()
    for entry in paid:
        of_call[entry["nonce"]] += entry["amountInFen"]
    assert max(of_call.values()) <= MAX_ORDER
    # Each order is made once, and paid once at most.
    assert len([entry for entry in ledger if entry["action"] == "created"]) == len(made)
    assert len({entry["orderId"] for entry in paid}) == len(paid)
    references = [entry["reference"] for entry in ledger if entry["action"] == "created" and entry["reference"]]
    assert len(references) == len(set(references))
    assert sum(made.values()) <= MAX_DAY
    assert sum(entry["amountInFen"] for entry in paid) <= MAX_DAY
    # One call may pay several orders.
    sent = {entry["nonce"] for entry in ledger} | {change["nonce"] for change in platform.changes()}
    assert len(sent) <= PER_HOUR
    # The limits were reached, or nothing was shown.
    assert outcomes["max_order"] and outcomes["max_day"] and outcomes["unknown_sum"] and outcomes["token"], outcomes
