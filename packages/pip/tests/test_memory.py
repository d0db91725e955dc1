"""Memory is flat over 100,000 calls, and threads do not disturb each other."""

import subprocess
import sys
import threading
from typing import List

from conftest import RENDER, through_local_answers

# In a process of its own: what other tests leave behind is none of it.
PROGRAM = """
import os, tracemalloc
from conftest import RENDER, through_local_answers

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

body = b'{"code":200,"requestId":"r","data":{"currency":"CNY","distributorId":"20001"}}'
with through_local_answers(body) as client:
    def calls(count):
        for _ in range(count):
            client.taobao.after_sale.render(**RENDER)
    calls(5_000)
    before = resident()
    calls(80_000)
    grown = resident() - before
    tracemalloc.start()
    calls(100)
    before = tracemalloc.get_traced_memory()[0]
    calls(20_000)
    print(grown, tracemalloc.get_traced_memory()[0] - before)
"""


def test_memory_stays_flat_over_a_hundred_thousand_calls() -> None:
    import pathlib

    here = pathlib.Path(__file__).resolve().parent
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=here, capture_output=True, text=True, check=True)
    resident, traced = map(int, done.stdout.split())
    # A call that kept so much as 32 bytes would have grown by 2.5 MB and 640 KB.
    assert resident < 1 << 20, resident
    assert traced < 50_000, traced


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
