"""Whole calls over loopback, by both clients' own connections, which stay open."""

import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, List

import httpx
from by_hand import ByHand
from inputs import ACCOUNT, SEARCH
from rounds import Row, beside

import xportcn

SIZES = {"1k": "1 KB", "24k": "24 KB"}


def rows() -> List[Row]:
    done: List[Row] = []
    with answering() as url:
        for size, words in SIZES.items():
            with xportcn.Client(*ACCOUNT, base_url=url, paths={SEARCH: f"/{size}"}) as client, httpx.Client() as http:
                ours = lambda: client.alibaba.product.keyword_search(keyword="shoes")  # noqa: E731
                peer = ByHand(http, f"{url}/{size}")
                theirs = lambda: peer.search(keyword="shoes")  # noqa: E731
                assert ours().data[0].offer_id == str(theirs().data[0].offer_id)
                # By the clock on the wall: waiting for the other side is part of a call.
                case = f"a call with a reply of {words}, over loopback"
                done.append(
                    beside(case, ours, "httpx, hashlib and pydantic v2 by hand", theirs, clock=time.perf_counter)
                )
    return done


@contextmanager
def answering() -> Iterator[str]:
    """The address of a server in a process of its own."""
    server = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("server.py")], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip()
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()
