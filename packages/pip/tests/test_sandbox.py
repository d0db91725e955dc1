"""The sandbox that users have for their own tests."""

import importlib.metadata
import os
import pathlib
import subprocess
import sys
import sysconfig
from typing import Callable, Dict

import pytest
from conftest import CREATE, RENDER

import xportcn
from xportcn import sandbox as module
from xportcn.sandbox import Sandbox, SandboxError

USERS_TESTS = """
import asyncio

def test_refund(xportcn_sandbox):
    with xportcn_sandbox.client() as client:
        assert client.taobao.after_sale.render(sub_order_id="1034499579120189839", goods_status=1, refund_type=1).currency

def test_search(xportcn_new_sandbox):
    async def run():
        async with xportcn_new_sandbox().async_client() as client:
            return await client.alibaba.product.keyword_search(keyword="shoes")
    assert asyncio.run(run()).total_records
"""


def run_users_tests(folder: pathlib.Path, environment: Dict[str, str]) -> "subprocess.CompletedProcess[str]":
    (folder / "test_users.py").write_text(USERS_TESTS)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def environment(**changed: str) -> Dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XPORTCN_", "PYTEST_"))}
    return {**kept, **changed}


def test_users_tests_find_the_program_of_the_wheel(tmp_path: pathlib.Path) -> None:
    done = run_users_tests(tmp_path, environment(PATH="/usr/bin:/bin"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_without_the_program_users_tests_say_how_to_get_it(tmp_path: pathlib.Path) -> None:
    for named in ("/nowhere/xportcn", "/bin/true"):
        done = run_users_tests(tmp_path, environment(XPORTCN_CLI=named))
        assert done.returncode == 1
        assert "2 errors" in done.stdout or "1 failed, 1 error" in done.stdout, done.stdout
        assert "cannot be started" in done.stdout or "did not start" in done.stdout


def test_an_environment_without_the_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XPORTCN_CLI", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(sysconfig, "get_path", lambda name: "/nowhere")
    with pytest.raises(SandboxError, match=r"pip install 'xportcn\[sandbox\]'"):
        Sandbox.start()


def test_a_program_that_does_not_take_the_arguments_is_quoted() -> None:
    with pytest.raises(SandboxError, match="did not start"):
        Sandbox.start("--no-such-argument")


def test_the_program_is_of_this_version_and_the_extra_names_it() -> None:
    needed = importlib.metadata.requires("xportcn") or []
    assert any(entry.startswith(f"xportcn-sandbox=={xportcn.__version__}") for entry in needed)
    said = subprocess.run([module.program(), "--version"], capture_output=True, text=True, check=True).stdout
    assert said.split()[-1] == xportcn.__version__


def test_the_package_runs_as_the_program() -> None:
    command = [sys.executable, "-m", "xportcn", "endpoints", "cart"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "taobao.cart.list" in said
    failed = subprocess.run([*command[:3], "no-such-command"], capture_output=True, text=True)
    assert (
        failed.returncode == subprocess.run([module.program(), "no-such-command"], capture_output=True).returncode != 0
    )
    absent = subprocess.run(command, capture_output=True, text=True, env=environment(XPORTCN_CLI="/nowhere/xportcn"))
    assert absent.returncode == 2
    assert "/nowhere/xportcn" in absent.stderr and "Traceback" not in absent.stderr


def test_the_ledger_and_what_happens_on_the_platforms_side(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox = xportcn_new_sandbox()
    with sandbox.client() as client:
        client.taobao.order.purchase_create(**CREATE, seller_order_number="n-1")
        entries = sandbox.ledger()["entries"]
        assert [(entry["action"], entry["reference"]) for entry in entries] == [("created", "n-1")]
        with pytest.raises(SandboxError, match="ship/1"):
            sandbox.control("ship/1")
        before = sandbox.control("clock", offsetMs=0)["nowMs"]
        assert sandbox.control("clock", advanceMs=7_200_000)["nowMs"] >= before + 7_200_000
        # Two hours are more than the platform accepts; the client corrects its clock.
        assert client.taobao.after_sale.render(**RENDER).currency
    assert sandbox.faults()["calls"] == 3


def test_a_sandbox_ends_with_its_block() -> None:
    with Sandbox.start() as sandbox:
        assert sandbox.url in repr(sandbox)
        client = sandbox.client(max_retries=0)
    with client, pytest.raises(xportcn.TransportError):
        client.taobao.after_sale.render(**RENDER)
