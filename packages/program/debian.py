"""Packages for Debian and Ubuntu, of the programs for glibc."""

import gzip
import os
import pathlib
import subprocess
import tempfile
from typing import Dict, List

from release import HOME, LICENSE, TITLE, Program, Release

ARCHITECTURES = {"x64": "amd64", "arm64": "arm64"}
CONTROL = """\
Package: xportcn
Version: {version}
Architecture: {architecture}
Maintainer: xportcn <xportcn@users.noreply.github.com>
Installed-Size: {kilobytes}
Depends: libc6 (>= 2.17), libgcc-s1
Section: utils
Priority: optional
Homepage: {home}
Description: {title}
 Typed calls to the Xportcn OpenAPI (Taobao, 1688, Poizon), pushed messages,
 waits and recovery of writes, and the platform itself as a sandbox for tests.
"""
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: xportcn
Source: {home}

Files: *
Copyright: {holder}
License: Expat
{text}
"""
CHANGES = """\
xportcn ({version}) stable; urgency=medium

  * {home}/blob/v{version}/CHANGELOG.md tells what has changed.

 -- xportcn <xportcn@users.noreply.github.com>  Thu, 01 Jan 1970 00:00:00 +0000
"""
# There is --help, and nothing else that it would be made of.
OVERRIDES = "xportcn: no-manual-page [usr/bin/xportcn]\n"


def write(release: Release, out: pathlib.Path) -> List[pathlib.Path]:
    return [_package(release, program, out) for program in release.programs if program.target.libc == "gnu"]


def _package(release: Release, program: Program, out: pathlib.Path) -> pathlib.Path:
    architecture = ARCHITECTURES[program.target.processor]
    files = _files(release, program)
    control = CONTROL.format(
        version=release.version,
        architecture=architecture,
        kilobytes=sum(len(content) for content in files.values()) // 1024 + 1,
        home=HOME,
        title=TITLE,
    )
    file = out / f"xportcn_{release.version}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as folder:
        tree = pathlib.Path(folder, "tree")
        for name, content in {**files, "DEBIAN/control": control.encode()}.items():
            path = tree / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(0o755 if path.parent.name == "bin" else 0o644)
        for path in tree.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)
        # dpkg-deb takes times from there.
        times = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
        build = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", str(tree), str(file)]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=times)
    return file


def _files(release: Release, program: Program) -> Dict[str, bytes]:
    license_lines = LICENSE.read_text(encoding="utf-8").strip().split("\n")
    holder = next(line for line in license_lines if line.startswith("Copyright")).removeprefix("Copyright (c) ")
    text = "\n".join(f" {line.strip() or '.'}" for line in license_lines)
    changes = CHANGES.format(version=release.version, home=HOME)
    shells = release.completions
    return {
        "usr/bin/xportcn": program.content,
        "usr/share/bash-completion/completions/xportcn": shells["bash"],
        "usr/share/zsh/vendor-completions/_xportcn": shells["zsh"],
        "usr/share/fish/vendor_completions.d/xportcn.fish": shells["fish"],
        "usr/share/doc/xportcn/copyright": COPYRIGHT.format(home=HOME, holder=holder, text=text).encode(),
        "usr/share/doc/xportcn/changelog.gz": gzip.compress(changes.encode(), 9, mtime=0),
        "usr/share/lintian/overrides/xportcn": OVERRIDES.encode(),
    }
