"""The shared vectors, through the module that the wheel carries."""

import json
import re
from decimal import Decimal
from typing import Any, Dict, Optional

import pytest
from conftest import made, vectors

import xportcn
from xportcn._core import Core, CoreError, Exchange, read_push


def cases(name: str) -> Any:
    file = vectors(name)
    assert len(file["cases"]) >= 40
    return pytest.mark.parametrize("case", file["cases"], ids=lambda case: case["name"])


def exact(text: str) -> Any:
    """JSON with its numbers as they are written."""
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def core(account: Dict[str, Any], **more: Any) -> Core:
    settings = {
        "accessKey": account["access_key"],
        "accessSecret": account["access_secret"],
        "userId": account.get("user_id") or "user",
        "signature": account.get("method", "md5"),
        "timestampUnit": account.get("unit") or "s",
        **more,
    }
    return Core(json.dumps({name: value for name, value in settings.items() if value is not None}))


def snake(path: str) -> str:
    """A path of the vectors as Python has it."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", path).lower()


def refusal(error: CoreError) -> Dict[str, Any]:
    return json.loads(str(error))


@cases("signing")
def test_signing(case: Dict[str, Any]) -> None:
    if "signature" in case:
        headers = json.loads(core(case).sign(case["timestamp"], case["nonce"]))
        assert headers["signature"] == case["signature"]
    else:
        timestamp = case["now_ms"] // (1000 if case["unit"] == "s" else 1)
        assert json.loads(core(case).sign(str(timestamp), case["nonce"])) == case["headers"]


ENCODE = vectors("encode")["account"]


@cases("encode")
def test_encode(case: Dict[str, Any]) -> None:
    made_core = core(ENCODE, paths=case.get("paths"))
    try:
        exchange = made_core.call(case["endpoint"], made(case["params"]), "")
    except CoreError as error:
        facts = refusal(error)
        assert facts["kind"] == "InvalidRequest"
        assert facts["path"] == snake(case["error"]["path"])
        return
    _, method, url, headers, body, _ = exchange.step(ENCODE["now_ms"], bytes(32))
    expected = case["expect"]
    assert method == expected["method"]
    base = "https://www.xportcn.com/api"
    head, _, query = url.partition("?")
    wanted, _, wanted_query = expected["url"].partition("?")
    assert head == base + wanted
    # The signature of a query depends on the nonce, which comes from random bytes here.
    assert query.partition("sign=")[0] == wanted_query.partition("sign=")[0]
    wanted_body = expected.get("body")
    if wanted_body is None:
        assert body is None
    else:
        assert exact(body.decode()) == exact(made(wanted_body).decode())
        assert list(json.loads(body)) == list(json.loads(made(wanted_body)))


@cases("decode")
def test_decode(case: Dict[str, Any]) -> None:
    account = {"access_key": "key", "access_secret": "secret-of-vectors", "user_id": "user"}
    try:
        data, about = core(account).read(case["endpoint"], 200, made(case["body"]))
    except CoreError as error:
        facts, expected = refusal(error), case["error"]
        assert facts["kind"].lower() == expected["kind"]
        for name, key in (("code", "code"), ("message", "message"), ("request_id", "requestId")):
            if expected.get(name) is not None:
                assert facts[key] == expected[name]
        if expected.get("path") is not None:
            assert facts["path"] == snake(expected["path"])
        return
    expected = case["expect"]
    wanted = made(expected["data_text"]).decode() if "data_text" in expected else None
    assert exact(data.decode()) == (exact(wanted) if wanted is not None else exact(json.dumps(expected.get("data"))))
    facts = json.loads(about)
    assert facts["requestId"] == expected.get("request_id")
    assert [warning["path"] for warning in facts["warnings"]] == [w["path"] for w in expected["warnings"]]


@cases("push")
def test_push(case: Dict[str, Any]) -> None:
    try:
        text = read_push(case["access_key"], case["access_secret"], case["authorization"], made(case["body"]))
    except CoreError as error:
        assert refusal(error)["kind"] == {"signature": "PushSignature", "malformed": "Decode"}[case["error"]]
        return
    expected, message = case["expect"], json.loads(text)
    for name, key in (
        ("message_type", "messageType"),
        ("platform", "platform"),
        ("push", "push"),
        ("inferred", "inferred"),
    ):
        assert message[key] == expected.get(name)
    body = (
        exact(made(expected["body_text"]).decode()) if "body_text" in expected else exact(json.dumps(expected["body"]))
    )
    assert exact(text)["body"] == body
    # And in Python's own types.
    read = xportcn.verify_push(
        case["authorization"], made(case["body"]), access_key=case["access_key"], access_secret=case["access_secret"]
    )
    assert (read.push, read.message_type) == (message["push"], message["messageType"])


EXCHANGE = vectors("exchange")["account"]
POLICY = {
    "max_retries": "maxRetries",
    "timeout": "timeout",
    "deadline": "deadline",
    "initial_backoff": "initialBackoff",
    "max_backoff": "maxBackoff",
    "retry_writes": "retryWrites",
}


@cases("exchange")
def test_exchange(case: Dict[str, Any]) -> None:
    limit = case.get("limit")
    limit = limit and {"perSecond": limit["per_second"], "burst": limit["burst"]}
    made_core = core({**EXCHANGE, "unit": case.get("unit")}, limit=limit)

    def begin(call: Dict[str, Any]) -> Exchange:
        options = {POLICY[name]: value for name, value in call["policy"].items()}
        return made_core.call(call["endpoint"], made(call["params"]), json.dumps(options))

    exchange = begin(case)
    for event in case["steps"]:
        if "call" in event:
            exchange = begin({**case, **event["call"]})
        elif event.get("cancel"):
            exchange.cancel()
        elif "report" in event:
            report = event["report"]
            if "response" in report:
                answer = report["response"]
                headers = [(name, value) for name, value in answer["headers"]]
                exchange.on_response(answer["status"], headers, made(answer["body"]))
            else:
                failure = report["failure"]
                exchange.on_failure(failure["kind"], failure["maybe_sent"], "the test's words")
        else:
            compare(exchange, event)


def compare(exchange: Exchange, event: Dict[str, Any]) -> None:
    expected = event["expect"]
    try:
        told = exchange.step(event["at"], bytes.fromhex(event["random"]))
    except CoreError as error:
        same_error(refusal(error), expected["done"]["error"])
        assert exchange.attempts == expected["done"]["attempts"]
        return
    if told[0] == 0:
        headers = dict(told[3])
        wanted = expected["send"]
        found = {
            "timestamp": headers["timestamp"],
            "nonce": headers["nonce-str"],
            "signature": headers["signature"],
            "timeout_ms": told[5],
        }
        assert found == wanted
    elif told[0] == 1:
        assert told[1] == expected["wait"]
    else:
        assert json.loads(told[1]) == expected["done"]["ok"]
        assert exchange.attempts == expected["done"]["attempts"]


def same_error(facts: Optional[Dict[str, Any]], expected: Dict[str, Any]) -> None:
    assert facts is not None
    assert facts["kind"].lower() == expected["kind"].replace("_", "")
    for name, key in (("code", "code"), ("status", "status"), ("transport", "transportKind")):
        if expected.get(name) is not None:
            assert facts[key] == expected[name]
    if expected.get("path") is not None:
        assert facts["path"] == snake(expected["path"])
    for part in expected.get("contains", ()):
        assert part in facts["text"]
    if expected.get("cause"):
        same_error(facts["cause"], expected["cause"])
