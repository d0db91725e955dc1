#!/usr/bin/env python3
"""Writes what each published crate and binding is made of, as CycloneDX 1.5, to target/packages/sbom."""

import json
import pathlib
import shutil
import subprocess
import sys

from tools import cargo_tool

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "target" / "packages" / "sbom"
CARGO_CYCLONEDX = "0.5.9"
NAME = "target-sbom"
# What never leaves the repository.
OWN = ("bindings/codegen", "bindings/uniffi/bindgen", "bindings/wasm/bindgen", "tests/")


def main() -> int:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    run = [
        cargo_tool("cargo-cyclonedx", CARGO_CYCLONEDX),
        "cyclonedx",
        "--format",
        "json",
        "--spec-version",
        "1.5",
        "--all",
        "--quiet",
        "--override-filename",
        NAME,
    ]
    subprocess.run(run, cwd=ROOT, check=True)
    for crate in crates():
        written = crate / f"{NAME}.json"
        name = str(crate.relative_to(ROOT))
        # The tool names crates by where they stand on this machine.
        text = written.read_text(encoding="utf-8").replace(f"path+file://{ROOT}", "path+file://")
        written.unlink()
        if name.startswith(OWN):
            continue
        bill = json.loads(text)
        component = bill["metadata"]["component"]["name"]
        (OUT / f"{component}.cdx.json").write_text(
            json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        print(f"target/packages/sbom/{component}.cdx.json: {len(bill['components'])} components")
    return 0


def crates() -> list:
    command = ["cargo", "metadata", "--locked", "--no-deps", "--format-version", "1"]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    return [pathlib.Path(package["manifest_path"]).parent for package in metadata["packages"]]


if __name__ == "__main__":
    sys.exit(main())
