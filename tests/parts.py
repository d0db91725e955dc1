"""The parts of the test suite."""

import sys
from typing import Dict, List, NamedTuple, Tuple

# What a part does with the machine. Lanes run side by side: installing waits for the network, and tests wait for their
# servers and clocks. The other two have only the time that tests leave, so that no test that measures time waits for a
# compiler, and no two such tests run at once.
INSTALLS, BUILDS, TESTS = "installs", "builds", "tests"
# How many parts of a lane run at once. A linker or a compiler's last step uses one processor only.
LANES = {INSTALLS: 3, BUILDS: 2, TESTS: 1}


class Part(NamedTuple):
    # Without "N passed, N failed" in what it prints, it counts as one test.
    name: str
    command: List[str]
    lane: str = TESTS
    # Parts that must have passed.
    after: Tuple[str, ...] = ()


CARGO = ["cargo", "test", "--quiet", "--locked", "--no-fail-fast"]
CRATES = [sys.executable, "tests/crates.py"]
CONFORMANCE = [sys.executable, "tests/conformance/run.py"]
PYTHON = ["target/pip/venv/bin/python", "packages/pip/tests/host.py"]
FEWER = ["--reads", "500", "--writes", "100"]
# The groups in which it matters how calls are made.
ASYNC = [
    "--only",
    "rows,items,pages,settings,cookies,errors,cancel,recovery,waits,clocks,reads,writes,hostile,certainty,refusals,restart",
    *FEWER,
]
# What tells most in the least time, for further ways of a host.
SHORT = "rows,items,errors,settings,pages,recovery"
LONG = ",".join(name for name in ASYNC[1].split(",") if name not in SHORT.split(","))
# The ways in which Kotlin's package is used beside the usual: the other door to the core, another language, another transport.
KOTLIN_WAYS = {"by JNA": "--jna", "from Java": "--java", "with Ktor": "--ktor"}
RUNTIMES = ["Node", "Bun", "Deno", "workerd", "Chromium"]
SAMPLES = [sys.executable, "tests/samples/run.py"]
SURFACE = [sys.executable, "tests/surface/run.py", "--packed"]
CORE = ["--package", "xportcn-core", "--package", "xportcn-derive", "--features", "xportcn-core/charsets"]
CLIPPY = [*"cargo clippy --quiet --locked --workspace --all-targets --all-features".split()]
FUZZERS = [*"cargo check --quiet --locked --manifest-path tests/fuzz/Cargo.toml".split()]
DOCS = ["--package", "xportcn-core", "--features", "docs", "--lib", "--test", "catalogue"]


def kotlin_way(way: str, groups: str, more: str = "") -> Part:
    """The conformance of Kotlin's package as it is used in another way."""
    name = f"kotlin-{way.split()[-1].lower()}"
    command = [*CONFORMANCE, name, "--only", groups, *FEWER, "--", "packages/kotlin/host", KOTLIN_WAYS[way]]
    return Part(f"conformance of Kotlin {way}{more}", command, after=("kotlin set-up",))


PROGRAMS = Part("programs", [*CRATES, "programs"], BUILDS)
RUST = [
    Part("vectors", [sys.executable, "tests/vectors/make.py", "--check"]),
    Part("manifests", [sys.executable, "tests/supply/manifests.py"]),
    Part("machines", [sys.executable, "tests/supply/table.py"]),
    Part("packages of the program", [sys.executable, "tests/supply/program.py"]),
    Part("system packages", [sys.executable, "tests/supply/system_packages.py"]),
    Part("new endpoint", [sys.executable, "tests/endpoint/run.py"]),
    Part("reliability", [sys.executable, "tests/reliability/run.py"]),
    Part("features", [sys.executable, "tests/features/run.py"]),
    Part("performance", [sys.executable, "tests/bench/document.py", "--check"]),
    Part("comparison of public items", [sys.executable, "tests/surface/test.py"]),
    Part("releases", [sys.executable, "tests/release/test.py"]),
    Part("reports", [sys.executable, "tests/evidence/test.py"]),
    Part("crates", [*CRATES, "build"], BUILDS),
    Part("size", [sys.executable, "tests/size/run.py"], BUILDS),
    Part("public items of Rust", [*SURFACE, "rust"], BUILDS, after=("crates",)),
    Part("core", [*CARGO, *CORE], BUILDS),
    # They are a workspace of their own, which nothing else compiles.
    Part("fuzzers compile", [*FUZZERS, "--target-dir", "target"], BUILDS, after=("crates",)),
    Part("core with docs", [*CARGO, *DOCS], BUILDS),
    Part("examples of the crates", [*CRATES, "examples"], BUILDS, after=("crates",)),
    Part("generated files", ["target/debug/xportcn-codegen", "--check"], after=("crates",)),
    Part("code generator", [*CRATES, "run", "xportcn-codegen"], after=("crates",)),
    Part("sandbox", [*CRATES, "run", "xportcn-sandbox"], after=("crates",)),
    Part("client", [*CRATES, "run", "xportcn"], after=("crates",)),
    Part("journal", [*CRATES, "run", "xportcn-journal"], after=("crates",)),
    Part("explorer", [*CRATES, "run", "xportcn-explorer"], after=("crates",)),
    Part("command line", [*CRATES, "run", "xportcn-cli"], after=("crates",)),
    Part("limits of agents", [*CRATES, "run", "xportcn-mcp"], after=("crates",)),
    Part("judge of faulted writes", [*CRATES, "run", "xportcn-certainty"], after=("crates",)),
    Part(
        "faulted writes", ["target/debug/xportcn-certainty", "--writes", "1500", "--together", "200"], after=("crates",)
    ),
    Part("transcript of confirm", [sys.executable, "tests/evidence/transcript.py", "--check"], after=("crates",)),
    Part("samples in Rust", [*SAMPLES, "rust"], BUILDS, after=("crates",)),
    Part("conformance of Rust", [*CONFORMANCE, "rust", "--", "target/debug/xportcn-conformance"], after=("crates",)),
]
PIP = [
    Part("pip set-up", ["packages/pip/test", "set-up"], BUILDS, after=("programs",)),
    Part("public items of Python", [*SURFACE, "python"], BUILDS, after=("pip set-up",)),
    Part("pip", ["packages/pip/test", "run"], after=("pip set-up",)),
    Part("samples in Python", [*SAMPLES, "python"], after=("pip set-up",)),
    Part("conformance of Python", [*CONFORMANCE, "python", "--", *PYTHON], after=("pip set-up",)),
    Part(
        "conformance of Python async",
        [*CONFORMANCE, "python-async", *ASYNC, "--", *PYTHON, "--async"],
        after=("pip set-up",),
    ),
]
NPM = [
    Part("npm tools", ["packages/npm/test", "install"], INSTALLS),
    Part("npm set-up", ["packages/npm/test", "set-up"], BUILDS, after=("npm tools", "programs")),
    Part("public items of TypeScript", [*SURFACE, "typescript"], BUILDS, after=("npm set-up",)),
    Part("npm", ["packages/npm/test", "run"], after=("npm set-up",)),
    Part("samples in TypeScript", [*SAMPLES, "typescript"], after=("npm set-up",)),
    Part("npm in Express and Hono", ["packages/npm/tests/servers/run"], after=("npm set-up",)),
    *[Part(f"npm in {host}", ["packages/npm/tests/conform", host], after=("npm set-up",)) for host in RUNTIMES],
]
KOTLIN = [
    Part("kotlin tools", ["packages/kotlin/tools"], INSTALLS),
    Part("kotlin set-up", ["packages/kotlin/test", "set-up"], BUILDS, after=("kotlin tools", "programs")),
    Part("kotlin consumer", ["packages/kotlin/test", "consumer"], BUILDS, after=("kotlin set-up",)),
    Part("kotlin in Ktor and Spring", ["packages/kotlin/servers/run"], BUILDS, after=("kotlin set-up",)),
    Part("public items of Kotlin", [*SURFACE, "kotlin"], BUILDS, after=("kotlin set-up",)),
    Part("kotlin", ["packages/kotlin/test", "run"], after=("kotlin set-up",)),
    Part(
        "conformance of Kotlin",
        [*CONFORMANCE, "kotlin", *FEWER, "--", "packages/kotlin/host"],
        after=("kotlin set-up",),
    ),
    Part(
        "conformance of Kotlin with OkHttp",
        [*CONFORMANCE, "kotlin-okhttp", *ASYNC, "--", "packages/kotlin/host", "--okhttp"],
        after=("kotlin set-up",),
    ),
]
KOTLIN += [kotlin_way(way, SHORT) for way in KOTLIN_WAYS if way != "with Ktor"]
# What a call is made of does not depend on what carries it.
KOTLIN += [kotlin_way("with Ktor", SHORT.replace("rows,", ""))]
SWIFT = [
    Part("swift tools", ["packages/swift/toolchain", "true"], INSTALLS),
    Part("swift set-up", ["packages/swift/test", "set-up"], BUILDS, after=("swift tools", "programs")),
    Part("swift consumer", ["packages/swift/test", "consumer"], BUILDS, after=("swift set-up",)),
    Part("public items of Swift", [*SURFACE, "swift"], BUILDS, after=("swift set-up",)),
    Part("swift", ["packages/swift/test", "run"], after=("swift set-up",)),
    Part(
        "conformance of Swift",
        [*CONFORMANCE, "swift", *FEWER, "--", "packages/swift/conformance"],
        after=("swift set-up",),
    ),
]
EXPLORER = [
    Part("explorer page tools", ["packages/explorer/test", "install"], INSTALLS),
    Part(
        "explorer page set-up", ["packages/explorer/test", "set-up"], BUILDS, after=("explorer page tools", "programs")
    ),
    Part("explorer page", ["packages/explorer/test", "run"], after=("explorer page set-up",)),
]
SITE = [
    Part("site tools", ["tests/site/run", "--tools"], INSTALLS),
    Part("site set-up", ["docs/site/build"], BUILDS, after=("site tools",)),
    Part("site", ["tests/site/run"], after=("site set-up", "programs")),
]
MCP = [
    Part("agents' clients", ["packages/mcp/test", "set-up"], INSTALLS),
    Part("agents", ["packages/mcp/test", "run"], after=("agents' clients", "programs")),
]
NEEDS_CARGO = ("crates", "core", "client", "journal", "command line", "sandbox", "explorer")
# What needs nothing but cargo and Python, for systems that no host's set-up knows.
ELSEWHERE = [part for part in RUST if part.name in NEEDS_CARGO]
# The loop of every change.
CHECK = [
    Part("format", [sys.executable, "tests/lint/run.py", "rustfmt", "javascript", "python", "shell"]),
    Part("vectors", [sys.executable, "tests/vectors/make.py", "--check"]),
    Part("clippy", [*CLIPPY, "--", "--deny", "warnings"], BUILDS),
    Part("core", [*CARGO, *CORE], BUILDS),
    Part(
        "generated files",
        ["cargo", "run", "--quiet", "--locked", "--package", "xportcn-codegen", "--", "--check"],
        BUILDS,
    ),
]
# Writes of each host through a hostile proxy: 100,000 in all.
WRITES = {
    "conformance of Rust": 20000,
    "conformance of Python": 12000,
    "conformance of Python async": 12000,
    "npm in Node": 12000,
    "npm in Bun": 8000,
    "npm in Deno": 8000,
    "npm in workerd": 2000,
    "npm in Chromium": 4000,
    "conformance of Kotlin": 10000,
    "conformance of Kotlin with OkHttp": 6000,
    "conformance of Swift": 6000,
}


def hostile(part: Part) -> Part:
    """The part of a host's conformance that writes through a hostile proxy, with more writes than it has there."""
    command = part.command[: part.command.index("--")] if "--" in part.command else part.command
    only = ["--only", "hostile", "--hostile", str(WRITES[part.name])]
    after = ("programs",) if part.after == ("crates",) else part.after
    return Part(f"{part.name}, hostile", [*command, *only, *part.command[len(command) :]], after=after)


def certain(part: Part) -> Part:
    """The part of a host's conformance that sees faulted writes to their ends, with 10,000 of them."""
    command = part.command[: part.command.index("--")] if "--" in part.command else part.command
    only = ["--only", "certainty", "--certainty", "10000"]
    after = ("programs",) if part.after == ("crates",) else part.after
    return Part(f"{part.name}, certainty", [*command, *only, *part.command[len(command) :]], after=after)


def hosts() -> List[Part]:
    """What the hosts need, their writes through a hostile proxy, and those that they see to their ends."""
    parts = [part for group in (RUST, PIP, NPM, KOTLIN, SWIFT) for part in group]
    writes = [hostile(part) for part in parts if part.name in WRITES]
    tools = [part for part in parts if part.name.endswith((" tools", " set-up"))]
    # Rust makes a million by a program of its own.
    ends = [certain(part) for part in parts if part.name in WRITES and part.name != "conformance of Rust"]
    return [*tools, *writes, *ends]


CERTAINTY = ["--package", "xportcn-certainty"]
REPORT = ["--report", "target/certainty/report.json"]
# What takes long and breaks rarely.
PROOF = [
    Part("faulted writes, compiled", ["cargo", "build", "--release", "--quiet", "--locked", *CERTAINTY], BUILDS),
    Part(
        "a million faulted writes",
        ["target/release/xportcn-certainty", "--writes", "1000000", *REPORT],
        after=("faulted writes, compiled",),
    ),
    *hosts(),
    Part("kotlin 2.0 consumer", ["packages/kotlin/consumer/run", "kotlin"], BUILDS, after=("kotlin set-up",)),
    *[kotlin_way(way, LONG, ", at length") for way in KOTLIN_WAYS],
    Part("pip proof", ["packages/pip/test", "proof"], BUILDS, after=("pip set-up",)),
    *NPM[:2],
    Part("clients that generators write", ["tests/openapi/generators/run"], after=("programs",)),
    Part("npm within frameworks", ["packages/npm/tests/frameworks/run"], after=("npm set-up",)),
    Part("new endpoint, compiled and called", [sys.executable, "tests/endpoint/run.py", "--whole"], BUILDS),
    Part("a newcomer's first call", [sys.executable, "tests/newcomer/run.py"], BUILDS),
    Part("agents' clients", ["packages/mcp/test", "set-up"], INSTALLS),
    Part("agents, at random and at length", ["packages/mcp/test", "proof"], after=("agents' clients", "programs")),
    Part("audit", [sys.executable, "tests/supply/audit.py"], INSTALLS),
]
HOSTS: Dict[str, List[Part]] = {
    "rust": RUST,
    "pip": PIP,
    "npm": NPM,
    "kotlin": KOTLIN,
    "swift": SWIFT,
    "site": SITE,
    "explorer": EXPLORER,
    "mcp": MCP,
}
GROUPS: Dict[str, List[Part]] = {**HOSTS, "check": CHECK, "elsewhere": ELSEWHERE, "proof": PROOF}


def chosen(groups: List[str]) -> List[Part]:
    """The parts of some groups, in the order in which a lane takes them."""
    parts = {part.name: part for group in groups for part in GROUPS[group]}
    if any("programs" in part.after for part in parts.values()):
        # The crates' tests bring the programs along.
        after = ("crates",) if "crates" in parts else ()
        parts = {"programs": PROGRAMS._replace(after=after), **parts}
    # What nothing waits for is built last.
    needed = {name for part in parts.values() for name in part.after}
    return sorted(parts.values(), key=lambda part: part.lane == BUILDS and part.name not in needed)
