#!/usr/bin/env python3
"""Writes the transcript in docs/confirm.md: `xportcn confirm` against a sandbox that stands for a platform that differs.

transcript.py            writes it; needs target/debug/xportcn
transcript.py --check    changes nothing; exits with 1 where the page is not what the program prints
"""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "confirm.md"
PROGRAM = ROOT / "target" / "debug" / "xportcn"
DRIFT = "packages/sandbox/tests/drift/platform.json"
ROWS = (
    "taobao.product.search taobao.product.query taobao.order.page taobao.order.get alibaba.product.category "
    "alibaba.after_sale.logistics_companies address.list big_major.order.page alibaba.cart.list"
).split()
BEGIN = "<!-- Written by tests/evidence/transcript.py. -->\n"
END = "<!-- Until here. -->\n"
ACCOUNT = {
    "XPORTCN_ACCESS_KEY": "sandbox-key",
    "XPORTCN_ACCESS_SECRET": "sandbox-secret",
    "XPORTCN_USER_ID": "sandbox-user",
}


def main() -> int:
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    written = before + BEGIN + transcript() + END + after
    if "--check" in sys.argv[1:]:
        if written != text:
            print("docs/confirm.md is not what the program prints: python3 tests/evidence/transcript.py")
        return int(written != text)
    PAGE.write_text(written, encoding="utf-8")
    return 0


def transcript() -> str:
    words = ["confirm", "--interval", "0s", *ROWS]
    printed = run(words)
    # The day is another one each day.
    printed = re.sub(r"- Day: \d{4}-\d\d-\d\d", "- Day: YYYY-MM-DD", printed)
    command = "xportcn confirm --interval 0s \\\n    " + " \\\n    ".join(
        " ".join(ROWS[at : at + 3]) for at in range(0, 9, 3)
    )
    return f"```text\n$ xportcn sandbox --port 8080 --drift {DRIFT} &\n$ {command}\n{printed}```\n"


def run(words: "list[str]") -> str:
    """What the program prints against a drifted sandbox."""
    sandbox = subprocess.Popen(
        [PROGRAM, "sandbox", "--drift", DRIFT], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert sandbox.stdout is not None
        url = sandbox.stdout.readline().decode().split()[-1]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("XPORTCN_")}
        environment.update(ACCOUNT, XPORTCN_BASE_URL=url)
        ran = subprocess.run(
            [PROGRAM, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True
        )
        return ran.stdout.decode()
    finally:
        sandbox.terminate()
        sandbox.wait()


if __name__ == "__main__":
    sys.exit(main())
