"""What the README and the examples show is run, against the sandbox."""

import hashlib
import hmac
import os
import pathlib
import re
import subprocess
import sys
import urllib.error
import urllib.request
from typing import Dict

import pytest
from conftest import ACCOUNT, vectors

from xportcn.sandbox import Sandbox

PACKAGE = pathlib.Path(__file__).resolve().parent.parent
README = (PACKAGE / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
EXAMPLES = sorted(path.name for path in (PACKAGE / "examples").glob("*.py"))


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
