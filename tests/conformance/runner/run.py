"""What the groups share."""

import json
import pathlib
import re
from dataclasses import dataclass
from typing import Sequence

from runner.process import Host
from runner.sandbox import Sandbox


@dataclass
class Run:
    name: str
    root: pathlib.Path
    program: pathlib.Path
    host: Host
    #: The Rust client, whose answers others are compared with.
    model: Host
    reads: int
    writes: int
    hostile: int
    certainty: int
    #: Whether the host's amounts keep the zeros behind the point.
    keeps_zeros: bool = True
    #: Whether the host's transport tells a request that never left from one whose answer is lost.
    tells_failures: bool = True
    #: Whether the host's transport sends a request again on its own.
    resends: bool = False
    #: What else the host's transport cannot do, as cases name it.
    quirks: Sequence[str] = ()

    def sandbox(self, *options):
        return Sandbox(self.program, options)

    def own_file(self, name):
        """A file that no run of another host uses."""
        return self.root / "target/conformance" / f"{self.name}-{name}"

    def cases(self, name):
        return json.loads((self.root / "tests/conformance/cases" / name).read_text())

    def rows(self):
        """The endpoints with their examples, whose amounts are as the host can send them."""
        rows = self.model.rows()
        if not self.keeps_zeros:
            for row in rows:
                row["example"] = re.sub(r'"-?\d+\.\d+"', without_zeros, row["example"])
        return rows


def without_zeros(amount):
    return amount[0].rstrip('0"').rstrip(".") + '"'
