"""What a crate is made of, as cargo-cyclonedx tells it."""

import functools
import json
import os
import pathlib
import re
import subprocess
from typing import Dict, List, Tuple

from tools import cargo_tool

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CARGO_CYCLONEDX = "0.5.9"
NAME = "target-sbom"


def crate_bill(crate: str, targets: Tuple[str, ...]) -> dict:
    """The bill of the crate in this folder, with what any of the targets needs."""
    bills = [compiled(workspace_bills(target)[crate], target) for target in targets]
    bill = json.loads(json.dumps(bills[0]))
    components = {one["bom-ref"]: one for other in bills for one in other["components"]}
    needs: Dict[str, set] = {}
    for other in bills:
        for one in other["dependencies"]:
            needs.setdefault(one["ref"], set()).update(one.get("dependsOn", []))
    bill["metadata"]["properties"] = [one for other in bills for one in other["metadata"].get("properties", [])]
    bill["components"] = [components[ref] for ref in sorted(components)]
    bill["dependencies"] = [{"ref": ref, "dependsOn": sorted(needs[ref])} for ref in sorted(needs)]
    return bill


def compiled(bill: dict, target: str) -> dict:
    """The bill without what only other crates of the workspace need: the tool gives a crate their features of shared ones."""
    own = bill["metadata"]["component"]
    tree = ["cargo", "tree", "--locked", "--package", own["name"], "--target", target, "--edges", "normal,build"]
    tree += ["--prefix", "none", "--format", "{p}"]
    lines = subprocess.run(tree, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    names = {tuple(line.split()[:2]) for line in lines if line}
    components = [one for one in bill["components"] if (one["name"], f"v{one['version']}") in names]
    refs = {own["bom-ref"], *(one["bom-ref"] for one in components)}
    needs = [
        {"ref": one["ref"], "dependsOn": [ref for ref in one.get("dependsOn", []) if ref in refs]}
        for one in bill["dependencies"]
        if one["ref"] in refs
    ]
    return {**bill, "components": components, "dependencies": needs}


@functools.lru_cache(maxsize=None)
def workspace_bills(target: str) -> Dict[str, dict]:
    """The bills of all crates of the workspace by their folders."""
    run = [cargo_tool("cargo-cyclonedx", CARGO_CYCLONEDX), "cyclonedx", "--format", "json", "--spec-version", "1.5"]
    run += ["--all", "--quiet", "--target", target, "--override-filename", NAME]
    # The tool's time and number would differ each time.
    when = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True)
    subprocess.run(run, cwd=ROOT, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": when.stdout.strip()})
    bills = {}
    for crate in crates():
        written = crate / f"{NAME}.json"
        # The tool names crates by where they stand on this machine.
        text = written.read_text(encoding="utf-8").replace(f"path+file://{ROOT}", "path+file://")
        text = re.sub(r'\?download_url=file://[^"#]*', "", text)
        written.unlink()
        bills[str(crate.relative_to(ROOT))] = json.loads(text)
    return bills


def crates() -> List[pathlib.Path]:
    command = ["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    return [pathlib.Path(package["manifest_path"]).parent for package in metadata["packages"]]
