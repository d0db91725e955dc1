"""The module `_core` in a Python without the global lock: `python3.13t free_threaded.py FOLDER`, with the folder of the
installed package. msgspec cannot be built for every such Python, so this uses the module alone."""

import hashlib
import importlib.util
import json
import pathlib
import sys
import threading
from typing import Any, Callable, Dict, List

SETTINGS = json.dumps({"accessKey": "key", "accessSecret": "secret-of-tests", "userId": "user"})
PARAMS = b'{"subOrderId": "1034499579120189839", "goodsStatus": 1, "refundType": 1}'
THREADS = 16
CALLS = 500


def loaded(folder: str) -> Any:
    files = pathlib.Path(folder, "xportcn").glob("_core*")
    found = next(file for file in files if file.suffix in (".so", ".pyd"))
    spec = importlib.util.spec_from_file_location("xportcn._core", found)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def at_once(work: Callable[[int], None]) -> None:
    """In many threads that begin together; what one raises ends the program."""
    failures: List[BaseException] = []
    gate = threading.Barrier(THREADS)

    def guarded(number: int) -> None:
        try:
            gate.wait()
            work(number)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def calls_of_one_core(module: Any) -> None:
    core = module.Core(SETTINGS)
    nonces: List[str] = []

    def work(number: int) -> None:
        for count in range(CALLS):
            exchange = core.call("taobao.after_sale.render", PARAMS, "")
            random = hashlib.sha256(f"{number} {count}".encode()).digest()
            kind, _, _, sent, _, _ = exchange.step(1_722_484_800_000, random)
            headers: Dict[str, str] = dict(sent)
            signed = f"key{headers['timestamp']}{headers['nonce-str']}secret-of-tests"
            assert kind == 0 and headers["signature"] == hashlib.md5(signed.encode()).hexdigest().upper()
            nonces.append(headers["nonce-str"])
            padding = "x" * (100_000 if count % 100 == 0 else 10)
            body = f'{{"code":200,"requestId":"{number}-{count}","data":{{"currency":"C{number}","p":"{padding}"}}}}'
            exchange.on_response(200, [], body.encode())
            done, data, about = exchange.step(1_722_484_800_001, random)
            assert done == 2 and json.loads(data)["currency"] == f"C{number}"
            assert json.loads(about)["requestId"] == f"{number}-{count}"

    at_once(work)
    assert len(set(nonces)) == THREADS * CALLS


def one_exchange_for_all(module: Any) -> None:
    """Only one of them is told to send; the others are told that they are wrong here."""
    for _ in range(50):
        exchange = module.Core(SETTINGS).call("taobao.after_sale.render", PARAMS, "")
        told: List[str] = []

        def work(number: int) -> None:
            try:
                told.append(str(exchange.step(1_722_484_800_000, bytes(32))[0]))
            except module.CoreError as error:
                told.append(json.loads(str(error))["kind"])

        at_once(work)
        assert sorted(told) == ["0"] + ["Misuse"] * (THREADS - 1), told


def main() -> None:
    module = loaded(sys.argv[1])
    # Where a module needs the lock, Python turns it on again when the module is loaded.
    assert not sys._is_gil_enabled(), "the lock is on"  # type: ignore[attr-defined]
    calls_of_one_core(module)
    one_exchange_for_all(module)
    assert not sys._is_gil_enabled()  # type: ignore[attr-defined]
    print(f"{THREADS * CALLS} calls in {THREADS} threads without the lock, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
