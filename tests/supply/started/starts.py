"""Starts what is built: each function takes a file and its target, and says what ran; it raises what went wrong."""

import atexit
import contextlib
import functools
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from typing import Iterator, List, Optional

from machines import HERE, HOST, LINUX, ROOT, WORK, NotHere, Target, Way, is_here, musl_program, way, zig
from runtimes import Runtime, java, packages, python
from targets import TARGETS

DEMO = re.compile(r"demo: (\d+) of \1 calls accepted")
# The catalogue has more.
LEAST_CALLS = 90
VERSION = re.compile(r"-(\d+\.\d+\.\d+)[-.]|_(\d+\.\d+\.\d+)_")


def archive(file: pathlib.Path, target: Target) -> str:
    with unpacked(file) as folder:
        [program] = folder.glob(f"*/{target.program}")
        return demo(way(target, is_static=target.libc == "musl"), [str(program)], file)


def debian(file: pathlib.Path, target: Target) -> str:
    with unpacked(file) as folder:
        return demo(way(target), [str(folder / "usr/bin/xportcn")], file)


def npm(file: pathlib.Path, target: Target) -> str:
    """On this machine by npm and npx, with what else is beside it; elsewhere the program alone."""
    if not is_this_machine(target):
        with unpacked(file) as folder:
            return demo(way(target, is_static=target.libc == "musl"), [str(folder / "package" / target.program)], file)
    [launcher] = [one for one in file.parent.glob("xportcn-cli-*.tgz") if re.match(r"xportcn-cli-\d", one.name)]
    with tempfile.TemporaryDirectory() as folder:
        here = Way("", [], {"npm_config_offline": "true"})
        pathlib.Path(folder, "package.json").write_text("{}")
        program = shutil.which("npm") or "npm"
        here.run([program, "install", "--omit=optional", "--no-audit", "--no-fund", str(file), str(launcher)], folder)
        return "npx, " + demo(here, [shutil.which("npx") or "npx", "--no-install", "xportcn-cli"], file, folder)


def sandbox_wheel(file: pathlib.Path, target: Target) -> str:
    """The program in the wheel; on this machine also as pip, uvx and pipx start it."""
    with unpacked(file) as folder:
        [program] = folder.glob(f"*.data/scripts/{target.program}")
        program.chmod(0o755)
        ran = demo(way(target, is_static=target.libc == "musl"), [str(program)], file)
    return f"{ran}{', uvx and pipx' if is_here(target) and by_tools(file) else ''}"


def by_tools(file: pathlib.Path) -> bool:
    """`uvx xportcn-cli demo` and `pipx run xportcn-cli demo`, from the folder of this file alone."""
    with tempfile.TemporaryDirectory() as folder:
        only = {"UV_CACHE_DIR": folder, "UV_OFFLINE": "1", "UV_NO_INDEX": "1", "UV_FIND_LINKS": str(file.parent)}
        only |= {"PIPX_HOME": folder, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(file.parent)}
        tools = str(pathlib.Path(sys.executable).parent)
        for name, *more in (["uvx"], ["pipx", "run", "--backend", "uv"]):
            demo(Way("", [], only), [str(shutil.which(name, path=tools)), *more, "xportcn-cli"], file)
    return True


def wheel(file: pathlib.Path, target: Target) -> str:
    """One call by the package; where a Python has no sockets, by its module."""
    runtime = python(target)
    with unpacked(file) as folder:
        if target.libc == "musl" and not is_here(target):
            return carried(runtime, [str(HERE / "call_core.py"), str(folder)])
        shutil.copytree(packages(target, "packages", runtime.version), folder, dirs_exist_ok=True)
        return called(runtime, ["-I", seen(runtime, HERE / "call.py"), seen(runtime, folder)])


def free_threaded(file: pathlib.Path, target: Target) -> str:
    """Calls in many threads, by the module alone: msgspec is not built for such a Python everywhere."""
    found = shutil.which("python3.14t")
    if not is_here(target) or found is None:
        raise NotHere(f"there is no free-threaded Python for {target.title}")
    with unpacked(file) as folder:
        return way(target).run([found, str(ROOT / "packages/pip/tests/free_threaded.py"), str(folder)])


def jar(file: pathlib.Path, target: Target) -> str:
    if target.libc == "musl" and not is_here(target):
        with unpacked(file) as folder:
            loader = str(musl_program(target, HERE / "load.c"))
            way(target).run([loader, str(folder / target.jar / target.library)])
        return "loaded and asked its version"
    runtime = java(target)
    classes = call_class(file)
    separator = ";" if target.system == "windows" else ":"
    places = [file, *sorted((WORK / "jars").glob("*.jar")), classes]
    path = separator.join(seen(runtime, place) for place in places)
    # What Wine 8 has no functions for is gone around.
    options = ["-DplainRandom=true", "-Djava.net.preferIPv4Stack=true"] if "Wine" in runtime.way.title else []
    return called(runtime, [*options, "-cp", path, "Call"])


def static(file: pathlib.Path, target: Target) -> str:
    """Linked with a program in C, which asks for its version."""
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder, "linked")
        triple = f"{LINUX[target.processor]}-linux-gnu"
        zig(
            triple,
            "-DLINKED",
            "-o",
            str(program),
            str(HERE / "load.c"),
            str(file),
            "-lunwind",
            "-lpthread",
            "-ldl",
            "-lm",
        )
        way(target).run([str(program)])
    return f"linked and asked its version {way(target).title}".strip()


def demo(way: Way, command: List[str], file: pathlib.Path, folder: Optional[str] = None) -> str:
    """The program's version, which is the file's, and each of its calls to its own sandbox."""
    said = way.run([*command, "--version"], folder).split()[-1]
    version = next(part for part in VERSION.search(file.name).groups() if part)
    assert said == version, f"it says that it is {said}"
    found = DEMO.search(way.run([*command, "demo"], folder))
    assert found and int(found[1]) >= LEAST_CALLS, "not every call of its demo is accepted"
    return f"{found[1]} calls {way.title}".strip()


def called(runtime: Runtime, command: List[str]) -> str:
    said = runtime.way.run([*runtime.command, *command, sandbox()]).split("\n")[-1]
    assert said.startswith("called CNY in "), said
    return f"a call in {said.removeprefix('called CNY in ')} {runtime.way.title}".strip()


def carried(runtime: Runtime, command: List[str]) -> str:
    """A call of a program that has no sockets."""
    started = subprocess.Popen(
        [*runtime.way.prefix, *runtime.command, *command, sandbox()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    line = started.stdout.readline()
    assert line.startswith("["), line + started.communicate()[0]
    method, url, headers, body = json.loads(line)
    request = urllib.request.Request(url, body.encode() or None, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        reply = [answer.status, answer.getheaders(), answer.read().decode()]
    said = started.communicate(json.dumps(reply) + "\n", timeout=60)[0].strip()
    assert said.startswith("called CNY in "), said
    return f"a call in {said.removeprefix('called CNY in ')} {runtime.way.title}"


@functools.lru_cache(maxsize=None)
def sandbox() -> str:
    """The address of a sandbox that lives as long as this program: that of this machine's own archive."""
    own = next(target for target in TARGETS if is_here(target))
    [file] = (ROOT / "target" / "packages" / "program").glob(f"xportcn-*-{own.name}.*z*")
    kept = contextlib.ExitStack()
    folder = kept.enter_context(unpacked(file))
    [program] = folder.glob(f"*/{own.program}")
    command = [program, "sandbox", "--port", "0"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    kept.callback(started.wait)
    kept.callback(started.kill)
    atexit.register(kept.close)
    return started.stdout.readline().split()[-1]


def seen(runtime: Runtime, path: pathlib.Path) -> str:
    """A path as a program sees it."""
    return f"Z:{path}".replace("/", "\\") if "Wine" in runtime.way.title else str(path)


@functools.lru_cache(maxsize=None)
def call_class(file: pathlib.Path) -> pathlib.Path:
    """Compiles Call.java for any Java, and gathers what the jar needs."""
    classes = WORK / "classes"
    pom = ROOT / "packages" / "kotlin" / "pom.xml"
    copy = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={WORK / 'jars'}"]
    maven = [shutil.which("mvn") or "mvn", "--quiet", "--batch-mode", "-Dstyle.color=never", "--file", str(pom)]
    subprocess.run([*maven, *copy], check=True)
    subprocess.run(["javac", "--release", "11", "-cp", file, "-d", classes, HERE / "Call.java"], check=True)
    return classes


def is_this_machine(target: Target) -> bool:
    """Whether it is started here as it is; what is for musl has all of it inside."""
    return (target.system, target.processor) == HOST


@contextlib.contextmanager
def unpacked(file: pathlib.Path) -> Iterator[pathlib.Path]:
    with tempfile.TemporaryDirectory() as folder:
        if file.suffix == ".deb":
            subprocess.run(["dpkg-deb", "--extract", file, folder], check=True)
        elif file.suffix in (".zip", ".whl", ".jar"):
            with zipfile.ZipFile(file) as packed:
                packed.extractall(folder)
        else:
            with tarfile.open(file) as packed:
                packed.extractall(folder, filter="data")
        for program in pathlib.Path(folder).glob("*/xportcn*"):
            if program.is_file():
                program.chmod(0o755)
        yield pathlib.Path(folder)
