"""What the package loads, and when."""

import pathlib
import subprocess
import sys

import xportcn

LATER = ("asyncio", "httpx", "logging", "msgspec")


def loaded(program: str) -> str:
    """Of the modules that take long, those that a new process has loaded at the end of a program."""
    told = f"{program}\nimport sys\nprint([name for name in {LATER!r} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.strip()


def test_the_package_loads_nothing_else_until_there_is_a_client() -> None:
    assert loaded("from xportcn import AsyncClient, Client, XportcnError") == "[]"
    assert loaded("import xportcn; xportcn.verify_push, xportcn.models.taobao") == "['msgspec']"
    client = "xportcn.Client('key', 'secret', 'user')"
    assert loaded(f"import xportcn; {client}") == "['httpx', 'logging', 'msgspec']"


def test_pytest_loads_no_client_for_tests_that_want_none(tmp_path: pathlib.Path) -> None:
    program = "import pytest, sys; pytest.main(['--version']); import xportcn.pytest_plugin; "
    done = subprocess.run(
        [sys.executable, "-c", program + "print('xportcn.sandbox' in sys.modules)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "False"


def test_every_public_name_is_there() -> None:
    for name in [*xportcn.__all__, "models", "sandbox"]:
        assert name in dir(xportcn)
        assert getattr(xportcn, name) is not None


def test_a_name_that_is_not_there_is_told_as_usual() -> None:
    try:
        _ = xportcn.nothing  # type: ignore[attr-defined]
    except AttributeError as error:
        assert str(error) == "module 'xportcn' has no attribute 'nothing'"
    else:
        raise AssertionError("there is no such name")
