#!/usr/bin/env python3
"""Tries the comparison of public surfaces on surfaces that are small. Prints "N passed, N failed"."""

import contextlib
import io
import pathlib
import sys
import tempfile
import unittest
from typing import Dict, List
from unittest import mock

import blocks
import run
import rust
from compare import SHOWN, differences, shown

ORDER = "pub struct core::Order"
PRICE = "pub core::Order::price: core::Amount"


class Differences(unittest.TestCase):
    def test_none_where_only_the_order_differs(self) -> None:
        self.assertEqual(differences([ORDER, PRICE], [PRICE, ORDER]), [])

    def test_an_added_item_is_named(self) -> None:
        self.assertEqual(differences([ORDER], [ORDER, PRICE]), [f"+ {PRICE}"])

    def test_a_removed_item_is_named(self) -> None:
        self.assertEqual(differences([ORDER, PRICE], [ORDER]), [f"- {PRICE}"])

    def test_a_renamed_item_is_removed_and_added(self) -> None:
        after = "pub core::Order::total: core::Amount"
        self.assertEqual(differences([PRICE], [after]), [f"- {PRICE}", f"+ {after}"])

    def test_a_changed_item_is_told_with_what_it_was(self) -> None:
        for before, after in [
            (PRICE, "pub core::Order::price: i64"),
            ("pub fn core::Core::new() -> Self", "pub fn core::Core::new(config: Config) -> Self"),
            ("type Id = string;", "type Id = number;"),
            ("Order { price: Amount;", "Order { price?: Amount;"),
            ("a/b/Order { public final fun getPrice ()I", "a/b/Order { public final fun getPrice ()J"),
            ("def a.Client.send(self) -> int", "def a.Client.send(self, id: str) -> int"),
            ("Client.send(_:): func send(_ id: String)", "Client.send(_:): func send(_ id: Id)"),
        ]:
            self.assertEqual(differences([ORDER, before], [ORDER, after]), [f"~ {before} -> {after}"])

    def test_overloads_are_not_taken_for_one_another(self) -> None:
        before = ["fun get(a: Int)", "fun get(a: Long)"]
        self.assertEqual(
            differences(before, ["fun get(a: Text)"]),
            ["- fun get(a: Int)", "- fun get(a: Long)", "+ fun get(a: Text)"],
        )

    def test_a_screen_is_enough(self) -> None:
        lines = [f"+ item {number}" for number in range(SHOWN + 3)]
        self.assertEqual(shown(lines), [*lines[:SHOWN], "... and 3 more"])
        self.assertEqual(shown(lines[:SHOWN]), lines[:SHOWN])


class Blocks(unittest.TestCase):
    def test_members_are_named_after_what_they_are_in(self) -> None:
        self.assertEqual(
            blocks.flat("// A note.\nexport interface Order extends Base {\n    // And one.\n    price: Amount;\n}\n"),
            ["export interface Order extends Base", "Order { price: Amount;"],
        )
        self.assertEqual(
            blocks.flat("public final class a/Order : a/Base {\n\tpublic fun get ()I\n}\n\npublic class a/Line {\n}\n"),
            ["public final class a/Order : a/Base", "a/Order { public fun get ()I", "public class a/Line"],
        )

    def test_a_member_of_many_lines_is_one(self) -> None:
        self.assertEqual(
            blocks.flat("class Call {\n    send(limit: {\n        burst: number;\n    }, id: Id): void;\n}\n"),
            ["class Call", "Call { send(limit: { burst: number; }, id: Id): void;"],
        )

    def test_a_union_of_many_lines_is_one(self) -> None:
        text = 'type Step = {\n    next: "send";\n} | {\n    next: "wait";\n}\n/** It is over. */\n| {\n    next: "done";\n};\n'
        self.assertEqual(blocks.flat(text), ['type Step = { next: "send"; } | { next: "wait"; } | { next: "done"; };'])


class Snapshot:
    """A host whose surface stands here."""

    def __init__(self, text: str) -> None:
        self.text = text

    def surface(self, packed: bool) -> str:
        return self.text

    def items(self, text: str) -> List[str]:
        return text.splitlines()


class Run(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name, "rust.txt")

    def said(self, text: str, *options: str) -> tuple:
        with contextlib.redirect_stdout(io.StringIO()) as output:
            code = run.compare("rust", Snapshot(text), self.file, set(options))
        return code, output.getvalue()

    def test_what_differs_fails_until_it_is_accepted(self) -> None:
        self.file.write_text(f"{ORDER}\n")
        code, said = self.said(f"{ORDER}\n{PRICE}\n")
        self.assertEqual(code, 1)
        self.assertIn(f"+ {PRICE}", said)
        self.assertIn("CHANGELOG.md", said)
        self.assertIn("run.py --write rust", said)
        self.assertEqual(self.file.read_text(), f"{ORDER}\n")
        self.assertEqual(self.said(f"{ORDER}\n{PRICE}\n", "--write")[0], 0)
        self.assertEqual(self.file.read_text(), f"{ORDER}\n{PRICE}\n")
        self.assertEqual(self.said(f"{ORDER}\n{PRICE}\n")[0], 0)

    def test_a_surface_that_was_never_accepted_fails(self) -> None:
        self.assertEqual(self.said(f"{ORDER}\n")[0], 1)

    def test_nothing_is_no_surface(self) -> None:
        self.file.write_text("")
        code, said = self.said("", "--write")
        self.assertEqual(code, 1)
        self.assertIn("nothing is public", said)


class PublicPaths(unittest.TestCase):
    def test_an_item_has_the_name_where_users_find_it(self) -> None:
        declared = ["pub struct xportcn_core::Config", "#[non_exhaustive] pub enum xportcn_core::push::Kind"]
        lines = [
            "pub fn xportcn::Client::new<C: xportcn_core::api::Call>(xportcn_core::call::config::Config) -> Self",
            "pub fn xportcn::Client::kind(&self) -> xportcn_core::push::kind::Kind",
        ]
        self.assertEqual(
            rust.by_public_paths(["pub trait xportcn_core::Call: Sized", *declared, *lines])[3:],
            [
                "pub fn xportcn::Client::new<C: xportcn_core::Call>(xportcn_core::Config) -> Self",
                "pub fn xportcn::Client::kind(&self) -> xportcn_core::push::Kind",
            ],
        )

    def test_an_item_without_a_public_name_keeps_its_own(self) -> None:
        line = "pub type xportcn_core::Time::Err = xportcn_core::values::time::NotATime"
        self.assertEqual(rust.by_public_paths([line]), [line])


class Compiler(unittest.TestCase):
    """Which compiler's rustdoc is read."""

    def chosen(self, formats: Dict[str, int]) -> tuple:
        """What is chosen where `formats` has what each toolchain writes; the one at hand has no name."""
        with mock.patch.object(rust, "format_of", lambda words: formats.get("".join(words), 0)):
            with contextlib.redirect_stdout(io.StringIO()) as output, mock.patch("subprocess.run") as install:
                return rust.compiler(), output.getvalue(), install.called

    def test_the_one_at_hand_where_it_writes_what_is_read(self) -> None:
        self.assertEqual(self.chosen({"": rust.FORMAT}), ([], "", False))

    def test_another_where_it_does_not_and_that_is_said(self) -> None:
        other = f"+{rust.COMPILER}"
        installed, said, called = self.chosen({"": rust.FORMAT + 2, other: rust.FORMAT})
        self.assertEqual((installed, called), ([other], False))
        self.assertIn(f"this compiler writes format {rust.FORMAT + 2}", said)

    def test_an_absent_one_is_installed_or_that_fails(self) -> None:
        with self.assertRaises(SystemExit) as failure:
            self.chosen({"": rust.FORMAT + 2})
        self.assertIn(f"rustup toolchain install {rust.COMPILER}", str(failure.exception))


if __name__ == "__main__":
    result = unittest.TextTestRunner(stream=sys.stdout).run(
        unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    )
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
