"""Whatever is confirmed is in the platform's ledger once, or not at all."""

import asyncio
import contextlib
import os
import pathlib
import re
import signal

import mcp
import pytest
import world


def refused(kind: str, limit: str = "") -> "pytest.RaisesExc[world.Refused]":
    return pytest.RaisesExc(
        world.Refused, check=lambda error: error.kind == kind and (not limit or error.limit == limit)
    )


def run(body, tmp_path: pathlib.Path, *flags: str) -> None:
    with world.sandbox(*flags) as platform:
        asyncio.run(body(platform, tmp_path / "journal"))
    for path in tmp_path.iterdir():
        assert world.SECRET.encode() not in path.read_bytes(), path


def test_a_token_is_of_one_write_one_account_and_a_short_time(tmp_path: pathlib.Path) -> None:
    async def body(platform: world.Sandbox, journal: pathlib.Path) -> None:
        async with world.agent(platform.url, journal) as agent:
            order = await agent.order()
            proposal = await agent.propose(world.CREATE, **order)
            for other in [
                {"params": {**order, "purchaseAmount": "100000"}},
                {"params": {**order, "receiver": {**world.RECEIVER, "address": "elsewhere 1"}}},
                {"call": "taobao.order.purchase_create_v2"},
                {"token": proposal["token"][:-1] + ("0" if proposal["token"][-1] != "0" else "1")},
                {"token": re.sub(r"\.\d+\.", ".9999999999999.", proposal["token"])},
                {"token": "x"},
            ]:
                with refused("token"):
                    await agent.confirm(proposal, **other)
            async with world.agent(platform.url, journal, user="second") as second:
                with refused("token"):
                    await second.confirm(proposal)
            async with world.agent(platform.url, journal.with_name("other")) as elsewhere:
                with refused("token"):
                    await elsewhere.confirm(proposal)
            assert platform.ledger() == []
            await agent.confirm(proposal)
            for _ in range(3):
                with refused("token"):
                    await agent.confirm(proposal)
            assert len(platform.ledger()) == 1
        async with world.agent(platform.url, journal, "--confirm-within", "300ms") as hasty:
            late = await hasty.propose(world.CREATE, **order)
            await asyncio.sleep(0.4)
            with refused("token"):
                await hasty.confirm(late)
        assert len(platform.ledger()) == 1

    run(body, tmp_path, "--user", "second")


def test_two_confirmations_at_once_send_one_write(tmp_path: pathlib.Path) -> None:
    async def body(platform: world.Sandbox, journal: pathlib.Path) -> None:
        async with world.agent(platform.url, journal) as one, world.agent(platform.url, journal) as other:
            order = await one.order()
            proposal = await one.propose(world.CREATE, **order)
            tries = [agent.confirm(proposal) for agent in (one, other, one, other)]
            done = await asyncio.gather(*tries, return_exceptions=True)
            assert sum(isinstance(result, dict) for result in done) == 1, done
            assert all(result.kind == "token" for result in done if not isinstance(result, dict)), done
        assert len(platform.done("created")) == 1

    run(body, tmp_path)


def test_a_restart_between_changes_nothing(tmp_path: pathlib.Path) -> None:
    async def body(platform: world.Sandbox, journal: pathlib.Path) -> None:
        limits = ["--max-order", "1000 CNY", "--max-day", "1500 CNY", "--writes-per-hour", "3"]
        async with world.agent(platform.url, journal, *limits) as agent:
            order = await agent.order()
            proposal = await agent.propose(world.CREATE, **order)
        async with world.agent(platform.url, journal, *limits) as agent:
            created = await agent.confirm(proposal)
        order_id = created["data"]["orderList"][0]["purchaseId"]
        async with world.agent(platform.url, journal, *limits) as agent:
            with refused("token"):
                await agent.confirm(proposal)
            again = await agent.call("recover", proposal=proposal["proposal"])
            assert again["write"]["state"] == "answered"
            assert again["data"]["orderList"][0]["purchaseId"] == order_id
            with refused("limit", "max_day"):
                await agent.propose(world.CREATE, **order)
            # What was made and is paid counts once.
            await agent.write(world.PAY, purchaseOrderIdList=[order_id], orderId=order_id)
            await agent.write(world.CREATE, **{**order, "purchaseAmount": "50001"})
            with refused("limit", "writes_per_hour"):
                await agent.propose("taobao.cart.delete", ids=["1"])
        assert [entry["action"] for entry in platform.ledger()] == ["created", "paid", "created"]

    run(body, tmp_path)


def test_a_lost_answer_is_looked_for_and_nothing_is_sent_twice(tmp_path: pathlib.Path) -> None:
    async def body(platform: world.Sandbox, journal: pathlib.Path) -> None:
        async with world.agent(platform.url, journal, "--max-day", "1000 CNY") as agent:
            order = {**await agent.order(), "sellerOrderNumber": "mine-1"}
            done = await agent.write(world.CREATE, **order)
            assert done["write"]["state"] == "done"
            with refused("limit", "max_day"):
                await agent.propose(world.CREATE, **order)
        assert len(platform.done("created")) == 1

    run(body, tmp_path, "--fault", f"endpoint={world.CREATE},kinds=reset,when=after,count=1")


def test_a_server_that_is_killed_while_it_sends_leaves_nothing_unknown(tmp_path: pathlib.Path) -> None:
    async def body(platform: world.Sandbox, journal: pathlib.Path) -> None:
        limits = ["--max-order", "1000 CNY", "--max-day", "1000 CNY"]
        with contextlib.suppress(mcp.MCPError):
            async with world.agent(platform.url, journal, *limits) as agent:
                order = {**await agent.order(), "sellerOrderNumber": "mine-1"}
                proposal = await agent.propose(world.CREATE, **order)
                sending = asyncio.create_task(agent.confirm(proposal))
                while not platform.done("created"):
                    await asyncio.sleep(0.05)
                os.kill(int(journal.with_name("journal.pid").read_text()), signal.SIGKILL)
                sending.cancel()
        async with world.agent(platform.url, journal, *limits) as agent:
            with refused("token"):
                await agent.confirm(proposal)
            found = await agent.call("recover", proposal=proposal["proposal"])
            assert found["write"]["state"] == "done", found
            with refused("limit", "max_day"):
                await agent.propose(world.CREATE, **order)
        assert len(platform.done("created")) == 1

    run(body, tmp_path, "--fault", f"endpoint={world.CREATE},kinds=silent,when=after,count=1")


def test_what_a_person_says_counts_and_the_models_word_does_not(tmp_path: pathlib.Path) -> None:
    async def body(platform: world.Sandbox, journal: pathlib.Path) -> None:
        # The protocol's newest form of asking, and that of the versions before.
        for mode in ("auto", "legacy"):
            before = len(platform.ledger())
            for person in (world.answering("decline"), world.answering("cancel"), world.answering("accept", False)):
                async with world.agent(platform.url, journal, person=person, mode=mode) as agent:
                    proposal = await agent.propose(world.CREATE, **await agent.order())
                    with refused("declined"):
                        await agent.confirm(proposal)
                    # Nobody is asked again about what was declined.
                    with refused("token"):
                        await agent.confirm(proposal)
            assert len(platform.ledger()) == before
            asked = []
            async with world.agent(
                platform.url, journal, person=world.answering("accept", True, asked), mode=mode
            ) as agent:
                proposal = await agent.propose(world.CREATE, **await agent.order())
                await agent.confirm(proposal)
            assert asked == [proposal["summary"]] and len(platform.ledger()) == before + 1
        async with world.agent(platform.url, journal, "--ask-person") as agent:
            with refused("declined"):
                await agent.write(world.CREATE, **await agent.order())
        assert len(platform.ledger()) == 2

    run(body, tmp_path)


def test_only_what_is_allowed_is_written(tmp_path: pathlib.Path) -> None:
    async def body(platform: world.Sandbox, journal: pathlib.Path) -> None:
        here = (
            '{"name": "张三", "mobile": "13800000000", "province": "浙江省", "city": "杭州市", "street": "象山路1号"}'
        )
        async with world.agent(platform.url, journal, "--allow-address", here) as agent:
            order = await agent.order()
            await agent.propose(world.CREATE, **order)
            with refused("limit", "addresses"):
                await agent.propose(world.CREATE, **{**order, "receiver": {**world.RECEIVER, "address": "elsewhere"}})
        for flag, limit in [("--allow-seller", "sellers"), ("--allow-category", "categories")]:
            async with world.agent(platform.url, journal, flag, "nobody") as agent:
                with refused("limit", limit):
                    await agent.propose(world.CREATE, **order)
        async with world.agent(platform.url, journal, "--allow-call", "taobao.cart.*") as agent:
            await agent.propose("taobao.cart.delete", ids=["1"])
            with refused("limit", "calls"):
                await agent.propose(world.CREATE, **order)
        async with world.agent(platform.url, journal, "--read-only") as agent:
            with refused("limit", "read_only"):
                await agent.propose(world.CREATE, **order)
            await agent.call("read", call="taobao.cart.list")
            with refused("invalid"):
                await agent.call("read", call=world.CREATE, params=order)
        poizon = {"orderId": "1"}
        async with world.agent(platform.url, journal) as agent:
            with refused("limit", "unknown_sum"):
                await agent.propose("poizon.order.pay", **poizon)
        async with world.agent(platform.url, journal, "--allow-unknown-sum", "poizon.order.pay") as agent:
            proposal = await agent.propose("poizon.order.pay", **poizon)
            assert "not known" in proposal["summary"]
        assert platform.ledger() == [] and platform.changes() == []

    run(body, tmp_path)
