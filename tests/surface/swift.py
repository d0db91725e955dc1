"""What the Swift package shows, as the compiler's symbol graph of it tells."""

import json
import pathlib
import subprocess
import tempfile
from typing import Dict, Iterator, List

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SWIFT = ROOT / "packages" / "swift"
MODULE = "Xportcn"
# What a conformance brings along; the conformance is named.
BROUGHT = {"init(from:)", "encode(to:)", "hash(into:)", "hashValue", "==(_:_:)", "!=(_:_:)"}

# What the compiler gives every type, some versions of it and others not.
GIVEN = {"Copyable", "Escapable", "SendableMetatype"}


def surface(packed: bool) -> str:
    if not packed:
        subprocess.run([SWIFT / "test", "set-up"], cwd=ROOT, check=True)
    # The tests' build has the modules of the package; `debug` leads to a folder named after the compiler's own target.
    modules = (ROOT / "target" / "swift" / "tests" / "debug").resolve() / "Modules"
    headers = ROOT / "target" / "packages" / "swift" / "Sources" / "XportcnCoreFFI"
    with tempfile.TemporaryDirectory() as folder:
        extract = [SWIFT / "toolchain", "swift", "symbolgraph-extract", "-module-name", MODULE]
        extract += ["-target", modules.parent.parent.name, "-I", modules, "-I", headers]
        extract += ["-minimum-access-level", "public", "-skip-synthesized-members", "-output-dir", folder]
        subprocess.run(extract, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        graphs = [json.loads(file.read_text()) for file in sorted(pathlib.Path(folder).glob("*.symbols.json"))]
    return "\n".join(sorted({line for graph in graphs for line in lines(graph)})) + "\n"


def items(text: str) -> List[str]:
    return text.splitlines()


def lines(graph: dict) -> Iterator[str]:
    """Each symbol by its path, with its declaration and what it conforms to."""
    names = {symbol["identifier"]["precise"]: ".".join(symbol["pathComponents"]) for symbol in graph["symbols"]}
    parents: Dict[str, List[str]] = {}
    for tie in graph["relationships"]:
        if tie["kind"] in ("conformsTo", "inheritsFrom"):
            name = tie.get("targetFallback") or names.get(tie["target"], tie["target"])
            parents.setdefault(tie["source"], []).append(name.removeprefix("Swift."))
    for symbol in graph["symbols"]:
        if symbol["pathComponents"][-1] in BROUGHT:
            continue
        declaration = " ".join("".join(part["spelling"] for part in symbol["declarationFragments"]).split())
        # The declaration of a protocol has them already.
        has_parents = symbol["kind"]["identifier"] != "swift.protocol"
        above = ", ".join(sorted({*parents.get(symbol["identifier"]["precise"], [])} - GIVEN)) if has_parents else ""
        yield f"{names[symbol['identifier']['precise']]}: {declaration}" + (f": {above}" if above else "")
