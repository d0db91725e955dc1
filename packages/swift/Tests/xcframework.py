#!/usr/bin/env python3
"""Runs `xcframework` with stand-ins for what a Mac has, and looks at the layout that it leaves. The compiler is asked for each
target's oldest system, and SwiftPM for the checksum: both are the real ones. Prints "N passed, N failed".
"""

import hashlib
import os
import pathlib
import plistlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import zipfile
from typing import Dict, List

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
URL = "https://example.com/0.1.0/XportcnCoreFFI.xcframework.zip"
NAME = "XportcnCoreFFI.xcframework"

# What `rustup target list` has for Apple's platforms, and the oldest system of each: what Package.swift says.
TARGETS = {
    "aarch64-apple-darwin": "13.0",
    "aarch64-apple-ios": "16.0",
    "aarch64-apple-ios-macabi": "16.0",
    "aarch64-apple-ios-sim": "16.0",
    "aarch64-apple-tvos": "16.0",
    "aarch64-apple-tvos-sim": "16.0",
    "aarch64-apple-visionos": "1.0",
    "aarch64-apple-visionos-sim": "1.0",
    "aarch64-apple-watchos": "26.0",
    "aarch64-apple-watchos-sim": "26.0",
    "x86_64-apple-darwin": "13.0",
    "x86_64-apple-ios": "16.0",
    "x86_64-apple-ios-macabi": "16.0",
}

# The library of a target tells which one it is, and for which system the compiler would make it.
STAND_INS = {
    "uname": "echo Darwin",
    "rustup": 'echo "$*" >>"$CALLS"',
    "cargo": """
case $1 in
run)
    while [ $# -gt 0 ]; do case $1 in --library) library=$2 ;; --out-dir) out=$2 ;; esac; shift; done
    [ -s "$library" ] && mkdir -p "$out"
    echo 'import XportcnCoreFFI' >"$out/XportcnCore.swift"
    echo '#include <stdint.h>' >"$out/XportcnCoreFFI.h"
    ;;
rustc)
    while [ $# -gt 0 ]; do case $1 in --target) target=$2 ;; --crate-type) kind=$2 ;; esac; shift; done
    [ "$kind" = staticlib ]
    mkdir -p "$CARGO_TARGET_DIR/$target/release"
    echo "$target $(rustc --print deployment-target --target "$target")" >"$CARGO_TARGET_DIR/$target/release/libxportcn_uniffi.a"
    ;;
*) exit 1 ;;
esac""",
    "lipo": """
[ "$1" = -create ]
shift
while [ "$1" != -output ]; do made="${made:-}$(cat "$1")
"; shift; done
printf %s "$made" >"$2\"""",
    # As Xcode's: a folder for each library, with its headers in `Headers`.
    "xcodebuild": """
[ "$1" = -create-xcframework ]
shift
while [ "$1" = -library ]; do pairs+=("$2" "$4"); [ "$3" = -headers ]; shift 4; done
[ "$1" = -output ] && [ ! -e "$2" ]
for ((at = 0; at < ${#pairs[@]}; at += 2)); do
    folder=$2/$(basename "$(dirname "${pairs[at]}")")
    mkdir -p "$folder"
    cp "${pairs[at]}" "$folder/"
    cp -R "${pairs[at + 1]}" "$folder/Headers"
done
echo '<plist/>' >"$2/Info.plist\"""",
}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        packages = run(pathlib.Path(folder), [URL])
        # Without an address, and beside what was there.
        (packages / "swift" / "lib").mkdir()
        run(pathlib.Path(folder), [], again=True)
        checks = [check for name, check in globals().items() if name.startswith("has_")]
        failed = 0
        for check in checks:
            try:
                check(packages)
            except (AssertionError, OSError, KeyError):
                failed += 1
                traceback.print_exc()
        print(f"{len(checks) - failed} passed, {failed} failed")
        return 1 if failed else 0


def run(root: pathlib.Path, arguments: List[str], again: bool = False) -> pathlib.Path:
    """Runs the script in a copy of what it needs; gives the folder of packages. The manifest with an address is kept aside."""
    packages = root / "target" / "packages"
    if not again:
        for name in ["LICENSE", "packages/rustflags"]:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, root / name)
        shutil.copytree(ROOT / "packages" / "swift", root / "packages" / "swift")
        packages.mkdir(parents=True)
        tools = root / "tools"
        tools.mkdir()
        for name, script in STAND_INS.items():
            (tools / name).write_text(f"#!/usr/bin/env bash\nset -euo pipefail\n{script.strip()}\n")
            (tools / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{root / 'tools'}:{os.environ['PATH']}", "CALLS": str(root / "calls")}
    done = subprocess.run(
        [root / "packages" / "swift" / "xcframework", *arguments], env=environment, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"xcframework failed: {done.stdout}{done.stderr}")
    if not again:
        shutil.copy2(packages / "swift" / "Package.swift", root / "by-address.swift")
        shutil.copy2(packages / f"{NAME}.zip", root / "by-address.zip")
    return packages


def libraries(packages: pathlib.Path) -> Dict[str, List[str]]:
    """What stands in the library of each platform."""
    framework = packages / "swift" / NAME
    return {path.parent.name: path.read_text().splitlines() for path in framework.glob("*/libxportcn_uniffi.a")}


def has_every_platform_that_rust_has_a_standard_library_for(packages: pathlib.Path) -> None:
    made = [line.split()[0] for lines in libraries(packages).values() for line in lines]
    assert sorted(made) == sorted(TARGETS), made
    listed = (packages.parent.parent / "calls").read_text().split()
    assert set(TARGETS) <= set(listed), listed


def has_one_library_for_the_processors_of_a_platform(packages: pathlib.Path) -> None:
    made = libraries(packages)
    assert len(made) == 10, made.keys()
    for platform, lines in made.items():
        systems = {re.sub(r"^[^-]+-", "", line.split()[0]).replace("ios-sim", "ios") for line in lines}
        assert len(systems) == 1, (platform, lines)


def has_the_oldest_systems_of_the_manifest(packages: pathlib.Path) -> None:
    for line in [line for lines in libraries(packages).values() for line in lines]:
        target, setting = line.split()
        assert setting.split("=")[1] == TARGETS[target], line


def has_headers_in_a_folder_of_their_own(packages: pathlib.Path) -> None:
    for platform in libraries(packages):
        headers = packages / "swift" / NAME / platform / "Headers"
        files = sorted(str(path.relative_to(headers)) for path in headers.rglob("*") if path.is_file())
        assert files == ["XportcnCoreFFI/XportcnCoreFFI.h", "XportcnCoreFFI/module.modulemap"], files
        text = (headers / "XportcnCoreFFI" / "module.modulemap").read_text()
        assert 'header "XportcnCoreFFI.h"' in text and "link" not in text, text


def has_a_zip_with_the_framework_and_its_checksum(packages: pathlib.Path) -> None:
    archive = packages.parent.parent / "by-address.zip"
    names = zipfile.ZipFile(archive).namelist()
    assert all(name.startswith(f"{NAME}/") for name in names), names
    assert f"{NAME}/Info.plist" in names and f"{NAME}/ios/Headers/XportcnCoreFFI/module.modulemap" in names, names
    manifest = (packages.parent.parent / "by-address.swift").read_text()
    checksum = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert f'.binaryTarget(name: "XportcnCoreFFI", url: "{URL}", checksum: "{checksum}")' in manifest, manifest


def has_a_whole_package_that_keeps_what_is_for_linux(packages: pathlib.Path) -> None:
    package = packages / "swift"
    for name in ["lib", "LICENSE", "README.md", "Sources/Xportcn/Call.swift", "Sources/XportcnCore/XportcnCore.swift"]:
        assert (package / name).exists(), name
    manifest = (package / "Package.swift").read_text()
    assert manifest == (ROOT / "packages" / "swift" / "Package.swift").read_text()


def has_a_privacy_manifest_as_apple_reads_it(packages: pathlib.Path) -> None:
    manifest = (packages / "swift" / "Package.swift").read_text()
    assert '.copy("PrivacyInfo.xcprivacy")' in manifest, manifest
    with (packages / "swift" / "Sources" / "Xportcn" / "PrivacyInfo.xcprivacy").open("rb") as file:
        privacy = plistlib.load(file)
    assert privacy["NSPrivacyTracking"] is False and privacy["NSPrivacyTrackingDomains"] == [], privacy
    assert privacy["NSPrivacyCollectedDataTypes"] == [], privacy
    # The reasons that Apple's documentation has for the times, sizes and other metadata of files.
    reasons = {"NSPrivacyAccessedAPICategoryFileTimestamp": {"DDA9.1", "C617.1", "3B52.1", "0A2A.1"}}
    for use in privacy["NSPrivacyAccessedAPITypes"]:
        named = set(use["NSPrivacyAccessedAPITypeReasons"])
        assert named and named <= reasons[use["NSPrivacyAccessedAPIType"]], use


def has_what_the_package_index_makes_its_documentation_of(packages: pathlib.Path) -> None:
    text = (packages / "swift" / ".spi.yml").read_text()
    targets = re.findall(r"documentation_targets: \[(.+)\]", text)
    assert text.startswith("version: 1\n") and len(targets) == 1, text
    manifest = (packages / "swift" / "Package.swift").read_text()
    for target in targets[0].split(", "):
        assert f'.target(name: "{target}"' in manifest, target


if __name__ == "__main__":
    sys.exit(main())
