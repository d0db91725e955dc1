#!/usr/bin/env python3
"""Begins an endpoint in a copy of the core, as `make endpoint` does, and refuses ids that are wrong or taken.

run.py            the lines that it writes, and what it says; prints "N passed, N failed"
run.py --whole    in a copy of the repository, too, through the catalogue's tests and a call of the sandbox
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from typing import Dict, List, Tuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SCRIPT = "bindings/codegen/new_endpoint.py"
ID = "taobao.product.reviews"
FILE = "core/src/api/taobao/product/reviews.rs"
# Wrong ids, and what must stand in the answer.
REFUSED: List[Tuple[str, str]] = [
    ("", "make endpoint ID="),
    ("taobao.product.Reviews", "lower case"),
    ("reviews", "group.section.action"),
    ("taobao.prodct.reviews", "did you mean product?"),
    ("taobao.reviews", "name its section: taobao.after_sale, taobao.cart"),
    ("taobao.product.get", "it is there already, in core/src/api/taobao/product/get.rs"),
    ("taobao.product.type", "a word of Rust"),
    ("taobao.product.summary", "holds something else"),
    ("taobao.product.product_page", "has a type ProductPage"),
    ("../x.y", "lower case"),
]
# The lines that are added, by file.
ADDED: Dict[str, List[str]] = {
    "core/src/api/taobao/product/mod.rs": ["mod reviews;", "pub use self::reviews::*;"],
    "core/src/api/catalogue.rs": ["    taobao::product::Reviews,"],
    "tests/catalogue.json": [
        '{"id": "taobao.product.reviews", "kind": "call", "method": "POST", "path": "/open/product/reviews", '
        '"path_evidence": "inferred", "request_evidence": "inferred", "response_evidence": "inferred"},'
    ],
}


def main() -> int:
    faults: Dict[str, List[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder)
        for name in (SCRIPT, "tests/catalogue.json"):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
        shutil.copytree(ROOT / "core" / "src", copy / "core" / "src")
        for id, reason in REFUSED:
            faults[f"refuses {id!r}"] = refusal(copy, id, reason)
        faults["writes a file, and its lines"] = begun(copy)
        faults["refuses it the second time"] = refusal(copy, ID, f"it is there already, in {FILE}")
    if sys.argv[1:] == ["--whole"]:
        faults["the new row is tested, and the sandbox answers it"] = whole()
    for name, wrong in faults.items():
        print("\n".join([f"{'FAILED' if wrong else 'ok':6} {name}", *wrong]))
    failed = sum(map(bool, faults.values()))
    print(f"{len(faults) - failed} passed, {failed} failed")
    return 1 if failed else 0


def refusal(copy: pathlib.Path, id: str, reason: str) -> List[str]:
    before = content(copy)
    ended = make(copy, id)
    faults = [] if ended.returncode else ["it succeeded"]
    faults += [] if reason in ended.stderr else [f"it said {ended.stderr!r}, not {reason!r}"]
    return faults + ([] if content(copy) == before else ["it changed files"])


def begun(copy: pathlib.Path) -> List[str]:
    before = content(copy)
    ended = make(copy, ID)
    if ended.returncode:
        return [ended.stderr]
    after = content(copy)
    faults = [] if set(after) - set(before) == {FILE} else [f"it wrote {sorted(set(after) - set(before))}"]
    for name in before:
        added = [line for line in after[name].splitlines() if line not in before[name].splitlines()]
        if added != ADDED.get(name, []):
            faults.append(f"{name} has got {added}")
    return faults + [f"{FILE}: {line}" for line in unformatted(copy / FILE)]


def unformatted(file: pathlib.Path) -> List[str]:
    command = ["rustfmt", "--edition", "2024", "--config-path", ROOT, "--check", file]
    return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()


def whole() -> List[str]:
    copy = ROOT / "target" / "endpoint"
    shutil.rmtree(copy, ignore_errors=True)
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    environment = {**os.environ, "CARGO_TARGET_DIR": str(ROOT / "target" / "endpoint-target")}
    cargo = ["cargo", "run", "--quiet", "--locked", "--package"]
    test = [
        "cargo",
        "test",
        "--quiet",
        "--locked",
        "--package",
        "xportcn-core",
        "--features",
        "docs",
        "--test",
        "catalogue",
    ]
    said = ""
    for command in ([SCRIPT, ID], [*cargo, "xportcn-codegen"], test, [*cargo, "xportcn-cli", "--", "demo"]):
        ended = subprocess.run(command, cwd=copy, capture_output=True, text=True, env=environment)
        said = ended.stdout + ended.stderr
        if ended.returncode:
            return [f"{' '.join(command)}: {said[-2000:]}"]
    return [] if re.search(rf"{re.escape(ID)}\b", said) else [f"the demonstration does not call it: {said[-2000:]}"]


def make(copy: pathlib.Path, id: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, copy / SCRIPT, id], capture_output=True, text=True)


def content(copy: pathlib.Path) -> Dict[str, str]:
    files = [path for path in copy.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {str(path.relative_to(copy)): path.read_text("utf-8") for path in sorted(files)}


if __name__ == "__main__":
    sys.exit(main())
