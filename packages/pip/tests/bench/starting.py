"""What a new process takes: time to its first call, and memory."""

import json
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from typing import List

from inputs import ACCOUNT
from rounds import Row, compared, row

HERE = Path(__file__).parent
ROUNDS = 15

PEER = "httpx and pydantic v2"
IMPORT = "import xportcn"
PEER_IMPORT = "import httpx, pydantic"
# Both are answered by httpx itself.
LOCAL = """
import httpx, inputs
http = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, content=inputs.reply("1k"))))
"""
FIRST_CALL = f"""{LOCAL}
import xportcn
with xportcn.Client(*{ACCOUNT}, http_client=http) as client:
    client.alibaba.product.keyword_search(keyword="shoes")
"""
PEER_FIRST_CALL = f"""{LOCAL}
from by_hand import ByHand
ByHand(http, "http://127.0.0.1/").search(keyword="shoes")
"""
# The body is there before; what reading adds at its highest is asked of the system.
PEAK = """
import inputs
{prepare}
def of_memory(name):
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name + ":")) / 1024
{read}(inputs.reply("1k"))
body = inputs.reply("10m")
before = of_memory("VmRSS")
kept = {read}(body)
print(of_memory("VmHWM") - before)
"""
# A whole call, but for the network.
THROUGH_A_CLIENT = """
import sys
sys.path.append("..")
from conftest import through_local_answers
def read(body):
    with through_local_answers(body) as client:
        return client.alibaba.product.keyword_search(keyword="shoes")
"""
READERS = {
    "xportcn": (THROUGH_A_CLIENT, "read"),
    "pydantic v2, of the raw body": ("import answer", "answer.Answer.model_validate_json"),
    "json.loads, of the raw body": ("import json", "json.loads"),
}


def rows() -> List[Row]:
    imports = [(milliseconds(IMPORT), milliseconds(PEER_IMPORT), milliseconds("pass")) for _ in range(ROUNDS)]
    alone = statistics.median(ours - bare for ours, _, bare in imports)
    calls = [(milliseconds(FIRST_CALL), milliseconds(PEER_FIRST_CALL)) for _ in range(ROUNDS)]
    bare = statistics.median(bare for _, _, bare in imports)
    done = [
        row("import", alone, "60 ms", 60, alone / 60, "ms", 1),
        compared("import", PEER, [(ours - bare, theirs - bare) for ours, theirs, bare in imports], "ms"),
        compared("first call", f"{PEER} by hand", [(ours - bare, theirs - bare) for ours, theirs in calls], "ms"),
    ]
    peaks = {name: peak(*reader) for name, reader in READERS.items()}
    ours = peaks.pop("xportcn")
    done += [row("peak memory of reading 10 MB", ours, name, peak, ours / peak, "MB") for name, peak in peaks.items()]
    return done + growth()


def milliseconds(program: str) -> float:
    """Of the processor, for a process of its own: what else runs on the machine does not count."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], cwd=HERE, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def peak(prepare: str, read: str) -> float:
    """Megabytes over the start."""
    program = PEAK.format(prepare=prepare, read=read)
    return float(subprocess.run([sys.executable, "-c", program], cwd=HERE, check=True, capture_output=True).stdout)


def growth() -> List[Row]:
    """What many calls leave behind."""
    told = json.loads(
        subprocess.run([sys.executable, HERE.parent / "growth.py"], check=True, capture_output=True).stdout
    )
    resident, traced = told["resident"], told["traced"]
    return [
        row("growth over 80,000 calls, resident", resident, "1 MiB", 1 << 20, resident / (1 << 20), "bytes", 1),
        row(
            "growth over 20,000 calls, of Python's objects", traced, "50,000 bytes", 50_000, traced / 50_000, "bytes", 1
        ),
    ]
