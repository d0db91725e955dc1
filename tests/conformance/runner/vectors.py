"""The cases of tests/vectors."""

import base64
import hashlib
import json

from runner.compare import difference, exact, short, text_difference, with_fewest_escapes

BASE_URL = "https://www.xportcn.com/api"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ACCOUNT = {"accessKey": "key-of-vectors", "accessSecret": "secret-of-vectors", "userId": "user-of-vectors"}
#: How the vectors call the classes of errors.
KINDS = {"ambiguous_write": "AmbiguousWrite", "malformed": "Decode", "signature": "PushSignature"}


def signing(run, report):
    _, cases, _ = load(run, "signing.json")
    for case in cases:
        settings = account(case)
        timestamp = case.get("timestamp") or stamped(case["now_ms"], case["unit"])
        ask(
            run,
            report,
            case,
            {"op": "sign", "settings": settings, "timestamp": timestamp, "nonce": case["nonce"]},
            signed,
        )


def signed(answer, case, _):
    headers = answer.get("headers")
    if not isinstance(headers, dict):
        return f"found {short(answer)}"
    headers = {name.lower(): value for name, value in headers.items()}
    if "headers" in case:
        return None if headers == case["headers"] else f"found {short(headers)}, expected {short(case['headers'])}"
    found, expected = headers.get("signature"), case["signature"]
    return None if found == expected else f"found the signature {found}, expected {expected}"


def encode(run, report):
    head, cases, _ = load(run, "encode.json")
    settings = account(head["account"])
    nonce = head["account"]["nonce"]
    random = bytes(ALPHABET.index(letter) for letter in nonce).hex()
    for case in cases:
        line = {"op": "headers", "settings": {**settings, "paths": case.get("paths", {})}, "id": case["endpoint"]}
        line |= {"nowMs": head["account"]["now_ms"], "random": random, "params": text_of(case["params"])}
        ask(run, report, case, line, lambda answer, case, _: encoded(answer, case, head["account"]))


def encoded(answer, case, account):
    if "error" in case:
        error = answer.get("error") or {}
        found = error.get("kind"), error.get("path")
        expected = "InvalidRequest", case["error"]["path"]
        return None if found == expected else f"found {short(answer)}, expected {expected}"
    expected = case["expect"]
    timestamp = stamped(account["now_ms"], account["unit"])
    covered = account["access_key"] + timestamp + account["nonce"] + account["access_secret"]
    headers = {name.lower(): value for name, value in (answer.get("headers") or {}).items()}
    signature = hashlib.md5(covered.encode()).hexdigest().upper()
    if headers.get("signature") != signature:
        return f"found {short(answer)}, expected the signature {signature}"
    if not answer["url"].startswith(BASE_URL):
        return f"found the URL {answer['url']}"
    found = answer["method"], answer["url"][len(BASE_URL) :], fewest(answer["body"])
    body = expected["body"] if expected["body"] is None else text_of(expected["body"])
    expected = expected["method"], expected["url"], fewest(body)
    return None if found == expected else f"found {short(found)}, expected {short(expected)}"


def fewest(body):
    return None if body is None else with_fewest_escapes(body)


def decode(run, report):
    _, cases, digits = load(run, "decode.json")
    for case, kept in zip(cases, digits):
        line = {"op": "read", "settings": ACCOUNT, "id": case["endpoint"], "status": 200, "body": body_of(case["body"])}
        ask(run, report, case, line, decoded, kept)


def decoded(answer, case, digits):
    if "error" in case:
        return error_difference(answer.get("error"), case["error"])
    expected = case["expect"]
    data = exact(text_of(expected["data_text"])) if "data_text" in expected else digits["expect"].get("data")
    if "data" not in answer:
        return f"found {short(answer)}"
    reply = answer["reply"]
    return text_difference(answer["data"], data) or rest_difference(reply, expected, reply.get("requestId"))


def rest_difference(found, expected, request_id):
    if request_id != expected.get("request_id"):
        return f"found the request id {request_id}, expected {expected.get('request_id')}"
    places = [warning["path"] for warning in found["warnings"]]
    wanted = [warning["path"] for warning in expected["warnings"]]
    return None if places == wanted else f"found warnings of {short(places)}, expected {short(wanted)}"


def push(run, report):
    _, cases, digits = load(run, "push.json")
    for case, kept in zip(cases, digits):
        line = {"op": "push", "accessKey": case["access_key"], "accessSecret": case["access_secret"]}
        line |= {"authorization": case["authorization"], "body": body_of(case["body"])}
        ask(run, report, case, line, pushed, kept)


def sign_push(run, report):
    head, cases, _ = load(run, "sign_push.json")
    for case in cases:
        line = {"op": "sign-push", "accessKey": case["access_key"], "accessSecret": case["access_secret"]}
        line |= {"message": case["message"], "content": case["content"], "platform": case["platform"]}
        # The host's own clock would be another one; a message without an envelope tells no time.
        tells = '"timestamp":' in case.get("expect", {}).get("body", "")
        line |= {"timeMs": head["now_ms"] if tells and case["time_ms"] is None else case["time_ms"]}
        ask(run, report, case, line, signed_push)


def signed_push(answer, case, _):
    if "error" in case:
        error, expected = answer.get("error") or {}, case["error"]
        kind = {"request": "InvalidRequest", "config": "Config"}[expected["kind"]]
        found = error.get("kind"), plain(error.get("path") or error.get("field") or "")
        if found != (kind, plain(expected["path"])):
            return f"found {short(answer)}, expected {kind} of {expected['path']}"
        missing = [part for part in expected["contains"] if part not in error["text"]]
        return f"{missing} is not in {short(error['text'])}" if missing else None
    expected = case["expect"]
    found = answer.get("authorization"), answer.get("body")
    return (
        None
        if found == (expected["authorization"], expected["body"])
        else f"found {short(answer)}, expected {short(expected)}"
    )


def plain(path):
    """A path whatever case the language spells it in."""
    return path.replace("_", "").lower()


def pushed(answer, case, digits):
    if "error" in case:
        kind = (answer.get("error") or {}).get("kind")
        return None if kind == KINDS[case["error"]] else f"found {short(answer)}, expected {case['error']}"
    if "message" not in answer:
        return f"found {short(answer)}"
    message, expected = json.loads(answer["message"]), case["expect"]
    names = {
        "messageType": "message_type",
        "platform": "platform",
        "time": "time",
        "push": "push",
        "inferred": "inferred",
    }
    for name, wanted in names.items():
        if message.get(name) != expected[wanted]:
            return f"{name}: found {short(message.get(name))}, expected {short(expected[wanted])}"
    body = exact(text_of(expected["body_text"])) if "body_text" in expected else digits["expect"].get("body")
    if len(message.get("id") or "") != 32:
        return f"found the id {message.get('id')}"
    return difference(exact(answer["message"])["body"], body) or rest_difference(message, expected, None)


def exchange(run, report):
    head, cases, digits = load(run, "exchange.json")
    for case, kept in zip(cases, digits):
        settings = account({**head["account"], "unit": case.get("unit")})
        if "limit" in case:
            settings["limit"] = {"perSecond": case["limit"]["per_second"], "burst": case["limit"]["burst"]}
        calls, events = [begin(case)], []
        for step in case["steps"]:
            if "call" in step:
                calls.append(begin(step["call"]))
            else:
                events.append({"call": len(calls) - 1, **event(step)})
        ask(run, report, case, {"op": "trace", "settings": settings, "calls": calls, "events": events}, traced, kept)


def begin(call):
    options = {camel(name): value for name, value in call["policy"].items()}
    return {"id": call["endpoint"], "params": call["params"], "options": json.dumps(options)}


def event(step):
    if "expect" in step:
        return {"step": {"nowMs": step["at"], "random": step["random"]}}
    if "cancel" in step:
        return {"cancel": True}
    if "response" in step["report"]:
        response = step["report"]["response"]
        return {"response": {**response, "body": body_of(response["body"])}}
    failure = step["report"]["failure"]
    told = {"kind": failure["kind"], "maybeSent": failure["maybe_sent"], "detail": "the runner's words"}
    return {"failure": told}


def traced(answer, case, digits):
    if not isinstance(answer.get("answers"), list):
        return f"found {short(answer)}"
    steps = [
        (plain["expect"], kept["expect"], plain["events"])
        for plain, kept in zip(case["steps"], digits["steps"])
        if "expect" in plain
    ]
    events = answer.get("events", [])
    if not len(answer["answers"]) == len(events) == len(steps):
        return f"found {len(answer['answers'])} answers and {len(events)} lists of events to {len(steps)} steps"
    for number, (told, happened, (expected, kept, wanted)) in enumerate(zip(answer["answers"], events, steps)):
        problem = step_difference(told, expected, kept) or events_difference(happened, wanted)
        if problem:
            return f"step {number}: {problem}"
    return None


def step_difference(told, expected, digits):
    if list(told) != list(expected):
        return f"found {short(told)}, expected {short(expected)}"
    if "wait" in expected:
        return None if told == expected else f"found {short(told)}, expected {short(expected)}"
    if "send" in expected:
        sent = told["send"]
        headers = {name.lower(): value for name, value in sent["headers"].items()}
        found = {"timestamp": headers.get("timestamp"), "nonce": headers.get("nonce-str")}
        found |= {"signature": headers.get("signature"), "timeout_ms": sent["timeoutMs"]}
        return None if found == expected["send"] else f"found {short(found)}, expected {short(expected['send'])}"
    done, wanted = told["done"], expected["done"]
    if done.get("attempts") != wanted["attempts"]:
        return f"found {done.get('attempts')} attempts, expected {wanted['attempts']}"
    if "error" in wanted:
        return error_difference(done.get("error"), wanted["error"])
    return text_difference(done.get("data"), digits["done"]["ok"]) and f"found {short(done)}, expected {short(wanted)}"


def events_difference(text, expected):
    """What listeners were told. Nobody else knows the transport's words, nor those of a warning; but which field was meant."""
    found = json.loads(text or "[]")
    for event, wanted in zip(found, expected):
        words = {"failed": ("detail",), "warned": ("expected", "found")}.get(event.get("event"), ())
        for name in [word for word in words if word not in wanted]:
            if not isinstance(event.pop(name, None), str):
                return f"{name} is no text in an event {short(event)}"
    return None if found == expected else f"found the events {short(found)}, expected {short(expected)}"


def search(run, report):
    for name in ("search.json", "wait.json"):
        search_as(name, run, report)


def search_as(name, run, report):
    head, cases, digits = load(run, name)
    for case, kept in zip(cases, digits):
        settings = {**account(head["account"]), "paths": case.get("paths", {})}
        options = {"waitTimeout" if "wait" in case else "recoveryWindow": case["window"]}
        line = {"op": "search", "settings": settings, "events": [told_to(step) for step in case["steps"]]}
        if "settle" in case:
            options["retryAfterRecovery"] = case["settle"]["again"]
            line["settle"] = {"id": case["settle"]["endpoint"], "params": case["settle"]["params"]}
        else:
            member = "wait" if "wait" in case else "ticket"
            line[member] = case[member]
        ask(run, report, case, {**line, "options": json.dumps(options)}, searched, kept)


def told_to(step):
    """A step of a search, or what is reported to it, as hosts get it."""
    if "push" in step:
        return {"push": step["push"]}
    if "expect" in step:
        return {"step": step["at"]}
    report = step["report"]
    if "reply" in report:
        about = json.dumps({"warnings": report["reply"]["warnings"]})
        return {"reply": {"data": report["reply"]["data"], "about": about}}
    error = report.get("failure") or report.get("refused", "the answer is lost")
    return {"failure": {"error": error, "isRetryable": "refused" not in report, "ticket": report.get("lost", "")}}


def searched(answer, case, digits):
    if "error" in case:
        error = answer.get("error") or {}
        found, expected = (error.get("kind"), error.get("path")), ("InvalidRequest", case["error"]["path"])
        return None if found == expected else f"found {short(answer)}, expected {expected}"
    if not isinstance(answer.get("answers"), list):
        return f"found {short(answer)}"
    steps = [kept["expect"] for kept in digits["steps"] if "expect" in kept]
    if len(answer["answers"]) != len(steps):
        return f"found {len(answer['answers'])} answers to {len(steps)} steps"
    for number, (told, expected) in enumerate(zip(answer["answers"], steps)):
        problem = look_difference(told, expected)
        if problem:
            return f"step {number}: {problem}"
    return None


def look_difference(told, expected):
    if list(told) != list(expected):
        return f"found {short(told)}, expected {short(expected)}"
    if "call" in expected:
        found, wanted = told["call"], expected["call"]
        return None if found == {"id": wanted["endpoint"], "params": wanted["params"]} else f"found {short(found)}"
    if "done" in expected:
        return end_difference(exact(told["done"]), dict(expected["done"]))
    return difference(exact(json.dumps(told)), expected)


def end_difference(found, expected):
    """Compares what became of a write. A reason holds the words that are expected."""
    words, reason = expected.pop("reason", None), found.pop("reason", None)
    if (words is None) != (reason is None):
        return f"found the reason {short(reason)}, expected {words}"
    missing = [part for part in words or [] if part not in reason]
    return f"{missing} is not in {short(reason)}" if missing else difference(found, expected)


def error_difference(found, expected):
    """Compares an error with one of the vectors."""
    if not isinstance(found, dict):
        return f"found {short(found)}, expected {short(expected)}"
    kind = KINDS.get(expected["kind"]) or expected["kind"].capitalize()
    names = {"code": "code", "status": "status", "path": "path", "message": "message", "request_id": "requestId"}
    names |= {"transport": "transportKind", "hint": "hint"}
    pairs = [("kind", found.get("kind"), kind)]
    pairs += [(name, found.get(names[name]), expected[name]) for name in names if name in expected]
    for name, value, wanted in pairs:
        if value != wanted:
            return f"{name} of the error: found {short(value)}, expected {short(wanted)}: {short(found)}"
    for part in expected.get("contains", []):
        if part not in found.get("text", ""):
            return f"{part!r} is not in {short(found.get('text'))}"
    return error_difference(found.get("cause"), expected["cause"]) if "cause" in expected else None


def ask(run, report, case, line, judge, digits=None):
    if report.skips(line["op"]):
        return
    answer = run.host.ask(line)
    try:
        problem = judge(answer, case, digits)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        problem = f"the answer has another form ({type(error).__name__} {error}): {short(answer)}"
    report.check(case["name"], problem)


def load(run, name):
    """A file's head, its cases, and the cases once more with the digits of all numbers."""
    text = (run.root / "tests/vectors" / name).read_text()
    file = json.loads(text)
    return file, file["cases"], exact(text)["cases"]


def account(of):
    settings = {
        "accessKey": of["access_key"],
        "accessSecret": of["access_secret"],
        "userId": of.get("user_id") or "user",
    }
    return settings | {"signature": of["method"], "timestampUnit": of.get("unit") or "s"}


def stamped(now_ms, unit):
    return str(now_ms if unit == "ms" else now_ms // 1000)


def camel(name):
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def bytes_of(recipe):
    if isinstance(recipe, str):
        return recipe.encode()
    if "join" in recipe:
        return b"".join(map(bytes_of, recipe["join"]))
    if "repeat" in recipe:
        return recipe["repeat"].encode() * recipe["times"]
    return base64.b64decode(recipe["base64"])


def text_of(recipe):
    return bytes_of(recipe).decode()


def body_of(recipe):
    """A body as text, or in base64 where it is none."""
    content = bytes_of(recipe)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode()}
