#!/usr/bin/env python3
"""Makes the fuzzers' first inputs and their dictionary from tests/vectors and the examples of the endpoints.

corpus.py FOLDER    writes FOLDER/<target>/* and FOLDER/names.dict; what fuzzers have added stays
"""

import base64
import hashlib
import json
import pathlib
import sys
from typing import Any, Iterator, Tuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
VECTORS = ROOT / "tests" / "vectors"
# Longer ones slow every round.
LONGEST = 1 << 15


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    examples = load(ROOT / "tests" / "examples.json")["examples"]
    # The examples stand in the order of the catalogue, by which the fuzzers number the endpoints.
    number = {endpoint: bytes([index]) for index, endpoint in enumerate(examples)}
    count = 0
    for target, content in inputs(examples, number):
        if len(content) <= LONGEST:
            path = folder / target / hashlib.sha1(content).hexdigest()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            count += 1
    names = sorted(set(names_of(load(ROOT / "core" / "openapi.json"))))
    (folder / "names.dict").write_text("".join(f'"\\"{name}\\":"\n' for name in names))
    print(f"{count} inputs, {len(names)} names")


def inputs(examples: dict, number: dict) -> Iterator[Tuple[str, bytes]]:
    for case in cases("decode"):
        yield "decode", number[case["endpoint"]] + recipe(case["body"])
    for case in cases("encode"):
        yield "encode", number[case["endpoint"]] + recipe(case["params"])
    for case in cases("push"):
        yield "push", b"\0" + recipe(case["body"])
    for endpoint, params in examples.items():
        body = compact(params)
        yield "encode", number[endpoint] + body
        yield "decode", number[endpoint] + b'{"code":200,"msg":"","requestId":"r","data":' + body + b"}"
        yield "sandbox", call(number[endpoint], body)
    for endpoint, reply in replies(load(ROOT / "core" / "openapi.json")):
        yield "decode", number[endpoint] + compact(reply)
    wire = {endpoint: compact(params) for endpoint, params in examples.items()}
    steps = list(wire.items())
    for start in range(0, len(steps), 6):
        yield "sandbox", b"".join(call(number[endpoint], body) for endpoint, body in steps[start : start + 12])
    for seed in range(200):
        yield "exchange", b"".join(hashlib.sha512(bytes([seed, part])).digest() for part in range(6))


def cases(name: str) -> list:
    return load(VECTORS / f"{name}.json")["cases"]


def recipe(value: Any) -> bytes:
    """The text that a recipe of the vectors stands for."""
    if isinstance(value, str):
        return value.encode()
    if "join" in value:
        return b"".join(recipe(part) for part in value["join"])
    if "repeat" in value:
        return value["repeat"].encode() * min(value["times"], LONGEST)
    return base64.b64decode(value["base64"])


def call(number: bytes, body: bytes) -> bytes:
    """A genuine request of the sandbox's target."""
    body = body[:2047]
    return number + b"\x08" + len(body).to_bytes(2, "big") + body


def replies(document: dict) -> Iterator[Tuple[str, Any]]:
    """The example of every reply that the OpenAPI document has one of."""
    for operations in document["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict) and "operationId" in operation:
                content = operation.get("responses", {}).get("200", {}).get("content", {}).get("application/json", {})
                if "example" in content:
                    yield operation["operationId"], content["example"]


def names_of(value: Any) -> Iterator[str]:
    """The names of all properties."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "properties" and isinstance(inner, dict):
                yield from inner
            yield from names_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names_of(inner)


def load(path: pathlib.Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


if __name__ == "__main__":
    main()
