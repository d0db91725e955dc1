#!/usr/bin/env python3
"""Writes what every package is made of beside it, as CycloneDX 1.5: target/packages/HOST/NAME-VERSION.cdx.json.

    sbom.py [HOST ..]    rust, npm, pip, kotlin, swift, program; all, unless some are named

The documents follow from manifests and lock files alone: no package need be built. What tests a package is not in them;
of what builds it, build scripts are marked `excluded`, and macros stand among the crates. Each document is checked
against the schema; exits with 1 if one does not hold.
"""

import json
import pathlib
import subprocess
import sys
import uuid
from typing import Callable, NamedTuple, Tuple

import hosts
import version
from crates import crate_bill
from tools import python_tools

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "packages" / "cross"))

from targets import having  # noqa: E402

OUT = ROOT / "target" / "packages"
CHECK = """
import pathlib, sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
fault = JsonStrictValidator(SchemaVersion.V1_5).validate_str(pathlib.Path(sys.argv[1]).read_text("utf-8"))
sys.exit(str(fault) if fault else 0)
"""
# What wheels, native libraries and Swift's static libraries are built for.
WHEELS = tuple(target.triple for target in having("wheels"))
PROGRAM = tuple(target.triple for target in having("program"))
JVM = tuple(target.triple for target in having("natives"))
SWIFT = (
    *(target.triple for target in having("swift")),
    "aarch64-apple-ios",
    "aarch64-apple-ios-sim",
    "x86_64-apple-ios",
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
)


class Package(NamedTuple):
    """What is published under one name."""

    host: str
    # Its address as a package URL, without a version.
    purl: str
    # The crate that it is, or that is inside it.
    crate: str
    # What that is compiled for. A crate that is published as sources has those of its users.
    targets: Tuple[str, ...] = ("all",)
    # What it needs of its host's own registry.
    needs: Callable[[], hosts.Needs] = hosts.nothing


PACKAGES = [
    Package("rust", "pkg:cargo/xportcn", "packages/rust"),
    Package("rust", "pkg:cargo/xportcn-cli", "packages/cli"),
    Package("rust", "pkg:cargo/xportcn-core", "core"),
    Package("rust", "pkg:cargo/xportcn-derive", "core/derive"),
    Package("rust", "pkg:cargo/xportcn-explorer", "packages/explorer"),
    Package("rust", "pkg:cargo/xportcn-journal", "packages/journal"),
    Package("rust", "pkg:cargo/xportcn-mcp", "packages/mcp"),
    Package("rust", "pkg:cargo/xportcn-sandbox", "packages/sandbox"),
    Package("npm", "pkg:npm/xportcn", "bindings/wasm", ("wasm32-unknown-unknown",), needs=hosts.npm),
    Package("pip", "pkg:pypi/xportcn", "bindings/python", WHEELS),
    Package("pip", "pkg:pypi/xportcn-sandbox", "packages/cli", WHEELS),
    Package("kotlin", "pkg:maven/io.github.xportcn/xportcn", "bindings/uniffi", JVM, needs=hosts.maven),
    Package("program", "pkg:generic/xportcn", "packages/cli", PROGRAM),
    Package("swift", "pkg:swift/github.com/xportcn/xportcn", "bindings/uniffi", SWIFT),
]


def main() -> int:
    wanted = sys.argv[1:] or sorted({package.host for package in PACKAGES})
    unknown = set(wanted) - {package.host for package in PACKAGES}
    if unknown:
        sys.exit(f"there is no host {', '.join(sorted(unknown))}")
    python = python_tools("sbom", pathlib.Path(__file__).with_name("requirements.txt"))
    faults = 0
    for package in PACKAGES:
        if package.host not in wanted:
            continue
        bill = bill_of(package)
        path = OUT / package.host / f"{bill['metadata']['component']['name']}-{version.of_workspace()}.cdx.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        invalid = subprocess.run([python, "-c", CHECK, path]).returncode
        faults += bool(invalid)
        verdict = ": not as the schema has it" if invalid else f": {len(bill['components'])} components"
        print(f"{path.relative_to(ROOT)}{verdict}", flush=True)
    return 1 if faults else 0


def bill_of(package: Package) -> dict:
    bill = crate_bill(package.crate, package.targets)
    purl = f"{package.purl}@{version.of_workspace()}"
    crate = bill["metadata"]["component"]
    if not package.purl.startswith("pkg:cargo/"):
        name = package.purl.rsplit("/", 1)[-1]
        needs = package.needs()
        shared = {key: crate[key] for key in ("type", "version", "licenses", "externalReferences")}
        bill["metadata"]["component"] = {**shared, "bom-ref": purl, "name": name, "purl": purl}
        bill["components"] = [crate, *bill["components"], *needs.components]
        own = {"ref": purl, "dependsOn": [crate["bom-ref"], *needs.direct]}
        bill["dependencies"] = [own, *bill["dependencies"], *needs.dependencies]
    # The same content has the same number.
    bill["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, purl + json.dumps(bill, sort_keys=True)).urn
    return bill


if __name__ == "__main__":
    sys.exit(main())
