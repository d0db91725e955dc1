#!/usr/bin/env python3
"""Formatters and linters of every language: a line for each, and what they say where something is wrong.

    run.py [--fix | --complete] [LANGUAGE ..]    rustfmt, rust, javascript, python, kotlin, swift, shell, workflows; all,
                                                 unless some are named

--fix lets the formatters write. --complete makes it an error where a language is left out, for Java, Swift or Go is not
there. Tools are installed under target/lint, at the versions that stand here and in the lock files beside this one.
"""

import concurrent.futures
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from typing import Callable, Dict, Iterator, List

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.append(str(ROOT / "tests" / "supply"))

from tools import python_tools  # noqa: E402

WORK = ROOT / "target" / "lint"
KTLINT = "1.8.0"
KTLINT_SHA256 = "369ad2b789f95a011f807e1fcb690ccef80bd7cd014fd139e73ae82dcc0baeab"
ACTIONLINT = "v1.7.12"
RUST = [
    [*"cargo clippy --quiet --locked --workspace --all-targets --all-features -- --deny warnings".split()],
    ["env", "RUSTDOCFLAGS=--deny warnings"]
    + ["cargo", "doc", "--quiet", "--locked", "--workspace", "--no-deps", "--all-features"],
]

# Three languages share what pip installs.
PIP = threading.Lock()


class Absent(Exception):
    """What a language's tools run on is not there."""


def main() -> int:
    options = {word for word in sys.argv[1:] if word.startswith("--")}
    wanted = [word for word in sys.argv[1:] if word not in options] or list(LANGUAGES)
    unknown = [word for word in wanted if word not in LANGUAGES] + sorted(options - {"--fix", "--complete"})
    if unknown:
        print(f"there is no {', '.join(unknown)}; there are {', '.join(LANGUAGES)}", file=sys.stderr)
        return 2
    WORK.mkdir(parents=True, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(max_workers=3) as pool:
        jobs = {pool.submit(check, name, "--fix" in options): name for name in wanted}
        wrong = 0
        for job in concurrent.futures.as_completed(jobs):
            try:
                wrong += job.result()
            except Absent as reason:
                print(f"{jobs[job]}: not checked: {reason}", flush=True)
                wrong += "--complete" in options
    return 1 if wrong else 0


def check(name: str, fix: bool) -> bool:
    """Runs a language's tools; whether one of them complains."""
    started = time.monotonic()
    said = []
    for command in LANGUAGES[name](fix):
        ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if ended.returncode:
            said.append(ended.stdout.strip() or f"{command[0]} failed without a word")
    verdict = "FAILED" if said else "ok"
    print("\n".join([f"{name}: {verdict} ({time.monotonic() - started:.0f} s)", *said]), flush=True)
    return bool(said)


def rustfmt(fix: bool) -> List[List[str]]:
    workspaces = [["--all"], ["--manifest-path", "tests/fuzz/Cargo.toml"]]
    return [["cargo", "fmt", *workspace, *([] if fix else ["--check"])] for workspace in workspaces]


def rust(fix: bool) -> List[List[str]]:
    return [] if fix else RUST


def javascript(fix: bool) -> List[List[str]]:
    biome = [str(installed_by_npm() / "biome"), "check", "--error-on-warnings"]
    return [[*biome, *(["--write"] if fix else []), *files(".js", ".mjs", ".ts", ".tsx", ".css")]]


def python(fix: bool) -> List[List[str]]:
    ruff = str(installed_by_pip("ruff"))
    scripts = [*files(".py"), *programs("python3")]
    return [
        [ruff, "format", "--quiet", "--force-exclude", *([] if fix else ["--diff"]), *scripts],
        [ruff, "check", "--quiet", "--force-exclude", *(["--fix"] if fix else []), *scripts],
    ]


def kotlin(fix: bool) -> List[List[str]]:
    if not shutil.which("java"):
        raise Absent("there is no Java here; `make test-kotlin` installs it")
    jar = WORK / f"ktlint-{KTLINT}.jar"
    if not jar.exists():
        fetch_ktlint(jar)
    quiet = "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"
    return [["java", quiet, "-jar", str(jar), *(["--format"] if fix else []), "--relative", *files(".kt")]]


def swift(fix: bool) -> List[List[str]]:
    toolchain = "packages/swift/toolchain"
    if subprocess.run([toolchain, "--is-there"], cwd=ROOT).returncode:
        raise Absent("there is no Swift here; `make test-swift` installs it")
    mode = ["format", "--in-place"] if fix else ["lint", "--strict"]
    configuration = str(ROOT / ".swift-format")
    return [[toolchain, "swift", "format", *mode, "--parallel", "--configuration", configuration, *files(".swift")]]


def shell(fix: bool) -> List[List[str]]:
    return [] if fix else [[str(installed_by_pip("shellcheck")), "--external-sources", *programs("bash", "sh")]]


def workflows(fix: bool) -> List[List[str]]:
    if fix or not (ROOT / ".github" / "workflows").exists():
        return []
    program = WORK / ACTIONLINT / "actionlint"
    if not program.exists():
        if not shutil.which("go"):
            raise Absent("there is no Go here, which builds actionlint")
        module = f"github.com/rhysd/actionlint/cmd/actionlint@{ACTIONLINT}"
        subprocess.run(["go", "install", module], check=True, env={**os.environ, "GOBIN": str(program.parent)})
    return [
        [str(program), f"-shellcheck={installed_by_pip('shellcheck')}", "-pyflakes="],
        # Without what it would ask the forge.
        [str(installed_by_pip("zizmor")), "--offline", "--quiet", "--no-progress", ".github/workflows"],
    ]


LANGUAGES: Dict[str, Callable[[bool], List[List[str]]]] = {
    "rust": rust,
    "rustfmt": rustfmt,
    "kotlin": kotlin,
    "javascript": javascript,
    "python": python,
    "swift": swift,
    "shell": shell,
    "workflows": workflows,
}


def files(*suffixes: str) -> List[str]:
    """What people write: the rest is stamped `@generated` at its top."""
    return [name for name in tracked() if name.endswith(suffixes) and "@generated" not in top(name)]


def programs(*interpreters: str) -> List[str]:
    """Programs without a suffix, by what they run on."""
    lines = [f"#!/usr/bin/env {interpreter}\n" for interpreter in interpreters]
    return [name for name in tracked() if "." not in pathlib.Path(name).name and top(name).startswith(tuple(lines))]


def tracked() -> Iterator[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return (name for name in listed if (ROOT / name).is_file())


def top(name: str) -> str:
    with (ROOT / name).open("rb") as file:
        return file.read(200).decode("utf-8", "replace")


def installed_by_pip(program: str) -> pathlib.Path:
    with PIP:
        return python_tools("lint", HERE / "requirements.txt").with_name(program)


def installed_by_npm() -> pathlib.Path:
    folder, lock = WORK / "node", HERE / "package-lock.json"
    installed = folder / "installed.json"
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        folder.mkdir(exist_ok=True)
        shutil.copy(HERE / "package.json", folder)
        shutil.copy(lock, folder)
        npm = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*npm, "--prefix", folder], check=True)
        shutil.copy(lock, installed)
    return folder / "node_modules" / ".bin"


def fetch_ktlint(jar: pathlib.Path) -> None:
    name = f"ktlint-cli-{KTLINT}-all.jar"
    address = f"https://repo1.maven.org/maven2/com/pinterest/ktlint/ktlint-cli/{KTLINT}/{name}"
    content = urllib.request.urlopen(address, timeout=300).read()
    if hashlib.sha256(content).hexdigest() != KTLINT_SHA256:
        sys.exit(f"{address} is not the file that it was")
    partial = jar.with_suffix(f".{os.getpid()}")
    partial.write_bytes(content)
    partial.rename(jar)


if __name__ == "__main__":
    sys.exit(main())
