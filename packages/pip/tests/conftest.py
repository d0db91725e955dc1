"""What the tests share: the project's files, and sandboxes with faults."""

import base64
import json
import pathlib
import urllib.request
from typing import Any, Callable, Dict, Iterator, List

import pytest

import xportcn
from xportcn import pytest_plugin

ROOT = pathlib.Path(__file__).resolve().parents[3]


def vectors(name: str) -> Dict[str, Any]:
    return json.loads((ROOT / "tests" / "vectors" / f"{name}.json").read_text(encoding="utf-8"))


def made(recipe: Any) -> bytes:
    """What a recipe of the vectors stands for."""
    if isinstance(recipe, str):
        return recipe.encode()
    if "join" in recipe:
        return b"".join(made(part) for part in recipe["join"])
    if "repeat" in recipe:
        return recipe["repeat"].encode() * recipe["times"]
    return base64.b64decode(recipe["base64"])


def examples() -> Dict[str, Any]:
    """A request of every row that the sandbox accepts."""
    return json.loads((ROOT / "tests" / "examples.json").read_text(encoding="utf-8"))["examples"]


def told(url: str, path: str) -> Any:
    with urllib.request.urlopen(f"{url}/sandbox/{path}") as answer:
        return json.load(answer)


@pytest.fixture
def sandbox_with() -> Iterator[Callable[..., pytest_plugin.Sandbox]]:
    """Starts sandboxes with arguments of the program."""
    processes: List[Any] = []

    def begin(*arguments: str) -> pytest_plugin.Sandbox:
        process = pytest_plugin.start(*arguments)
        processes.append(process)
        return pytest_plugin.Sandbox(process.stdout.readline().split()[-1])

    yield begin
    for process in processes:
        process.terminate()
        process.wait(10)


@pytest.fixture
def client(xportcn_sandbox: pytest_plugin.Sandbox) -> Iterator[xportcn.Client]:
    with xportcn_sandbox.client() as client:
        yield client
