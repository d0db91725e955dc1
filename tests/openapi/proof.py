"""What the proofs of the OpenAPI document have in common: how they run programs, and where the platform is."""

import hashlib
import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DOCUMENT = ROOT / "core" / "openapi.json"
WORK = ROOT / "target" / "openapi"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PROGRAM = TARGET / "debug" / "xportcn"
# The example of a call that changes nothing, and of one whose page shows the signature in the query string.
CALLS = ["taobao.after_sale.render", "warehouse.estimate_freight"]
VENV = WORK / "venv"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}


class Failed(Exception):
    """A proof that failed, and why."""


def run(proofs):
    """Runs proofs, one line for each, and the sum at the end; the exit code."""
    results = [prove(proof) for proof in proofs]
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


def prove(proof):
    """Runs one proof and prints its line."""
    name, started = proof.__doc__.split(":")[0], time.monotonic()
    try:
        said, passed = proof(), True
    except Failed as failure:
        said, passed = f"FAILED\n{failure}", False
    print(f"{name}: {said} ({time.monotonic() - started:.0f} s)", flush=True)
    return passed


class Sandbox:
    """The platform on this machine."""

    def __enter__(self):
        command = [PROGRAM, "sandbox", "--port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        line = self.process.stdout.readline().decode()
        if not line.startswith("listening on "):
            self.__exit__()
            raise Failed("the sandbox did not start")
        return line.removeprefix("listening on ").strip()

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)


def operations(document=None):
    """Every operation of the document: its path, method and description, by its id."""
    document = document or json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return {
        operation["operationId"]: (path, method, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def install_python():
    """Python's tools, unless they are there at these versions."""
    once(VENV / "installed", "requirements.lock", make_environment)


def make_environment():
    """An environment with Python's tools."""
    call([sys.executable, "-m", "venv", "--clear", str(VENV)])
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    call([*pip, "--require-hashes", "--requirement", str(HERE / "requirements.lock")])


def once(mark, list_of_versions, action):
    """Does it, unless the mark tells that it was done for this list."""
    wanted = hashlib.sha256((HERE / list_of_versions).read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return
    action()
    mark.write_text(wanted, encoding="utf-8")


def call(command, cwd=WORK, settings=None, check=True):
    """Runs a program, and fails with the end of what it said."""
    environment = {**os.environ, **QUIET, "PYTHONDONTWRITEBYTECODE": "1", **(settings or {})}
    ended = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if check and ended.returncode:
        raise Failed(tail(ended))
    return ended


def tail(ended):
    """The end of what a program said."""
    return "\n".join((ended.stdout + ended.stderr).splitlines()[-60:])
