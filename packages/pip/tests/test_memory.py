"""Memory is flat over 100,000 calls."""

import json
import pathlib
import subprocess
import sys

# In a process of its own: what other tests leave behind is none of it.
GROWTH = pathlib.Path(__file__).with_name("growth.py")


def test_memory_stays_flat_over_a_hundred_thousand_calls() -> None:
    grown = json.loads(subprocess.run([sys.executable, GROWTH], capture_output=True, check=True).stdout)
    # A call that kept so much as 32 bytes would have grown by 2.5 MB and 640 KB.
    assert grown["resident"] < 1 << 20, grown
    assert grown["traced"] < 50_000, grown
