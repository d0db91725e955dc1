"""A sandbox of the platform for tests: the fixture ``xportcn_sandbox``.

It runs the program ``xportcn`` of the environment's variable ``XPORTCN_CLI``, or of the path; tests that want it are
skipped where there is none.
"""

import dataclasses
import os
import shutil
import subprocess
from typing import Iterator, Optional

import pytest

import xportcn


@dataclasses.dataclass(frozen=True)
class Sandbox:
    """A platform on this machine."""

    url: str
    access_key: str = "sandbox-key"
    access_secret: str = "sandbox-secret"
    user_id: str = "sandbox-user"

    def client(self) -> xportcn.Client:
        """A client of it."""
        return xportcn.Client(self.access_key, self.access_secret, self.user_id, base_url=self.url)

    def async_client(self) -> xportcn.AsyncClient:
        """A client of it, with async."""
        return xportcn.AsyncClient(self.access_key, self.access_secret, self.user_id, base_url=self.url)


def program() -> Optional[str]:
    """The program ``xportcn``, where there is one."""
    return os.environ.get("XPORTCN_CLI") or shutil.which("xportcn")


def start(*arguments: str) -> "subprocess.Popen[str]":
    """Starts a sandbox; its first line ends with its address."""
    found = program()
    if found is None:
        pytest.skip("the program xportcn is not there: set XPORTCN_CLI, or put it on the path")
    command = [found, "sandbox", "--port", "0", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


@pytest.fixture(scope="session")
def xportcn_sandbox() -> Iterator[Sandbox]:
    """A sandbox of the platform, for the whole run of tests."""
    process = start()
    try:
        assert process.stdout is not None
        yield Sandbox(process.stdout.readline().split()[-1])
    finally:
        process.terminate()
        process.wait(10)
