"""Journals of writes, on sandboxes that lose answers, with processes that die."""

import asyncio
import json
import os
import pathlib
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from typing import Any, Callable, Dict, List

import pytest
from conftest import examples

import xportcn
from xportcn.journal import InUseError, Journal, JournalError
from xportcn.sandbox import Sandbox, program

PURCHASE = "taobao.order.purchase_create"
CANCEL = "alibaba.order.cancel"
SLOW = f"endpoint={PURCHASE},kinds=slow,when=after,slow-ms=60000,count=1"

# What a process of a test does: settles one creation.
CHILD = """
import json, sys
from xportcn import Client
from xportcn.journal import Journal
url, path, params = sys.argv[1:]
with Client("sandbox-key", "sandbox-secret", "sandbox-user", base_url=url, max_retries=0) as client:
    with Journal(path) as journal:
        journal.settle(client, "taobao.order.purchase_create", json.loads(params))
"""


def purchase(reference: str) -> Dict[str, Any]:
    return {**examples()[PURCHASE], "sellerOrderNumber": reference}


def quick(sandbox: Sandbox, **settings: Any) -> xportcn.Client:
    return sandbox.client(max_retries=0, deadline=5, recovery_window=1, **settings)


def created(sandbox: Sandbox) -> List[Any]:
    return [entry["reference"] for entry in sandbox.ledger()["entries"] if entry["action"] == "created"]


def until(holds: Callable[[], Any]) -> None:
    ends = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < ends, "it does not come about"
        time.sleep(0.02)


def settling(sandbox: Sandbox, path: pathlib.Path, reference: str) -> "subprocess.Popen[bytes]":
    """Another process, whose write the platform has, and whose answer does not come."""
    words = [sys.executable, "-c", CHILD, sandbox.url, str(path), json.dumps(purchase(reference))]
    process = subprocess.Popen(words)
    until(lambda: reference in created(sandbox))
    return process


def test_an_answer_is_told_again_in_its_types(
    xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path
) -> None:
    sandbox = xportcn_new_sandbox()
    with quick(sandbox) as client, Journal(tmp_path / "a.journal") as journal:
        first = journal.settle(client, PURCHASE, purchase("a-1"))
        assert isinstance(first, xportcn.Reply)
        calls = sandbox.faults()["calls"]
        with Journal(tmp_path / "a.journal") as other:
            again = other.settle(client, PURCHASE, purchase("a-1"), key="a-1")
        assert isinstance(again, xportcn.Reply)
        assert (again.data, again.request_id, again.raw) == (first.data, first.request_id, b"")
        assert sandbox.faults()["calls"] == calls
        (write,) = journal.writes()
        assert (write.key, write.endpoint, write.state) == ("a-1", PURCHASE, "answered")
        assert json.loads(write.entry)["sendings"] == 1
        assert abs(write.changed_ms / 1000 - time.time()) < 60
        assert journal.open_writes() == []


def test_a_key_is_required_and_is_one_writes(
    xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path
) -> None:
    sandbox = xportcn_new_sandbox()
    with quick(sandbox) as client, Journal(tmp_path / "k.journal") as journal:
        journal.settle(client, PURCHASE, purchase("k-1"))
        for refused in (
            lambda: journal.settle(client, PURCHASE, purchase("k-2"), key="k-1"),
            lambda: journal.settle(client, CANCEL, {"webSite": "1688", "orderId": "1", "cancelReason": "other"}),
            lambda: journal.settle(client, PURCHASE, purchase("k-3"), key=""),
        ):
            with pytest.raises(xportcn.InvalidRequestError) as error:
                refused()
            assert error.value.path == "key"
        with pytest.raises(xportcn.ConfigError) as twice:
            journal.settle(client.with_options(retry_writes=True), PURCHASE, purchase("k-4"))
        assert twice.value.field == "retry_writes"
    assert created(sandbox) == ["k-1"]


def test_a_process_that_is_killed_on_its_way_has_sent_the_one_order(
    xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path
) -> None:
    sandbox = xportcn_new_sandbox("--fault", SLOW)
    path = tmp_path / "killed.journal"
    process = settling(sandbox, path, "d-1")
    with quick(sandbox) as client, Journal(path) as journal:
        (write,) = journal.open_writes()
        assert (write.key, write.state) == ("d-1", "open")
        # It is alive, so nobody else works on it.
        with pytest.raises(InUseError) as busy:
            journal.settle(client, PURCHASE, purchase("d-1"))
        assert busy.value.key == "d-1"
        assert journal.recover_open(client) == []
        process.kill()
        process.wait()
        found = journal.settle(client, PURCHASE, purchase("d-1"))
        assert isinstance(found, xportcn.Outcome)
        assert found.is_done
        assert found.found[0]["sellerOrderNumber"] == "d-1"
        assert journal.settle(client, PURCHASE, purchase("d-1")) == found
    assert created(sandbox) == ["d-1"]
    # What the dead have left is removed.
    assert [file.name for file in tmp_path.iterdir()] == ["killed.journal"]


def test_a_process_that_stands_still_keeps_its_write(
    xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path
) -> None:
    sandbox = xportcn_new_sandbox("--fault", SLOW)
    process = settling(sandbox, tmp_path / "still.journal", "s-1")
    process.send_signal(signal.SIGSTOP)
    try:
        with quick(sandbox) as client, Journal(tmp_path / "still.journal") as journal, pytest.raises(InUseError):
            journal.settle(client, PURCHASE, purchase("s-1"))
    finally:
        process.kill()
        process.wait()


def test_with_async_one_task_has_a_key_and_a_cancelled_one_lets_go(
    xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path
) -> None:
    sandbox = xportcn_new_sandbox("--fault", SLOW)

    async def run() -> None:
        async with sandbox.async_client(max_retries=0, deadline=5, recovery_window=1) as client:
            with Journal(tmp_path / "async.journal") as journal:
                task = asyncio.ensure_future(journal.settle(client, PURCHASE, purchase("t-1")))
                while not created(sandbox):
                    await asyncio.sleep(0.02)
                with pytest.raises(InUseError):
                    await journal.settle(client, PURCHASE, purchase("t-1"))
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                (recovered,) = await journal.recover_open(client)
                assert (recovered.key, recovered.endpoint) == ("t-1", PURCHASE)
                assert isinstance(recovered.result, xportcn.Outcome)
                assert recovered.result.is_done
                settled = await journal.settle(client, PURCHASE, purchase("t-1"))
                assert settled == recovered.result
                answered = await journal.settle(client, PURCHASE, purchase("t-2"))
                assert isinstance(answered, xportcn.Reply)

    asyncio.run(run())
    assert created(sandbox) == ["t-1", "t-2"]


def test_threads_get_one_order_for_one_key(xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path) -> None:
    sandbox = xportcn_new_sandbox()
    results: List[Any] = []
    with quick(sandbox) as client, Journal(tmp_path / "threads.journal") as journal:

        def settle() -> None:
            try:
                results.append(journal.settle(client, PURCHASE, purchase("h-1")))
            except InUseError as busy:
                results.append(busy)

        threads = [threading.Thread(target=settle) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(results) == 12
    assert all(isinstance(result, (xportcn.Reply, InUseError)) for result in results)
    assert created(sandbox) == ["h-1"]


def test_what_cannot_be_kept_is_not_sent_and_what_was_answered_is_told(
    xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox = xportcn_new_sandbox()
    path = tmp_path / "full.journal"
    with quick(sandbox) as client, Journal(path) as journal:
        outside = sqlite3.connect(path, isolation_level=None)
        outside.execute("CREATE TRIGGER full BEFORE INSERT ON writes BEGIN SELECT RAISE(FAIL, 'full'); END")
        with pytest.raises(JournalError, match="full"):
            journal.settle(client, PURCHASE, purchase("f-1"))
        assert sandbox.faults()["calls"] == 0
        outside.execute("DROP TRIGGER full")
        outside.execute(
            "CREATE TRIGGER full BEFORE UPDATE OF state ON writes WHEN new.state = 'answered' "
            "BEGIN SELECT RAISE(FAIL, 'full'); END"
        )
        assert isinstance(journal.settle(client, PURCHASE, purchase("f-2")), xportcn.Reply)
        assert "does not have the end" in caplog.text
        found = journal.settle(client, PURCHASE, purchase("f-2"))
        assert isinstance(found, xportcn.Outcome)
        assert found.is_done
        outside.close()
    assert created(sandbox) == ["f-2"]


def test_its_files_are_the_owners_and_hold_no_secret(
    xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path
) -> None:
    sandbox = xportcn_new_sandbox()
    with quick(sandbox) as client, Journal(tmp_path / "p.journal") as journal:
        journal.settle(client, PURCHASE, purchase("p-1"))
        files = list(tmp_path.iterdir())
        assert len(files) == 4, files
        for file in files:
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
            assert b"sandbox-secret" not in file.read_bytes()
    with pytest.raises(JournalError, match="closed"):
        journal.writes()


def test_what_is_no_journal_of_this_version_is_refused(tmp_path: pathlib.Path) -> None:
    later, text, other = tmp_path / "later", tmp_path / "text", tmp_path / "other"
    Journal(later).close()
    with sqlite3.connect(later) as connection:
        connection.execute("PRAGMA user_version = 2")
    text.write_text("orders, and no database\n" * 200)
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE orders (id)")
    for path, words in ((later, "version 2"), (text, "not a database"), (other, "no journal")):
        with pytest.raises(JournalError, match=words):
            Journal(path)
    with pytest.raises(JournalError):
        Journal(tmp_path / "no" / "folder")


def test_a_process_that_was_forked_is_an_owner_of_its_own(
    xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path
) -> None:
    sandbox = xportcn_new_sandbox()
    with Journal(tmp_path / "fork.journal") as journal:
        child = os.fork()
        if child == 0:
            with quick(sandbox) as client:
                os._exit(0 if isinstance(journal.settle(client, PURCHASE, purchase("c-1")), xportcn.Reply) else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        with quick(sandbox) as client:
            assert isinstance(journal.settle(client, PURCHASE, purchase("c-1")), xportcn.Reply)
    assert created(sandbox) == ["c-1"]


def test_the_command_line_and_python_go_on_with_each_others_writes(
    xportcn_new_sandbox: Callable[..., Sandbox], tmp_path: pathlib.Path
) -> None:
    sandbox = xportcn_new_sandbox("--fault", SLOW.replace("count=1", "count=2"))
    path = tmp_path / "both.journal"
    account = {"ACCESS_KEY": "sandbox-key", "ACCESS_SECRET": "sandbox-secret", "USER_ID": "sandbox-user"}
    env = {**os.environ, "XPORTCN_BASE_URL": sandbox.url, **{f"XPORTCN_{name}": text for name, text in account.items()}}
    words = [program(), "call", PURCHASE, "--json", json.dumps(purchase("x-1")), "--journal", str(path)]
    rust = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL)
    until(lambda: created(sandbox))
    rust.kill()
    rust.wait()
    with quick(sandbox) as client, Journal(path) as journal:
        found = journal.settle(client, PURCHASE, purchase("x-1"))
        assert isinstance(found, xportcn.Outcome)
        assert found.is_done
    python = settling(sandbox, path, "x-2")
    python.kill()
    python.wait()
    recovered = subprocess.run(
        [program(), "journal", str(path), "--recover", "--json"], env=env, stdout=subprocess.PIPE
    )
    (row,) = json.loads(recovered.stdout)
    assert (recovered.returncode, row["key"], row["state"]) == (0, "x-2", "done")
    assert created(sandbox) == ["x-1", "x-2"]
