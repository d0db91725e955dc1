"""Threads do not disturb each other."""

import subprocess
import sys
import threading
from typing import List

from conftest import RENDER, through_local_answers

# Before any other reply has been read: msgspec learns about types as readers of them are made.
FIRST_REPLIES = """
import sys, threading
from xportcn import _steps
from xportcn.models import alibaba, taobao

ids = ["alibaba.product.keyword_search", "alibaba.product.detail", "taobao.after_sale.render"]
about = '{"requestId": "r", "message": null, "developId": null, "warnings": []}'
read = []

def work(number):
    gate.wait()
    for id in ids[number % 3:] + ids[:number % 3]:
        data = b'{"currency": "CNY", "data": [{"priceInfo": {"price": "1.5"}}]}'
        read.append(_steps.read(id, _steps.Came(data, about, _steps.NO_ANSWER)))

sys.setswitchinterval(1e-6)
gate = threading.Barrier(16)
threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(read))
"""


def test_first_replies_in_many_threads_are_read() -> None:
    for _ in range(12):
        done = subprocess.run([sys.executable, "-c", FIRST_REPLIES], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, "48\n"), done.stderr


def test_threads_with_replies_of_their_own_do_not_mix_them() -> None:
    """Long replies are read without the interpreter's lock; in builds without one, all is."""
    wrong: List[str] = []

    def work(number: int) -> None:
        currency = f"C{number}"
        padding = "x" * (100_000 if number % 2 else 10)
        body = f'{{"code":200,"requestId":"r{number}","data":{{"currency":"{currency}","unknown":"{padding}"}}}}'
        with through_local_answers(body.encode()) as client:
            for _ in range(200):
                reply = client.with_reply.taobao.after_sale.render(**RENDER)
                if (reply.data.currency, reply.request_id) != (currency, f"r{number}"):
                    wrong.append(repr(reply))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
