"""What the README and the examples show is run, against the sandbox."""

import hashlib
import hmac
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import Callable, Dict

import pytest
from conftest import ACCOUNT, vectors
from scripted_model import buyer, scripted_model

from xportcn.sandbox import Sandbox

PACKAGE = pathlib.Path(__file__).resolve().parent.parent
README = (PACKAGE / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
EXAMPLES = sorted(path.name for path in (PACKAGE / "examples").glob("*.py"))
# The programs of the documentation's pages, and what each must print.
GUIDE = PACKAGE / "examples" / "guide"
PRINTED = {
    "first_call.py": r"\A.+ \d+ variants\nrequest \S+ with 0 warnings\n\Z",
    "search.py": r"\A(\d+ .+ [\d.]+\n){25}.+ pieces on\n(\d+ [\d.]+ \d+ in stock\n)+\Z",
    "order.py": r"\Aorder \d{19}\npaid\n\Z",
    "refund.py": r"\Apaid\nrefund: reached\n\Z",
    "pushed.py": r"\A\S+ alibaba.push.order_status_changed .*3305075341149134260.*\n\Z",
    "many.py": r"\A(\d{12} \S+\n){40}\Z",
    "errors.py": r"\Anothing was sent: order_id .+\nthe platform says no: 42001 .+\n\Z",
}


def environment(sandbox: Sandbox) -> Dict[str, str]:
    key, secret, user = ACCOUNT
    account = {"XPORTCN_ACCESS_KEY": key, "XPORTCN_ACCESS_SECRET": secret, "XPORTCN_USER_ID": user}
    return {**os.environ, **account, "XPORTCN_BASE_URL": sandbox.url}


def test_there_are_examples() -> None:
    assert len(BLOCKS) >= 8
    assert len(EXAMPLES) >= 6
    assert all(f"examples/{name}" in README for name in EXAMPLES)


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_a_block_of_the_readme(xportcn_sandbox: Sandbox, tmp_path: pathlib.Path, number: int) -> None:
    file = tmp_path / "test_block.py"
    file.write_text(BLOCKS[number], encoding="utf-8")
    is_test = "def test_" in BLOCKS[number]
    command = (
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"] if is_test else [sys.executable, "-W", "error"]
    )
    done = subprocess.run(
        [*command, str(file)], cwd=tmp_path, env=environment(xportcn_sandbox), capture_output=True, text=True
    )
    assert done.returncode == 0, BLOCKS[number] + done.stdout + done.stderr


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "receive_pushes.py"])
def test_an_example(xportcn_sandbox: Sandbox, name: str) -> None:
    command = [sys.executable, "-W", "error", str(PACKAGE / "examples" / name)]
    done = subprocess.run(command, env=environment(xportcn_sandbox), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_guide_has_no_other_programs() -> None:
    assert {path.name for path in GUIDE.glob("*.py")} == {*PRINTED, "agent.py", "test_shop.py"}


@pytest.mark.parametrize("name", PRINTED)
def test_a_program_of_the_guide(xportcn_new_sandbox: Callable[..., Sandbox], name: str) -> None:
    sandbox = xportcn_new_sandbox()
    command = [sys.executable, "-W", "error", str(GUIDE / name)]
    seller = threading.Thread(target=agree_to_a_refund, args=(sandbox,))
    if name == "refund.py":
        seller.start()
    done = subprocess.run(command, env=environment(sandbox), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert re.search(PRINTED[name], done.stdout), done.stdout
    if name == "refund.py":
        seller.join()


def agree_to_a_refund(sandbox: Sandbox) -> None:
    """The seller, who agrees to the first refund that is asked for."""
    for _ in range(600):
        asked = [entry for entry in sandbox.ledger()["entries"] if entry["action"] == "refunding"]
        if asked:
            with sandbox.client() as client:
                refund = next(client.taobao.after_sale.list.items(purchase_order_id=asked[0]["orderId"], page_size=10))
            assert refund.refund_order
            sandbox.control(f"agree/{refund.refund_order.refund_id}")
            return
        time.sleep(0.05)


# The SDK needs a later Python than the package does.
if sys.version_info >= (3, 11):

    @pytest.mark.parametrize(
        ("word", "last"),
        [
            ("yes", r"Carry it out\? ordered \d{19}\n\Z"),
            ("no", r"Carry it out\? refused: .*did not confirm it\n\Z"),
        ],
    )
    def test_the_agent_of_the_guide(word: str, last: str) -> None:
        with scripted_model(buyer("30000")) as model:
            surroundings = {**os.environ, "OPENAI_BASE_URL": f"{model.url}/v1", "OPENAI_API_KEY": "none"}
            command = [sys.executable, "-W", "error", str(GUIDE / "agent.py")]
            done = subprocess.run(
                command, env=surroundings, input=f"{word}\n", capture_output=True, text=True, timeout=60
            )
        assert done.returncode == 0, done.stderr
        assert "300.00 CNY" in done.stdout and re.search(last, done.stdout), done.stdout


def test_the_tests_of_the_guide() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(GUIDE / "test_shop.py")]
    done = subprocess.run(command, cwd=GUIDE, capture_output=True, text=True)
    assert "2 passed" in done.stdout, done.stdout + done.stderr


def test_the_example_of_pushes_takes_what_is_signed_and_refuses_the_rest(xportcn_sandbox: Sandbox) -> None:
    key, secret, _ = ACCOUNT
    body = next(
        case["body"] for case in vectors("push")["cases"] if "expect" in case and isinstance(case["body"], str)
    ).encode()
    signature = hmac.new(secret.encode(), key.encode() + body, hashlib.sha256).hexdigest()
    command = [sys.executable, str(PACKAGE / "examples" / "receive_pushes.py"), "0"]
    with subprocess.Popen(command, env=environment(xportcn_sandbox), stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = f"http://127.0.0.1:{process.stdout.readline().split()[-1]}/"
            for headers in ({}, {"authorization": "0" * 64}):
                with pytest.raises(urllib.error.HTTPError) as refused:
                    urllib.request.urlopen(urllib.request.Request(url, body, headers))
                assert refused.value.code == 403
                refused.value.close()
            with urllib.request.urlopen(urllib.request.Request(url, body, {"authorization": signature})) as answer:
                assert answer.status == 200
            assert process.stdout.readline().strip()
        finally:
            process.kill()
