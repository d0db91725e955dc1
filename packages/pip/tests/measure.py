"""The package beside its peers, in one run: medians of interleaved rounds. Exits with 1 if a budget is missed."""

import hashlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
import tracemalloc
from typing import Any, Callable, Dict, List, Optional, Tuple, get_args, get_origin, get_type_hints

import msgspec
import pydantic
from conftest import RENDER, ROOT, through_local_answers

from xportcn import _params, _steps
from xportcn._core import Core
from xportcn.models import alibaba

ID = "alibaba.product.keyword_search"
ACCOUNT = {"accessKey": "sandbox-key", "accessSecret": "sandbox-secret", "userId": "sandbox-user"}
SMALL = b'{"code":200,"requestId":"r","data":{"currency":"CNY","distributorId":"20001"}}'


def timed(work: Callable[[], Any], times: int) -> float:
    """Microseconds of this process: what else runs on the machine does not count."""
    started = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - started) / times * 1e6


def beside(case: str, peer: str, ours: Callable[[], Any], theirs: Callable[[], Any], budget: float, times: int) -> bool:
    rounds = [(timed(ours, times), timed(theirs, times)) for _ in range(21)][3:]
    mine, other = (statistics.median(values) for values in zip(*rounds))
    return row(case, mine, peer, other, mine / other, budget)


def row(case: str, ours: float, peer: str, value: Optional[float], ratio: float, budget: float) -> bool:
    ok = ratio <= budget
    facts = {"host": "python", "case": case, "ours": round(ours, 2), "peer": peer}
    facts.update(peer_value=value and round(value, 2), ratio=round(ratio, 3), budget=budget, better="lower", ok=ok)
    print(json.dumps(facts), flush=True)
    return ok


def pydantic_model(struct: Any, known: Dict[Any, Any]) -> Any:
    """The same fields as a pydantic model."""
    if struct not in known:
        hints = get_type_hints(struct)
        fields = {
            field.name: (peer_type(hints[field.name], known), pydantic.Field(default=None, alias=field.encode_name))
            for field in msgspec.structs.fields(struct)
        }
        known[struct] = pydantic.create_model(struct.__name__, **fields)
    return known[struct]


def peer_type(kind: Any, known: Dict[Any, Any]) -> Any:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return pydantic_model(kind, known)
    if get_origin(kind) is list:
        return List[peer_type(get_args(kind)[0], known)]  # type: ignore[misc]
    if get_origin(kind) is not None:
        return Optional[peer_type(get_args(kind)[0], known)]
    return kind


def inputs() -> Tuple[bytes, Dict[str, Any], Dict[str, Any]]:
    """A reply of 24 KB, and a small and a large call, as all hosts measure them."""
    subprocess.run([sys.executable, ROOT / "tests" / "bench" / "inputs.py"], check=True)
    folder = ROOT / "target" / "bench" / "inputs"
    small, order = (json.loads((folder / f"params_{name}.json").read_text("utf-8")) for name in ("small", "order"))
    return (folder / "reply_24k.json").read_bytes(), small, order


def decode(core: Core, body: bytes) -> Any:
    data, about = core.read(ID, 200, body)
    return _steps.read(ID, data, about, body).data


def requests_by_core(core: Core, call: Dict[str, Any]) -> Callable[[], Any]:
    def ours() -> Any:
        exchange = core.call(call["id"], _params.encode(call["id"], call["params"], None), "")
        return exchange.step(time.time_ns() // 1_000_000, os.urandom(32))

    return ours


def requests_by_hand(call: Dict[str, Any]) -> Callable[[], Any]:
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

    def by_hand() -> Any:
        timestamp = str(int(time.time()))
        nonce = "".join(alphabet[byte % 62] for byte in os.urandom(32))
        signed = f"sandbox-key{timestamp}{nonce}sandbox-secret".encode()
        signature = hashlib.md5(signed).hexdigest().upper()
        headers = {"access-key": "sandbox-key", "timestamp": timestamp, "nonce-str": nonce}
        headers.update({"user-id": "sandbox-user", "signature": signature, "content-type": "application/json"})
        return "POST", "https://www.xportcn.com/api/open/order/refund/render", headers, json.dumps(call["params"]).encode()

    return by_hand


def main() -> int:
    core = Core(json.dumps(ACCOUNT))
    body, small, order = inputs()
    # The peers read what the core has put in order: data alone, with the values in their own shape.
    canonical = core.read(ID, 200, body)[0]
    alone = msgspec.json.Decoder(alibaba.REPLIES[ID], strict=False)
    peer = pydantic_model(alibaba.REPLIES[ID], {})
    first = decode(core, body).data[0]
    assert first.offer_id and first.offer_id == peer.model_validate_json(canonical).data[0].offer_id
    case, peers = f"decode a reply of {len(body) // 1024} KB", ("pydantic v2 model_validate_json", "msgspec alone")
    held = [
        beside(case, peers[0], lambda: decode(core, body), lambda: peer.model_validate_json(canonical), 0.7, 20),
        beside(case, peers[1], lambda: decode(core, body), lambda: alone.decode(canonical), 2.2, 20),
    ]
    for name, call in (("small call", small), ("order of 20 lines", order)):
        ours, by_hand = requests_by_core(core, call), requests_by_hand(call)
        held.append(beside(f"{name} to signed request", "hashlib and json by hand", ours, by_hand, 1.5, 1_000))

    starts = [spawn("import xportcn") - spawn("pass") for _ in range(15)]
    imported = statistics.median(starts)
    held.append(row("import, in ms", imported, "60 ms", 60.0, imported / 60, 1.0))

    with through_local_answers(SMALL) as client:
        for _ in range(5_000):
            client.taobao.after_sale.render(**RENDER)
        before = resident()
        for _ in range(80_000):
            client.taobao.after_sale.render(**RENDER)
        grown = resident() - before
        tracemalloc.start()
        traced = tracemalloc.get_traced_memory()[0]
        for _ in range(20_000):
            client.taobao.after_sale.render(**RENDER)
        traced = tracemalloc.get_traced_memory()[0] - traced
    held.append(row("growth over 80,000 calls, in KB resident", grown, "1024 KB", 1024, grown / 1024, 1.0))
    held.append(row("growth over 20,000 calls, in bytes traced", traced, "50,000 bytes", 50_000, traced / 50_000, 1.0))
    return 0 if all(held) else 1


def spawn(program: str) -> float:
    """Milliseconds of a process of its own, likewise."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    sys.exit(main())
