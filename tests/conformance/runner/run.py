"""What the groups share."""

import json
import pathlib
from dataclasses import dataclass

from runner.process import Host
from runner.sandbox import Sandbox


@dataclass
class Run:
    root: pathlib.Path
    program: pathlib.Path
    host: Host
    #: The Rust client, whose answers others are compared with.
    model: Host
    reads: int
    writes: int

    def sandbox(self, *options):
        return Sandbox(self.program, options)

    def cases(self, name):
        return json.loads((self.root / "tests/conformance/cases" / name).read_text())

    def rows(self):
        return self.model.rows()
