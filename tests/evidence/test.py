#!/usr/bin/env python3
"""Tries the merging of reports. Prints "N passed, N failed"."""

import contextlib
import copy
import io
import json
import pathlib
import sys
import tempfile
import unittest
from typing import Any, Dict, List
from unittest import mock

import catalogue
import report
import run

ROWS = {"taobao.order.page": "GET /open/order/page", "address.list": "GET /open/address/list"}

REPORT: Dict[str, Any] = {
    "form": 1,
    "day": "2026-11-28",
    "platform": "xportcn",
    "rows": [
        {
            "id": "taobao.order.page",
            "result": "exists",
            "found": {"method": "POST", "path": "/open/order/page"},
            "tries": [
                {"class": "absent", "shape": {"types": {"object": 1}}},
                {
                    "class": "exists",
                    "shape": {
                        "types": {"object": 1},
                        "members": {
                            "data": {
                                "types": {"object": 1},
                                "members": {
                                    "orders": {
                                        "types": {"list": 1},
                                        "members": {
                                            "[]": {
                                                "types": {"object": 2},
                                                "members": {
                                                    "status": {"types": {"null": 1, "text": 1}, "unknown": True},
                                                    "total": {"types": {"list": 2}, "misfits": 2},
                                                    "orderId": {"types": {"digits": 2}, "digits": [19, 19]},
                                                },
                                            }
                                        },
                                    }
                                },
                            }
                        },
                    },
                },
            ],
        },
        {"id": "address.list", "result": "absent", "found": None, "tries": []},
    ],
}


def taken(changed: Any = REPORT) -> report.Report:
    return report.parse(json.dumps(changed), ROWS)


def empty() -> catalogue.Catalogue:
    return {"about": "", "rows": {}}


class Reading(unittest.TestCase):
    def test_what_was_found_is_taken_and_what_is_as_in_the_tables_is_not(self) -> None:
        fields = {"data.orders[].status": "unknown, text", "data.orders[].total": "of another type, list"}
        expected = report.Finding("taobao.order.page", "POST /open/order/page", "exists", fields)
        self.assertEqual(taken(), report.Report("2026-11-28", (expected,)))

    def test_what_is_wrong_is_refused_and_not_repeated(self) -> None:
        def changed(change: Any) -> Dict[str, Any]:
            copied: Dict[str, Any] = copy.deepcopy(REPORT)
            change(copied)
            return copied

        def data(copied: Dict[str, Any]) -> Dict[str, Any]:
            members: Dict[str, Any] = copied["rows"][0]["tries"][1]["shape"]["members"]["data"]["members"]
            return members

        for change, words in [
            (lambda it: it.update(form=2), "form 1"),
            (lambda it: it.update(platform="other"), "sandbox"),
            (lambda it: it.update(day="yesterday"), "no day"),
            (lambda it: it["rows"][0].update(id="no.such.row"), "no row"),
            (lambda it: it["rows"][0]["found"].update(path="https://example.com"), "no method and path"),
            (lambda it: it["rows"][0]["found"].update(method="PUT"), "no method and path"),
            (lambda it: it["rows"][0].update(result="absent"), "its result"),
            (lambda it: data(it).update({"13812345678": {"types": {"text": 1}}}), "may be data"),
            (lambda it: data(it).update({"Zhang Wei": {"types": {"text": 1}}}), "may be data"),
            (lambda it: data(it).update(x={"types": {"zhangwei": 1}}), "types that are none"),
            (lambda it: data(it).update(x=1), "no shape"),
        ]:
            with self.subTest(words), self.assertRaises(report.Refused) as refused:
                taken(changed(change))
            self.assertIn(words, str(refused.exception))
            self.assertNotIn("138", str(refused.exception))
        for text in ["", "[]", "{"]:
            with self.assertRaises(report.Refused):
                report.parse(text, ROWS)


class Merging(unittest.TestCase):
    def test_two_reporters_replace_a_guess_and_one_who_reports_twice_does_not(self) -> None:
        confirmed = empty()
        for reporter in ["Ann", "ann ", "ANN"]:
            catalogue.merge(confirmed, taken(), reporter)
        place = confirmed["rows"]["taobao.order.page"]["places"]["POST /open/order/page"]
        self.assertEqual((place["reporters"], place["confirmed"], place["as"]), (1, "2026-11-28", "exists"))
        self.assertEqual(catalogue.replaceable(confirmed, ROWS), [])
        catalogue.merge(confirmed, report.Report("2026-12-01", taken().findings), "Bob")
        self.assertEqual((place["reporters"], place["confirmed"]), (2, "2026-12-01"))
        self.assertEqual(
            catalogue.replaceable(confirmed, ROWS),
            [
                "taobao.order.page: is POST /open/order/page, not GET /open/order/page",
                "taobao.order.page: data.orders[].status: unknown, text",
                "taobao.order.page: data.orders[].total: of another type, list",
            ],
        )
        self.assertNotIn("ann", json.dumps(confirmed).lower())

    def test_reporters_who_disagree_replace_nothing(self) -> None:
        confirmed = empty()
        other = copy.deepcopy(REPORT)
        other["rows"][0]["found"]["path"] = "/open/orders"
        for changed, reporters in [(REPORT, "ab"), (other, "cd")]:
            for reporter in reporters:
                catalogue.merge(confirmed, taken(changed), reporter)
        self.assertIn("disagree", catalogue.replaceable(confirmed, ROWS)[0])

    def test_the_command_merges_into_a_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            into, file = pathlib.Path(folder, "confirmed.json"), pathlib.Path(folder, "report.json")
            into.write_text(json.dumps(empty()))
            for text, expected in [(json.dumps(REPORT), 0), ("{}", 1)]:
                file.write_text(text)
                out = io.StringIO()
                arguments: List[str] = ["run.py", str(file), "Ann", "--into", str(into)]
                with mock.patch.object(sys, "argv", arguments):
                    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                        self.assertEqual(run.main(), expected, out.getvalue())
            self.assertEqual(list(json.loads(into.read_text())["rows"]), ["taobao.order.page"])

    def test_what_is_committed_is_of_rows_that_there_are(self) -> None:
        confirmed = catalogue.read(run.CONFIRMED)
        self.assertLessEqual(set(confirmed["rows"]), set(run.rows()))


if __name__ == "__main__":
    result = unittest.TextTestRunner(stream=sys.stderr).run(
        unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    )
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
