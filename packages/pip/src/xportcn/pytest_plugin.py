"""A sandbox of the platform for tests: the fixtures ``xportcn_sandbox`` and ``xportcn_new_sandbox``.

pytest finds them by itself where this package is installed. Tests that want them fail where the program of the sandbox is
absent, and say how to get it.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Callable, Iterator

import pytest

if TYPE_CHECKING:
    from xportcn import sandbox as _sandbox
else:
    from xportcn._later import later

    _sandbox = later("xportcn.sandbox")


def _started(*arguments: str) -> _sandbox.Sandbox:
    # pytest loads this module in every project, whether its tests want a sandbox or not.
    from xportcn.sandbox import Sandbox, SandboxError

    try:
        return Sandbox.start(*arguments)
    except SandboxError as error:
        return pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def xportcn_sandbox() -> Iterator[_sandbox.Sandbox]:
    """A sandbox for the whole run of tests; what one test orders, the next one sees."""
    with _started() as sandbox:
        yield sandbox


@pytest.fixture
def xportcn_new_sandbox() -> Iterator[Callable[..., _sandbox.Sandbox]]:
    """Starts empty sandboxes, with arguments of the program: ``xportcn_new_sandbox("--fault", "kinds=503,count=1")``."""
    with ExitStack() as sandboxes:

        def started(*arguments: str) -> _sandbox.Sandbox:
            return sandboxes.enter_context(_started(*arguments))

        yield started
