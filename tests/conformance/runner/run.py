"""What the groups share."""

import json
import pathlib
from dataclasses import dataclass

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

    def sandbox(self, *options):
        return Sandbox(self.program, options)

    def own_file(self, name):
        """A file that no run of another host uses."""
        return self.root / "target/conformance" / f"{self.name}-{name}"

    def cases(self, name):
        return json.loads((self.root / "tests/conformance/cases" / name).read_text())

    def rows(self):
        return self.model.rows()
