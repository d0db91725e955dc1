"""A sandbox of the platform on this machine, for tests and first steps.

>>> from xportcn.sandbox import Sandbox
>>> with Sandbox.start() as sandbox, sandbox.client() as client:  # doctest: +SKIP
...     client.taobao.cart.list()

It is the program ``xportcn``, which ``pip install 'xportcn[sandbox]'`` brings.
"""

import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
import urllib.error
import urllib.request
from types import TracebackType
from typing import Any, Optional, Type

from xportcn import AsyncClient, Client

__all__ = ["Sandbox", "SandboxError", "program"]


# What is on this machine is no proxy's business.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class SandboxError(RuntimeError):
    """The sandbox cannot be started."""


class Sandbox:
    """A platform on this machine. A context manager: it ends with its block.

    Its calls go through the platform's own rules: signatures, clocks and fields are checked, and carts, orders and
    payments are kept until it ends.
    """

    access_key = "sandbox-key"
    access_secret = "sandbox-secret"
    user_id = "sandbox-user"

    def __init__(self, url: str, process: Optional["subprocess.Popen[str]"] = None) -> None:
        self.url = url
        self._process = process

    @classmethod
    def start(cls, *arguments: str) -> "Sandbox":
        """Starts a sandbox on a free port.

        Args:
            arguments: Further ones of the program, as ``"--fault", "rate=0.3,kinds=503|reset"``, which lets calls fail on
                purpose; ``xportcn sandbox --help`` tells all.

        Raises:
            SandboxError: The program is not there, or does not start.
        """
        command = [program(), "sandbox", "--port", "0", *arguments]
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            try:
                process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, text=True)
            except OSError as error:
                raise SandboxError(f"{command[0]} cannot be started: {error}") from error
            assert process.stdout is not None
            first = process.stdout.readline().split()
            if not first or not first[-1].startswith("http://"):
                process.kill()
                process.wait()
                process.stdout.close()
                said.seek(0)
                raise SandboxError(f"`{' '.join(command)}` did not start: {said.read().strip() or 'it said nothing'}")
        return cls(first[-1], process)

    def client(self, **settings: Any) -> Client:
        """A client of it, with further settings of `Client`."""
        return Client(self.access_key, self.access_secret, self.user_id, base_url=self.url, **settings)

    def async_client(self, **settings: Any) -> AsyncClient:
        """A client of it for programs with async, with further settings of `AsyncClient`."""
        return AsyncClient(self.access_key, self.access_secret, self.user_id, base_url=self.url, **settings)

    def ledger(self) -> Any:
        """What was really ordered, paid and cancelled: ``entries``, each with an ``action``."""
        return self._told("ledger")

    def faults(self) -> Any:
        """How many ``calls`` came in, and which of them went wrong on purpose."""
        return self._told("faults")

    def control(self, step: str, **facts: Any) -> Any:
        """Lets something happen on the platform's side, and gives what became of it.

        Args:
            step: ``ship/ORDER``, ``deliver/ORDER``, ``price/ORDER``, ``agree/REFUND``, ``refuse/REFUND``, ``take-back/REFUND``,
                ``settle/ORDER``, ``balance/USER`` or ``clock``.
            facts: What the step takes, as ``total=1200`` for a price or ``advanceMs=60_000`` for the clock.

        Raises:
            SandboxError: It cannot happen.
        """
        return self._told(step, json.dumps(facts).encode())

    def stop(self) -> None:
        """Ends it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None

    def _told(self, step: str, body: Optional[bytes] = None) -> Any:
        try:
            with _direct.open(f"{self.url}/sandbox/{step}", body, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise SandboxError(f"{step}: {error.read().decode(errors='replace')}") from error

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<xportcn sandbox at {self.url}>"


def program() -> str:
    """The program ``xportcn``: of the variable ``XPORTCN_CLI``, of this environment, or of the path.

    Raises:
        SandboxError: There is none.
    """
    named = os.environ.get("XPORTCN_CLI")
    if named:
        return named
    found = shutil.which("xportcn", path=sysconfig.get_path("scripts")) or shutil.which("xportcn")
    if found is None:
        raise SandboxError(
            "the sandbox is the program `xportcn`, which is not here: pip install 'xportcn[sandbox]', "
            "or name the program in the variable XPORTCN_CLI"
        )
    return found
