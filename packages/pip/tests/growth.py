"""Makes 100,000 calls in a process of its own, and prints by how many bytes its memory has grown: what is resident over
80,000 of them, and what Python's own objects take over the others."""

import json
import os
import tracemalloc

from conftest import RENDER, through_local_answers


def main() -> None:
    body = b'{"code":200,"requestId":"r","data":{"currency":"CNY","distributorId":"20001"}}'
    with through_local_answers(body) as client:

        def calls(count: int) -> None:
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
        print(json.dumps({"resident": grown, "traced": tracemalloc.get_traced_memory()[0] - before}))


def resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
