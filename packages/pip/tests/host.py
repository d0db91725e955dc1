"""This package behind the lines of `tests/conformance`: one JSON object in, one out. With `--async`, through AsyncClient."""

import asyncio
import base64
import concurrent.futures
import contextlib
import inspect
import itertools
import json
import platform
import re
import sys
import threading
import time
from datetime import datetime, timezone
from typing import Any, Callable, Dict, List

import msgspec

import xportcn
from xportcn._core import Core, CoreError, Exchange

ASYNC = "--async" in sys.argv
SECONDS = ("timeout", "deadline", "initialBackoff", "maxBackoff", "recoveryWindow", "waitTimeout")


def snake(name: str) -> str:
    name = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
    return f"{name}_" if name == "from" else name


def camel(path: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), path)


def text(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else base64.b64decode(body["base64"])


def options(given: Dict[str, Any]) -> Dict[str, Any]:
    return {snake(name): value / 1000 if name in SECONDS else value for name, value in given.items()}


def client(settings: Dict[str, Any], kind: Any = xportcn.Client) -> Any:
    given = options(settings)
    limit = given.pop("limit", None)
    return kind(**given, limit=limit and (limit["perSecond"], limit["burst"]))


def function(client: Any, id: str) -> Any:
    for part in id.split("."):
        client = getattr(client, part)
    return client


def error(raised: xportcn.XportcnError) -> Dict[str, Any]:
    """The members of an error, from its class's own properties."""
    facts: Dict[str, Any] = {
        "kind": raised.kind,
        "text": str(raised),
        "isRetryable": raised.is_retryable,
        "endpoint": raised.endpoint,
        "requestId": raised.request_id,
    }
    names = ("code", "message", "field", "path", "reason", "body_head", "status", "hint", "transport_kind", "detail")
    for name in (*names, "recovery", "ticket"):
        if hasattr(type(raised), name):
            facts[camel(name)] = getattr(raised, name)
    if isinstance(raised, xportcn.AmbiguousWriteError):
        facts["cause"] = error(raised.cause)
    return in_camel(facts)


def in_camel(facts: Dict[str, Any], params: Any = None) -> Dict[str, Any]:
    """An error's members, with names as the conformance cases have them. What was given in snake_case stays so."""
    for name in ("path", "field"):
        if name in facts and not (isinstance(params, str) and f'"{facts[name]}"' in params):
            facts["text"] = facts["text"].replace(f"`{facts[name]}`", f"`{camel(facts[name])}`")
            facts[name] = camel(facts[name])
    if facts.get("cause"):
        facts["cause"] = in_camel(facts["cause"])
    return facts


def about(reply: Any) -> Dict[str, Any]:
    return {
        "requestId": reply.request_id,
        "message": reply.message,
        "developId": reply.develop_id,
        "warnings": [{"path": camel(w.path), "expected": w.expected, "found": w.found} for w in reply.warnings],
    }


def canonical(value: Any) -> str:
    """JSON text. Amounts are text in the package's own types, and numbers in data of any shape."""
    own = isinstance(value, xportcn.Model) or (
        isinstance(value, list) and any(isinstance(v, xportcn.Model) for v in value)
    )
    return msgspec.json.Encoder(decimal_format="string" if own else "number").encode(value).decode()


def made(case: Dict[str, Any]) -> Dict[str, Any]:
    async def with_tasks() -> None:
        async with client(case["settings"], xportcn.AsyncClient):
            pass

    if ASYNC:
        asyncio.run(with_tasks())
    else:
        client(case["settings"]).close()
    return {"made": True}


def sign(case: Dict[str, Any]) -> Dict[str, Any]:
    return {"headers": json.loads(Core(json.dumps(case["settings"])).sign(case["timestamp"], case["nonce"]))}


def sent(step: Any) -> Dict[str, Any]:
    _, method, url, headers, body, timeout_ms = step
    facts = {"method": method, "url": url, "headers": dict(headers), "timeoutMs": timeout_ms}
    return {**facts, "body": None if body is None else body.decode()}


def headers(case: Dict[str, Any]) -> Dict[str, Any]:
    exchange = Core(json.dumps(case["settings"])).call(case["id"], case["params"].encode(), "")
    return sent(exchange.step(case["nowMs"], bytes.fromhex(case["random"])))


def read(case: Dict[str, Any]) -> Dict[str, Any]:
    data, facts = Core(json.dumps(case["settings"])).read(case["id"], case["status"], text(case["body"]))
    return {"data": data.decode(), "reply": json.loads(facts)}


def push(case: Dict[str, Any]) -> Dict[str, Any]:
    message = xportcn.verify_push(
        case["authorization"],
        text(case["body"]),
        access_key=case["accessKey"],
        access_secret=case["accessSecret"],
    )
    return {"message": message.json}


def sign_push(case: Dict[str, Any]) -> Dict[str, Any]:
    time_ms = case["timeMs"]
    signed = xportcn.sign_push(
        case["message"],
        None if case["content"] is None else json.loads(case["content"]),
        access_key=case["accessKey"],
        access_secret=case["accessSecret"],
        platform=case["platform"],
        time=None if time_ms is None else datetime.fromtimestamp(time_ms / 1000, timezone.utc),
    )
    return {"authorization": signed.authorization, "body": signed.body.decode()}


def trace(case: Dict[str, Any]) -> Dict[str, Any]:
    core = Core(json.dumps(case["settings"]))
    calls: List[Any] = [None] * len(case["calls"])
    answers: List[Any] = []
    events: List[str] = []
    for event in case["events"]:
        number = event["call"]
        if calls[number] is None:
            begun = case["calls"][number]
            calls[number] = core.call(begun["id"], begun["params"].encode(), begun["options"])
            calls[number].listen()
        tell(calls[number], event, answers)
        if "step" in event:
            events.append(calls[number].events())
    return {"answers": answers, "events": events}


def tell(exchange: Exchange, event: Dict[str, Any], answers: List[Any]) -> None:
    if "step" in event:
        try:
            step: Any = exchange.step(event["step"]["nowMs"], bytes.fromhex(event["step"]["random"]))
        except CoreError as raised:
            answers.append({"done": {"error": in_camel(json.loads(str(raised))), "attempts": exchange.attempts}})
            return
        if step[0] == 0:
            answers.append({"send": sent(step)})
        elif step[0] == 1:
            answers.append({"wait": step[1]})
        else:
            done = {"data": step[1].decode(), "reply": json.loads(step[2]), "attempts": exchange.attempts}
            answers.append({"done": done})
    elif "response" in event:
        answer = event["response"]
        exchange.on_response(answer["status"], [tuple(pair) for pair in answer["headers"]], text(answer["body"]))
    elif "failure" in event:
        failure = event["failure"]
        exchange.on_failure(failure["kind"], failure["maybeSent"], failure["detail"])
    else:
        exchange.cancel()


def search(case: Dict[str, Any]) -> Dict[str, Any]:
    core = Core(json.dumps(case["settings"]))
    if "ticket" in case:
        recovery = core.recover(case["ticket"], case["options"])
    elif "settle" in case:
        recovery = core.settle(case["settle"]["id"], case["settle"]["params"].encode(), case["options"])
    else:
        recovery = core.wait(*(case["wait"][name] for name in ("of", "state", "id")), case["options"])
    answers: List[Any] = []
    for event in case["events"]:
        if "step" in event:
            answers.append(searched(recovery.step(event["step"])))
        elif "reply" in event:
            recovery.on_reply(event["reply"]["data"].encode(), event["reply"]["about"])
        elif "failure" in event:
            recovery.on_failure(*(event["failure"][name] for name in ("error", "isRetryable", "ticket")))
        else:
            answers.append({"wakes": recovery.on_push(event["push"])})
    return {"answers": answers}


def searched(step: Any) -> Dict[str, Any]:
    kind, *told = step
    if kind == 0:
        return {"call": {"id": told[0], "params": told[1].decode()}}
    return {"wait": told[0]} if kind == 1 else {"done": told[0]} if kind == 2 else {"last": kind == 3}


def call(case: Dict[str, Any]) -> Dict[str, Any]:
    return asyncio.run(call_with_tasks(case)) if ASYNC else call_with_threads(case)


def call_with_threads(case: Dict[str, Any]) -> Dict[str, Any]:
    with client(case["settings"]) as made:
        view = made.with_options(**options(case.get("options") or {}))
        reply = begun(view, case)
        return {"data": canonical(reply.data), "reply": about(reply)}


async def call_with_tasks(case: Dict[str, Any]) -> Dict[str, Any]:
    async with client(case["settings"], xportcn.AsyncClient) as made:
        view = made.with_options(**options(case.get("options") or {}))
        reply = await begun(view, case)
        return {"data": canonical(reply.data), "reply": about(reply)}


def recover(case: Dict[str, Any]) -> Dict[str, Any]:
    return asyncio.run(recover_with_tasks(case)) if ASYNC else recover_with_threads(case)


def recover_with_threads(case: Dict[str, Any]) -> Dict[str, Any]:
    with client(case["settings"]) as made:
        return ended(made.with_options(**options(case["options"])).recover(case["ticket"]))


async def recover_with_tasks(case: Dict[str, Any]) -> Dict[str, Any]:
    async with client(case["settings"], xportcn.AsyncClient) as made:
        return ended(await made.with_options(**options(case["options"])).recover(case["ticket"]))


def settle(case: Dict[str, Any]) -> Dict[str, Any]:
    return asyncio.run(settle_with_tasks(case)) if ASYNC else settle_with_threads(case)


def settle_with_threads(case: Dict[str, Any]) -> Dict[str, Any]:
    with client(case["settings"]) as made:
        return ended(made.with_options(**options(case["options"])).settle(case["id"], case["params"]))


async def settle_with_tasks(case: Dict[str, Any]) -> Dict[str, Any]:
    async with client(case["settings"], xportcn.AsyncClient) as made:
        return ended(await made.with_options(**options(case["options"])).settle(case["id"], case["params"]))


def wait(case: Dict[str, Any]) -> Dict[str, Any]:
    return asyncio.run(wait_with_tasks(case)) if ASYNC else wait_with_threads(case)


def wait_with_threads(case: Dict[str, Any]) -> Dict[str, Any]:
    with client(case["settings"]) as made:
        push = case.get("push")
        if push:
            threading.Timer(push["afterMs"] / 1000, pushed, (made, push)).start()
        return waited(begun_wait(made, case))


async def wait_with_tasks(case: Dict[str, Any]) -> Dict[str, Any]:
    async with client(case["settings"], xportcn.AsyncClient) as made:
        push = case.get("push")
        if push:
            asyncio.get_running_loop().call_later(push["afterMs"] / 1000, pushed, made, push)
        return waited(await begun_wait(made, case))


def begun_wait(made: Any, case: Dict[str, Any]) -> Any:
    view = made.with_options(**options(case["options"]))
    group = function(view, case["of"])
    if not hasattr(group, "wait_until"):
        return view.wait_until(case["of"], case["state"], case["id"])
    (name,) = set(inspect.signature(group.wait_until).parameters) - {"state"}
    return group.wait_until(case["state"], **{name: case["id"]})


def pushed(made: Any, push: Dict[str, Any]) -> None:
    made.on_push(made.verify_push(push["authorization"], push["body"].encode()))


def waited(result: xportcn.Waited) -> Dict[str, Any]:
    return {"waited": msgspec.json.encode(result).decode()}


def settles(case: Dict[str, Any]) -> Dict[str, Any]:
    """Writes of several users, in threads or tasks, each seen to its end."""
    return {"results": asyncio.run(settles_with_tasks(case)) if ASYNC else settles_with_threads(case)}


def settles_with_threads(case: Dict[str, Any]) -> List[Dict[str, Any]]:
    with contextlib.ExitStack() as stack, concurrent.futures.ThreadPoolExecutor(case["concurrency"]) as lanes:
        clients = [stack.enter_context(client(settings)) for settings in case["settings"]]

        def one(write: Dict[str, Any]) -> Dict[str, Any]:
            try:
                return end(clients[write["by"]].settle(write["id"], write["params"]))
            except xportcn.XportcnError as raised:
                return {"kind": raised.kind}

        return list(lanes.map(one, case["calls"]))


async def settles_with_tasks(case: Dict[str, Any]) -> List[Dict[str, Any]]:
    lanes = asyncio.Semaphore(case["concurrency"])
    async with contextlib.AsyncExitStack() as stack:
        made = [client(settings, xportcn.AsyncClient) for settings in case["settings"]]
        clients = [await stack.enter_async_context(one) for one in made]

        async def one(write: Dict[str, Any]) -> Dict[str, Any]:
            async with lanes:
                try:
                    return end(await clients[write["by"]].settle(write["id"], write["params"]))
                except xportcn.XportcnError as raised:
                    return {"kind": raised.kind}

        return list(await asyncio.gather(*map(one, case["calls"])))


def end(result: Any) -> Dict[str, Any]:
    told = ended(result)
    return {"ok": told["data"]} if "data" in told else told


def ended(result: Any) -> Dict[str, Any]:
    """A reply, or what was found out."""
    if isinstance(result, xportcn.Outcome):
        return {"outcome": msgspec.json.encode(result).decode()}
    return {"data": canonical(result.data), "reply": about(result)}


def shapes(case: Dict[str, Any]) -> Dict[str, Any]:
    return asyncio.run(shapes_with_tasks(case)) if ASYNC else shapes_with_threads(case)


def shapes_with_threads(case: Dict[str, Any]) -> Dict[str, Any]:
    with client(case["settings"]) as made:
        # What is refused has a shape too.
        with contextlib.suppress(xportcn.XportcnError):
            begun(made, case)
        return {"shapes": made.shapes()}


async def shapes_with_tasks(case: Dict[str, Any]) -> Dict[str, Any]:
    async with client(case["settings"], xportcn.AsyncClient) as made:
        with contextlib.suppress(xportcn.XportcnError):
            await begun(made, case)
        return {"shapes": made.shapes()}


def begun(view: Any, case: Dict[str, Any]) -> Any:
    """The call by its function. By its id, where Python itself refuses a name that is no parameter, or misses one that is
    required: the core says why."""
    known = {snake(name): value for name, value in case["params"].items()}
    try:
        target = function(view.with_reply, case["id"])
        inspect.signature(target).bind(**known)
    except (AttributeError, TypeError):
        return view.request(case["id"], case["params"])
    return target(**known)


def items(case: Dict[str, Any]) -> Dict[str, Any]:
    found = asyncio.run(items_with_tasks(case)) if ASYNC else items_with_threads(case)
    return {"items": canonical(found), "count": len(found)}


def items_with_threads(case: Dict[str, Any]) -> List[Any]:
    with client(case["settings"]) as made:
        return list(itertools.islice(walk(made, case), case["atMost"]))


async def items_with_tasks(case: Dict[str, Any]) -> List[Any]:
    found: List[Any] = []
    async with client(case["settings"], xportcn.AsyncClient) as made:
        async for item in walk(made, case):
            if len(found) == case["atMost"]:
                break
            found.append(item)
    return found


def walk(made: Any, case: Dict[str, Any]) -> Any:
    return function(made, case["id"]).items(**{snake(name): value for name, value in case["params"].items()})


def pages(case: Dict[str, Any]) -> Dict[str, Any]:
    """All pages with what came with them, and the error that ends the walk."""
    shown: List[Dict[str, Any]] = []
    try:
        asyncio.run(pages_with_tasks(case, shown)) if ASYNC else pages_with_threads(case, shown)
    except xportcn.XportcnError as raised:
        return {"pages": shown, "error": error(raised)}
    return {"pages": shown}


def pages_with_threads(case: Dict[str, Any], shown: List[Dict[str, Any]]) -> None:
    with client(case["settings"]) as made:
        for reply in paged(made, case):
            shown.append({"data": canonical(reply.data), "reply": about(reply)})


async def pages_with_tasks(case: Dict[str, Any], shown: List[Dict[str, Any]]) -> None:
    async with client(case["settings"], xportcn.AsyncClient) as made:
        async for reply in paged(made, case):
            shown.append({"data": canonical(reply.data), "reply": about(reply)})


def paged(made: Any, case: Dict[str, Any]) -> Any:
    given = {snake(name): value for name, value in case["params"].items()}
    return function(made.with_reply, case["id"]).pages(**given)


def numbered(params: Any, number: int) -> Any:
    if isinstance(params, str):
        return params.replace("{n}", str(number))
    if isinstance(params, dict):
        return {name: numbered(value, number) for name, value in params.items()}
    return [numbered(value, number) for value in params] if isinstance(params, list) else params


def load(case: Dict[str, Any]) -> Dict[str, Any]:
    """Many calls of one client, in threads or tasks."""
    results = load_with_tasks(case) if ASYNC else load_with_threads(case)
    failed: Dict[str, int] = {}
    for result in results:
        if "kind" in result:
            failed[result["kind"]] = failed.get(result["kind"], 0) + 1
    return {"succeeded": len(results) - sum(failed.values()), "failed": failed, "results": results}


def load_with_threads(case: Dict[str, Any]) -> List[Dict[str, Any]]:
    with client(case["settings"]) as made, concurrent.futures.ThreadPoolExecutor(case["concurrency"]) as lanes:

        def one(number: int) -> Dict[str, Any]:
            try:
                return {"ok": canonical(made.request(case["id"], numbered(case["params"], number)).data)}
            except xportcn.XportcnError as raised:
                return {"kind": raised.kind}

        return list(lanes.map(one, range(case["count"])))


def load_with_tasks(case: Dict[str, Any]) -> List[Dict[str, Any]]:
    async def run() -> List[Dict[str, Any]]:
        lanes = asyncio.Semaphore(case["concurrency"])
        async with client(case["settings"], xportcn.AsyncClient) as made:

            async def one(number: int) -> Dict[str, Any]:
                async with lanes:
                    try:
                        reply = await made.request(case["id"], numbered(case["params"], number))
                    except xportcn.XportcnError as raised:
                        return {"kind": raised.kind}
                    return {"ok": canonical(reply.data)}

            return list(await asyncio.gather(*map(one, range(case["count"]))))

    return asyncio.run(run())


def cancel(case: Dict[str, Any]) -> Dict[str, Any]:
    """A task that is cancelled has nobody to tell; the log has it."""

    async def run() -> float:
        async with client(case["settings"], xportcn.AsyncClient) as made:
            task = asyncio.ensure_future(made.request(case["id"], case["params"]))
            await asyncio.sleep(case["afterMs"] / 1000)
            started = time.monotonic()
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                return time.monotonic() - started
            raise RuntimeError("the call ended before it was cancelled")

    return {"dropped": True, "elapsedMs": case["afterMs"] + round(asyncio.run(run()) * 1000)}


OPERATIONS: Dict[str, Callable[[Dict[str, Any]], Dict[str, Any]]] = {
    "hello": lambda _: {"host": f"python {platform.python_version()}{', async' if ASYNC else ''}"},
    "client": made,
    "sign": sign,
    "headers": headers,
    "read": read,
    "push": push,
    "sign-push": sign_push,
    "trace": trace,
    "search": search,
    "call": call,
    "items": items,
    "pages": pages,
    "shapes": shapes,
    "load": load,
    "cancel": cancel,
    "recover": recover,
    "settle": settle,
    "settles": settles,
    "wait": wait,
}


def main() -> None:
    for line in sys.stdin:
        case = json.loads(line)
        try:
            answer = OPERATIONS[case["op"]](case)
        except CoreError as raised:
            answer = {"error": in_camel(json.loads(str(raised)), case.get("params"))}
        except xportcn.XportcnError as raised:
            answer = {"error": error(raised)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
