#!/usr/bin/env python3
"""The explorer's samples of code, compiled and run: a call of every row by the code that the page shows for it.

    run.py rust          as a crate of its own, against this repository's
    run.py python        with the environment of packages/pip/test set-up
    run.py typescript    with the package of packages/npm/test set-up: checked by the compiler, then run

Each sample calls a sandbox, which takes every example; a call that is refused, or does not compile, has failed.
Prints "N passed, N failed". Needs the program of `python3 tests/crates.py programs`.
"""

import contextlib
import http.cookiejar
import json
import os
import pathlib
import re
import subprocess
import sys
import urllib.request
from typing import Dict, Iterator, List

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "target" / "samples"
PROGRAM = ROOT / "target" / "debug" / "xportcn"
EXAMPLES: Dict[str, object] = json.loads((ROOT / "tests" / "examples.json").read_text())["examples"]


def main() -> int:
    hosts = {"rust": rust, "python": python, "typescript": typescript}
    if len(sys.argv) != 2 or sys.argv[1] not in hosts:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    with explorer() as (url, environment):
        samples = fetch(url, sys.argv[1])
        failed = hosts[sys.argv[1]](samples, environment)
    for row, words in failed.items():
        print(f"FAILED {row}\n{words}")
    print(f"{len(samples) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


@contextlib.contextmanager
def explorer() -> Iterator[tuple]:
    """The page's address, and the environment that calls its sandbox."""
    process = subprocess.Popen(
        [PROGRAM, "explore", "--no-open"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        url = line(process.stdout, "open ")
        words = line(process.stderr, "  export ").split()
        yield url, {**os.environ, **dict(word.split("=", 1) for word in words), "NO_PROXY": "*"}
    finally:
        process.terminate()
        process.communicate()


def line(stream, start: str) -> str:
    return next(line for line in stream if line.startswith(start))[len(start) :].strip()


def fetch(url: str, language: str) -> Dict[str, str]:
    """The sample of every row."""
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)
    browser.open(url).read()
    place = url.split("/?")[0]
    samples = {}
    for row, params in EXAMPLES.items():
        body = json.dumps({"id": row, "params": params}).encode()
        request = urllib.request.Request(f"{place}/api/code", body, {"Origin": place})
        told = json.loads(browser.open(request).read())["samples"]
        samples[row] = next(sample["text"] for sample in told if sample["language"] == language)
    return samples


def rust(samples: Dict[str, str], environment: Dict[str, str]) -> Dict[str, str]:
    folder = WORK / "rust"
    modules, calls = [], []
    for row, text in samples.items():
        name = row.replace(".", "_")
        modules.append(f"mod {name} {{\n{text.replace('#[tokio::main]', 'pub')}}}\n".replace("pub\nasync", "pub async"))
        words = 'map_or("ok".to_string(), |error| error.to_string())'
        calls.append(f'    println!("row {row} {{}}", {name}::main().await.err().{words});\n')
    write(folder / "src" / "main.rs", f"{''.join(modules)}#[tokio::main]\nasync fn main() {{\n{''.join(calls)}}}\n")
    write(folder / "Cargo.toml", MANIFEST)
    write(folder / "Cargo.lock", (ROOT / "Cargo.lock").read_text())
    command = [
        "cargo",
        "run",
        "--quiet",
        "--manifest-path",
        str(folder / "Cargo.toml"),
        "--target-dir",
        str(ROOT / "target"),
    ]
    ended = run(command, environment)
    return told(samples, ended)


MANIFEST = """\
[package]
name = "xportcn-samples"
version = "0.0.0"
edition = "2024"

[dependencies]
serde_json = "1"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
xportcn = { path = "../../../packages/rust" }

[workspace]
"""


def python(samples: Dict[str, str], environment: Dict[str, str]) -> Dict[str, str]:
    folder = WORK / "python"
    for row, text in samples.items():
        write(folder / f"{row}.py", text)
    write(folder / "all", IN_PYTHON)
    interpreter = ROOT / "target" / "pip" / "venv" / "bin" / "python"
    return told(samples, run([str(interpreter), "all", *samples], environment, folder))


# One interpreter for all: it takes longer to start than to call.
IN_PYTHON = """\
import runpy, sys
for row in sys.argv[1:]:
    try:
        runpy.run_path(f"{row}.py")
        print("row", row, "ok")
    except BaseException as error:
        print("row", row, repr(error).replace("\\n", " "))
"""


def typescript(samples: Dict[str, str], environment: Dict[str, str]) -> Dict[str, str]:
    folder = ROOT / "target" / "npm" / "consumer" / "samples"
    files = [folder / f"{row}.mts" for row in samples]
    for file, text in zip(files, samples.values()):
        write(file, text)
        write(file.with_suffix(".mjs"), text)
    write(folder / "all.mjs", IN_JAVASCRIPT)
    failed = told(samples, run(["node", "all.mjs", *samples], environment, folder))
    flags = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "node"]
    checked = run(["npx", "tsc", *flags, *map(str, files)], environment, folder.parent)
    for fault in checked.stdout.splitlines():
        row = re.search(r"([a-z0-9_.]+)\.mts\(", fault)
        failed[row.group(1) if row else "tsc"] = fault
    return failed


IN_JAVASCRIPT = """\
for (const row of process.argv.slice(2)) {
  try {
    await import(`./${row}.mjs`);
    console.log("row", row, "ok");
  } catch (error) {
    console.log("row", row, String(error).replaceAll("\\n", " "));
  }
}
"""


def told(samples: Dict[str, str], ended: subprocess.CompletedProcess) -> Dict[str, str]:
    """The rows of which a run did not say that all went well, with what it said."""
    said = dict(re.findall(r"^row (\S+) (.*)$", ended.stdout, re.MULTILINE))
    return {row: said.get(row, ended.stderr[-4000:]) for row in samples if said.get(row) != "ok"}


def run(command: List[str], environment: Dict[str, str], folder: pathlib.Path = ROOT) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")


def write(path: pathlib.Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
