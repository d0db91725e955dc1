"""A scripted buyer goes the whole way: finds, quotes, proposes, is refused, confirms, pays, waits and returns."""

import asyncio
import json
import pathlib

import jsonschema
import pytest
import world


def test_a_buyer_goes_the_whole_way(tmp_path: pathlib.Path) -> None:
    async def buy(platform: world.Sandbox) -> None:
        limits = ["--max-order", "1000 CNY", "--max-day", "2000 CNY", "--writes-per-hour", "4"]
        async with world.agent(platform.url, tmp_path / "journal", *limits) as agent:
            found = await agent.call("find_products", market="taobao", words="男鞋")
            products = found["data"]["products"]
            assert len(products) == 10 and all(product["id"] and product["title"] for product in products)
            order = await agent.order(products[0]["id"], most=90000)

            quote = await agent.call("quote_order", call=world.CREATE, params=order)
            assert quote["allowed"] and quote["cost"]["amount"] == "900" and quote["cost"]["currency"] == "CNY"
            previewed = float(quote["cost"]["previewed"].split()[0])

            with pytest.raises(world.Refused) as refused:
                await agent.propose(world.CREATE, **{**order, "purchaseAmount": "100001"})
            assert refused.value.limit == "max_order" and "1000.00 CNY" in refused.value.words
            assert platform.ledger() == []

            proposal = await agent.propose(world.CREATE, **order)
            assert "900.00 CNY" in proposal["summary"] and platform.ledger() == []
            created = await agent.confirm(proposal)
            assert created["write"]["state"] == "answered"
            (made,) = platform.done("created")
            assert made["amountInFen"] == round(previewed * 100)
            bought = created["data"]["orderList"][0]
            order_id = bought["purchaseId"]
            assert made["orderId"] == order_id

            paid = await agent.write(world.PAY, purchaseOrderIdList=[order_id], orderId=order_id)
            assert paid["write"]["state"] == "answered" and len(platform.done("paid")) == 1
            waited = await agent.call("wait_for", of="taobao.order", state="paid", id=order_id, seconds=10)
            assert waited["outcome"] == "reached"
            status = await agent.call("order_status", market="taobao", id=order_id)
            assert status["data"]["orderId"] == order_id

            line = bought["orderLineList"][0]["subPurchaseOrderId"]
            claim = {"subOrderId": line, "goodsStatus": 1, "refundType": 1}
            asked = await agent.call("read", call="taobao.after_sale.render", params=claim)
            template = asked["data"]["refundOrderTemplate"]
            claim["reasonId"] = template["refundReasons"][0]["reasonId"]
            claim["refundFee"] = template["maxRefundFee"]["maxRefundFee"]
            claimed = await agent.write("taobao.after_sale.submit", **claim)
            assert claimed["write"]["state"] == "answered"
            listed = await agent.call(
                "read", call="taobao.after_sale.list", params={"purchaseOrderId": order_id, "pageSize": 10, "pageNo": 1}
            )
            (refund,) = listed["data"]["data"]
            refund_id = refund["refundOrder"]["refundId"]
            not_yet = await agent.call("wait_for", of="taobao.after_sale", state="refunded", id=refund_id, seconds=1)
            assert not_yet["outcome"] == "not yet"
            platform.control("POST", f"agree/{refund_id}")
            waited = await agent.call("wait_for", of="taobao.after_sale", state="refunded", id=refund_id, seconds=10)
            assert waited["outcome"] == "reached"

            cart = await agent.propose("taobao.cart.delete", ids=["1"])
            await agent.confirm(cart)
            with pytest.raises(world.Refused) as refused:
                await agent.propose("taobao.cart.delete", ids=["1"])
            assert refused.value.limit == "writes_per_hour"

    with world.sandbox() as platform:
        asyncio.run(buy(platform))
    said = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert world.SECRET.encode() not in said
    audit = [json.loads(line) for line in (tmp_path / "journal.audit.jsonl").read_text().splitlines()]
    assert [line["tool"] for line in audit][:3] == ["find_products", "product_details", "quote_order"]
    assert {"refused", "done", "sending"} == {line["result"] for line in audit}
    for private in world.RECEIVER.values():
        assert private not in json.dumps(audit, ensure_ascii=False), private


def test_every_answer_fits_the_schema_that_its_tool_shows(tmp_path: pathlib.Path) -> None:
    async def look(platform: world.Sandbox) -> None:
        async with world.agent(platform.url, tmp_path / "journal") as agent:
            listed = (await agent.client.list_tools()).tools
            tools = {tool.name: tool for tool in listed}
            assert len(tools) == 11
            for tool in listed:
                jsonschema.Draft202012Validator.check_schema(tool.input_schema)
                jsonschema.Draft202012Validator.check_schema(tool.output_schema)
                hints = tool.annotations
                assert tool.description and tool.title and hints
                assert hints.read_only_hint == (tool.name != "confirm_write")
                assert hints.destructive_hint == (tool.name == "confirm_write")
                assert None not in (hints.idempotent_hint, hints.open_world_hint)
            order = await agent.order()
            proposal = await agent.propose(world.CREATE, **order)
            for name, given in [
                ("search_calls", {"query": "退款原因"}),
                ("search_calls", {}),
                ("describe_call", {"call": world.CREATE, "reply": True}),
                ("find_products", {"market": "1688", "words": "男鞋", "size": 3}),
                ("find_products", {"market": "poizon", "words": "鞋"}),
                ("find_products", {"market": "big_major", "words": "鞋"}),
                ("product_details", {"market": "1688", "id": "600000000001"}),
                ("read", {"call": "address.list"}),
                ("read", {"call": "taobao.product.get", "params": {"itemId": "1"}, "select": "skuList[].skuId"}),
                ("quote_order", {"call": world.CREATE, "params": order}),
                ("quote_order", {"call": "poizon.order.pay", "params": {"orderId": "1"}}),
                ("propose_write", {"call": world.CREATE, "params": order}),
                ("confirm_write", {name: proposal[name] for name in ("call", "params", "token")}),
                ("recover", {"proposal": proposal["proposal"]}),
                ("recover", {}),
            ]:
                jsonschema.validate(given, tools[name].input_schema)
                answer = await agent.call(name, **given)
                jsonschema.validate(answer, tools[name].output_schema)
            described = await agent.call("describe_call", call=world.CREATE)
            jsonschema.validate(described["example"], described["params"])
            found = await agent.call("search_calls", query="退款原因")
            assert found["calls"][0]["call"] == "alibaba.after_sale.reasons"
            resources = await agent.client.list_resources()
            assert {str(resource.uri) for resource in resources.resources} == {
                "xportcn://reference",
                "xportcn://limits",
            }
            call = await agent.client.read_resource("xportcn://reference/taobao.order.pay")
            assert json.loads(call.contents[0].text)["call"] == "taobao.order.pay"
            prompt = await agent.client.get_prompt("track", {"order": "42", "market": "taobao"})
            assert "42" in prompt.messages[0].content.text

    with world.sandbox() as platform:
        asyncio.run(look(platform))


def test_large_answers_are_cut_and_the_rest_can_be_had(tmp_path: pathlib.Path) -> None:
    async def look(platform: world.Sandbox) -> None:
        async with world.agent(platform.url, tmp_path / "journal") as agent:
            page = {
                "call": "alibaba.product.keyword_search",
                "params": {"keyword": "鞋", "beginPage": 1, "pageSize": 40},
            }
            whole = await agent.call("read", **page)
            assert len(json.dumps(whole, ensure_ascii=False).encode()) < 32_000
            (cut,) = [cut for cut in whole["cut"] if cut["path"] == "data"]
            assert cut["of"] == 40 and cut["kept"] < 40
            rest = await agent.call("read", **page, select="data", **{"from": cut["kept"]})
            assert rest["data"][0] not in whole["data"]["data"]
            ids = await agent.call("read", **page, select="data[].offerId")
            assert len(ids["data"]) == 40 and ids["data"][cut["kept"]] == rest["data"][0]["offerId"]

    with world.sandbox() as platform:
        asyncio.run(look(platform))
