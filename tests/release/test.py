#!/usr/bin/env python3
"""Tries what a release is held to, on repositories and packages that are small. Prints "N passed, N failed"."""

import io
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

import breaks
import changelog

import packages

CHANGES = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A row.\n"


def repository(test: unittest.TestCase) -> pathlib.Path:
    folder = tempfile.TemporaryDirectory()
    test.addCleanup(folder.cleanup)
    git(pathlib.Path(folder.name), "init", "--quiet")
    return pathlib.Path(folder.name)


def git(folder: pathlib.Path, *words: str) -> None:
    who = ["-c", "user.name=test", "-c", "user.email=test@localhost"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True)


class Breaks(unittest.TestCase):
    def kept(self, items: str, tag: str = "") -> None:
        path = self.folder / "tests" / "surface" / "kotlin.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(items, encoding="utf-8")
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--message", "items")
        if tag:
            git(self.folder, "tag", tag)

    def setUp(self) -> None:
        self.folder = repository(self)

    def test_a_first_release_breaks_nothing(self) -> None:
        self.kept("Client.get(): Int\n")
        self.assertEqual(breaks.faults(self.folder, "0.1.0"), [])

    def test_what_is_gone_is_named_where_the_version_promises_that_nothing_is(self) -> None:
        self.kept("Client.get(): Int\nClient.put(): Int\n", "v0.1.0")
        self.kept("Client.get(): Int\n")
        self.assertEqual(breaks.faults(self.folder, "0.1.1")[1:], ["kotlin: - Client.put(): Int"])
        self.assertEqual(breaks.faults(self.folder, "0.2.0"), [])

    def test_what_is_new_breaks_nothing(self) -> None:
        self.kept("Client.get(): Int\n", "v1.4.0")
        self.kept("Client.get(): Int\nClient.put(): Int\n")
        self.assertEqual(breaks.faults(self.folder, "1.4.1"), [])

    def test_from_1_on_only_a_new_major_version_may_break(self) -> None:
        for before, after, may in [
            ("0.1.0", "0.1.1", False),
            ("0.1.9", "0.2.0", True),
            ("0.9.0", "1.0.0", True),
            ("1.2.0", "1.3.0", False),
            ("1.2.0", "2.0.0", True),
        ]:
            self.assertEqual(breaks.may_break(before, after), may, f"{before} {after}")

    def test_the_release_before_is_the_highest_below(self) -> None:
        self.kept("Client.get(): Int\n", "v0.9.0")
        for tag in ("v0.10.0", "v0.11.0", "other"):
            git(self.folder, "tag", tag)
        self.assertEqual(breaks.last(self.folder, "0.10.1"), "v0.10.0")
        self.assertEqual(breaks.last(self.folder, "0.11.0"), "v0.10.0")


class Changelog(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = repository(self)
        self.path = self.folder / "CHANGELOG.md"
        self.path.write_text(CHANGES, encoding="utf-8")

    def test_what_is_unreleased_becomes_the_section_once(self) -> None:
        for _ in range(2):
            changelog.release(self.folder, "0.2.0")
        text = self.path.read_text(encoding="utf-8")
        self.assertEqual(text.count("## [0.2.0] - "), 1)
        self.assertTrue(text.startswith("# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - "), text)
        self.assertEqual(changelog.section(self.folder, "0.2.0"), "### Added\n\n- A row.")
        self.assertEqual(changelog.faults(self.folder, "0.2.0"), [])

    def test_a_section_that_says_nothing_is_refused(self) -> None:
        self.path.write_text("# Changelog\n\n## [Unreleased]\n\n### Added\n", encoding="utf-8")
        changelog.release(self.folder, "0.2.0")
        self.assertEqual(len(changelog.faults(self.folder, "0.2.0")), 1)
        self.assertEqual(len(changelog.faults(self.folder, "0.3.0")), 1)


class Packages(unittest.TestCase):
    def packed(self, content: bytes, year: int = 2020) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr(zipfile.ZipInfo("lib/core.so", (year, 1, 1, 0, 0, 0)), content)
        return made.getvalue()

    def test_equal_builds_differ_in_nothing(self) -> None:
        self.assertEqual(packages.differing({"a.whl": self.packed(b"1")}, {"a.whl": self.packed(b"1")}), [])

    def test_what_differs_within_a_package_is_named(self) -> None:
        found = packages.differing({"a.whl": self.packed(b"1")}, {"a.whl": self.packed(b"2")})
        self.assertIn("lib/core.so", found[0])

    def test_a_package_whose_files_are_the_same_may_differ_by_their_times(self) -> None:
        found = packages.differing({"a.whl": self.packed(b"1")}, {"a.whl": self.packed(b"1", 2021)})
        self.assertEqual(found, ["a.whl is not the same twice, and its parts are"])

    def test_a_file_of_one_build_only_is_named(self) -> None:
        self.assertEqual(packages.differing({"a": b"", "b": b""}, {"a": b""}), ["only one of the two has b"])

    def test_nothing_is_no_package(self) -> None:
        self.assertEqual(packages.differing({}, {}), ["nothing was built"])


if __name__ == "__main__":
    result = unittest.TextTestRunner(stream=sys.stdout).run(
        unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    )
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
