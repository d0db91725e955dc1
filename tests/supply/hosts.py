"""What packages need of their hosts' own registries, as CycloneDX components."""

import base64
import json
import pathlib
from typing import List

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def npm() -> List[dict]:
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
    return found
