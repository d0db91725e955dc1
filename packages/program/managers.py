"""What Homebrew and Scoop install the program by: where the archives are, and their hashes."""

import hashlib
import json
import pathlib
from typing import Optional

from archives import name_of
from release import HOME, TITLE, Program, Release

FORMULA = """\
# typed: strict
# frozen_string_literal: true

# {title}.
class Xportcn < Formula
  desc "{title}"
  homepage "{home}"
  version "{version}"
  license "MIT"

{systems}

  def install
    bin.install "xportcn"
    bash_completion.install "completions/xportcn.bash" => "xportcn"
    zsh_completion.install "completions/_xportcn"
    fish_completion.install "completions/xportcn.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{{bin}}/xportcn --version")
    system bin/"xportcn", "demo"
  end
end
"""
SYSTEM = """\
  on_{system} do
{processors}
  end"""
PROCESSOR = """\
    on_{processor} do
      url "{url}"
      sha256 "{digest}"
    end"""
# Homebrew's names.
SYSTEMS = {"macos": "macos", "linux": "linux"}
PROCESSORS = {"arm64": "arm", "x64": "intel"}
# Scoop's.
BITS = {"x64": "64bit", "arm64": "arm64"}


def write(release: Release, out: pathlib.Path) -> None:
    """Either only where all that it names was built."""
    formula, manifest = _formula(release, out), _manifest(release, out)
    if formula:
        (out / "xportcn.rb").write_text(formula, encoding="utf-8")
    if manifest:
        (out / "xportcn.json").write_text(manifest, encoding="utf-8")


def _digest(release: Release, program: Program, out: pathlib.Path) -> str:
    return hashlib.sha256((out / name_of(release, program)).read_bytes()).hexdigest()


def _formula(release: Release, out: pathlib.Path) -> Optional[str]:
    found = {(one.target.system, one.target.processor): one for one in release.for_every_linux()}
    if not all((system, processor) in found for system in SYSTEMS for processor in PROCESSORS):
        return None
    systems = []
    for system, name in SYSTEMS.items():
        processors = [
            PROCESSOR.format(
                processor=PROCESSORS[processor],
                url=f"{release.download}/{name_of(release, found[system, processor])}",
                digest=_digest(release, found[system, processor], out),
            )
            for processor in PROCESSORS
        ]
        systems.append(SYSTEM.format(system=name, processors="\n".join(processors)))
    return FORMULA.format(title=TITLE, home=HOME, version=release.version, systems="\n\n".join(systems))


def _manifest(release: Release, out: pathlib.Path) -> Optional[str]:
    found = [program for program in release.programs if program.target.system == "windows"]
    if len(found) != len(BITS):
        return None
    architecture, update = {}, {}
    for program in found:
        name = name_of(release, program)
        bits = BITS[program.target.processor]
        url, folder = f"{release.download}/{name}", name.removesuffix(".zip")
        architecture[bits] = {"url": url, "hash": _digest(release, program, out), "extract_dir": folder}
        update[bits] = {
            key: text.replace(release.version, "$version") for key, text in (("url", url), ("extract_dir", folder))
        }
    manifest = {
        "version": release.version,
        "description": TITLE,
        "homepage": HOME,
        "license": "MIT",
        "architecture": architecture,
        "bin": "xportcn.exe",
        "checkver": "github",
        "autoupdate": {"architecture": update, "hash": {"url": "$baseurl/SHA256SUMS"}},
    }
    return json.dumps(manifest, indent=4) + "\n"
