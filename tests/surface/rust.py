"""The public items of the crates, as rustdoc knows them."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from typing import List

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CRATES = ("xportcn-core", "xportcn")
# What the crate public-api reads, in the version that rust/Cargo.toml names, and a compiler whose rustdoc writes it.
FORMAT = 57
COMPILER = "1.95.0"
# rustdoc's JSON is no stable feature.
ENVIRONMENT = {**os.environ, "RUSTC_BOOTSTRAP": "1"}
PATH = re.compile(r"\bxportcn_core(?:::\w+)+")
DECLARED = re.compile(rf"(?:#\[\w+\] )?pub (?:\w+ )*({PATH.pattern})")
JSON = ["-Z", "unstable-options", "--output-format", "json"]


def surface(packed: bool) -> str:
    """Crates are packed as sources: what stands here is what is packed."""
    cargo = ["cargo", *compiler()]
    # A folder of its own, so as to wait for no other part of the tests.
    target = ROOT / "target" / "surface" / "rust"
    chosen = ["--quiet", "--locked", "--target-dir", str(target), "--package"]
    subprocess.run([*cargo, "build", *chosen, "xportcn-surface"], cwd=ROOT, env=ENVIRONMENT, check=True)
    lines: List[str] = []
    for crate in CRATES:
        rustdoc = [*cargo, "rustdoc", *chosen, crate, "--lib", "--all-features", "--", *JSON, "--cap-lints", "allow"]
        subprocess.run(rustdoc, cwd=ROOT, env=ENVIRONMENT, check=True)
        written = target / "doc" / f"{crate.replace('-', '_')}.json"
        lines += subprocess.run(
            [target / "debug" / "xportcn-surface", written], capture_output=True, text=True, check=True
        ).stdout.splitlines()
    return "\n".join(by_public_paths(lines)) + "\n"


def by_public_paths(lines: List[str]) -> List[str]:
    """rustdoc names another crate's item after the module that it stands in, private or not: here it has its public name."""
    public = {found[1] for found in map(DECLARED.match, lines) if found}

    def name(found: re.Match) -> str:
        path = found[0]
        ending = path.rpartition("::")[2]
        named = [other for other in public if other.rpartition("::")[2] == ending] if path not in public else []
        return min(named, key=lambda other: (len(other), other), default=path)

    return [PATH.sub(name, line) for line in lines]


def items(text: str) -> List[str]:
    return text.splitlines()


def compiler() -> List[str]:
    """Nothing where the compiler at hand writes that format; else the word that makes cargo take the one that does."""
    found = format_of([])
    if found == FORMAT:
        return []
    chosen = [f"+{COMPILER}"]
    print(f"rust: this compiler writes format {found} of rustdoc's JSON, so {COMPILER} is taken, which writes {FORMAT}")
    if format_of(chosen) != FORMAT:
        install = ["rustup", "toolchain", "install", COMPILER, "--profile", "minimal"]
        if subprocess.run(install, stdout=subprocess.DEVNULL).returncode:
            sys.exit(f"rust: `{' '.join(install)}` failed, and nothing else here writes format {FORMAT}")
    return chosen


def format_of(toolchain: List[str]) -> int:
    """The format that a compiler writes; 0 where there is no such compiler."""
    with tempfile.TemporaryDirectory() as folder:
        empty = pathlib.Path(folder, "empty.rs")
        empty.touch()
        command = ["rustdoc", *toolchain, str(empty), *JSON, "--crate-type", "lib", "--out-dir", folder]
        try:
            if subprocess.run(command, env=ENVIRONMENT, capture_output=True).returncode:
                return 0
        except FileNotFoundError:
            return 0
        return json.loads(pathlib.Path(folder, "empty.json").read_text())["format_version"]
