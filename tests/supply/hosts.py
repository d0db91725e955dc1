"""What packages need of their hosts' own registries, as CycloneDX has it."""

import base64
import json
import pathlib
import subprocess
import tempfile
from typing import Dict, List, NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CYCLONEDX_MAVEN = "org.cyclonedx:cyclonedx-maven-plugin:2.9.1"


class Needs(NamedTuple):
    components: List[dict]
    # Of the components, those that the package itself names.
    direct: List[str]
    # Which needs which of the others.
    dependencies: List[dict]


def nothing() -> Needs:
    return Needs([], [], [])


def npm() -> Needs:
    """What npm installs along with the package: whatever its lock file does not name as a tool."""
    lock = json.loads((ROOT / "packages/npm/package-lock.json").read_text(encoding="utf-8"))
    found = []
    for place, package in lock["packages"].items():
        if not place or package.get("dev"):
            continue
        name = place.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"
        digest = base64.b64decode(package["integrity"].removeprefix("sha512-")).hex()
        found.append(
            {
                "type": "library",
                "bom-ref": purl,
                "name": name,
                "version": package["version"],
                "scope": "optional" if package.get("optional") or package.get("peer") else "required",
                "hashes": [{"alg": "SHA-512", "content": digest}],
                "purl": purl,
            }
        )
    return Needs(found, [component["bom-ref"] for component in found], [])


def maven() -> Needs:
    """What Maven puts beside the jar, as its plugin for CycloneDX tells it."""
    run = ["mvn", "--quiet", "--batch-mode", "--file", ROOT / "packages/kotlin/pom.xml", f"{CYCLONEDX_MAVEN}:makeBom"]
    run += ["-DschemaVersion=1.5", "-DoutputFormat=json", "-DoutputName=maven", "-DincludeTestScope=false"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*run, f"-DoutputDirectory={folder}"], check=True, stdout=subprocess.DEVNULL)
        bill = json.loads(pathlib.Path(folder, "maven.json").read_text(encoding="utf-8"))
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    direct = needs.pop(bill["metadata"]["component"]["bom-ref"])
    components = {component["bom-ref"]: component for component in bill["components"]}
    # The plugin takes what an optional one needs for required.
    required = reachable(needs, [ref for ref in direct if components[ref]["scope"] == "required"])
    for ref, component in components.items():
        component["scope"] = "required" if ref in required else "optional"
    return Needs(bill["components"], direct, [{"ref": ref, "dependsOn": needs[ref]} for ref in sorted(needs)])


def reachable(needs: Dict[str, List[str]], refs: List[str]) -> set:
    found: set = set()
    while refs:
        found.update(refs)
        refs = [ref for one in refs for ref in needs.get(one, []) if ref not in found]
    return found
