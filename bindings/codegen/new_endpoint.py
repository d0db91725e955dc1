#!/usr/bin/env python3
"""Begins an endpoint: `make endpoint ID=taobao.product.reviews` writes its file below core/src/api, and names it where the
rows are listed. What is not known yet is filled in as not published: correct it in that file.
"""

import collections
import difflib
import json
import pathlib
import re
import subprocess
import sys
from typing import Any, Dict, List, NamedTuple

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
API = ROOT / "core" / "src" / "api"
CATALOGUE = API / "catalogue.rs"
# Every row of the reference, which the core must hold exactly.
LISTED = ROOT / "tests" / "catalogue.json"
SHAPE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z][a-z0-9]*(_[a-z0-9]+)*){1,2}")
KEYWORDS = (
    "as async await box break const continue crate dyn else enum extern false fn for gen if impl in let loop match "
)
KEYWORDS += "mod move mut pub ref return self static struct super trait true try type unsafe use where while yield"
# As core/tests/catalogue.rs has them: what such an action does is not to be done twice.
WRITES = {
    **dict.fromkeys(("create", "submit", "save"), "create"),
    **dict.fromkeys(("add", "delete", "edit", "modify", "update"), "change"),
    **{word: word for word in ("pay", "cancel", "upload")},
}
EFFECT = """\
    effect = crate::effect::Effect::unknown(crate::effect::Action::{}, "which call shows it is not known"),
"""
SKELETON = """//! {title}.

use crate::api::prelude::*;

/// {title}.
///
/// What it does, and what is not published.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "{id}",
    post = "{path}",
    safety = {safety},
    evidence(path = Inferred, request = Inferred, reply = Inferred),
{effect}    reply = {name}Reply,
    example = r#"{{"id":"1034499579120189839"}}"#,
    sources = [],
)]
pub struct {name} {{
    /// What it is, with its unit.
    pub id: Id,
}}

/// What the reply is.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct {name}Reply {{
    /// What it is, with its unit.
    pub amount: Option<Amount>,
}}
"""


class Refused(Exception):
    """Why there is no endpoint of this id to begin."""


class Row(NamedTuple):
    id: str
    # The folder of its section, or of its group where there are no sections.
    folder: pathlib.Path
    action: str

    @property
    def file(self) -> pathlib.Path:
        return self.folder / f"{self.action}.rs"

    @property
    def name(self) -> str:
        return "".join(word.capitalize() for word in self.action.split("_"))


def main() -> int:
    if len(sys.argv) != 2 or not sys.argv[1]:
        print("name the endpoint: make endpoint ID=taobao.product.reviews", file=sys.stderr)
        return 2
    try:
        row = checked(sys.argv[1])
    except Refused as reason:
        print(f"no endpoint {sys.argv[1]}: {reason}", file=sys.stderr)
        return 1
    written = begin(row)
    print(f"{shown(row.file)} is yours to fill in; it is listed in {', '.join(shown(path) for path in written)}")
    print("then: make generate && make check")
    return 0


def checked(id: str) -> Row:
    if not SHAPE.fullmatch(id):
        raise Refused("an id is group.section.action in lower case, as taobao.product.reviews")
    *places, action = id.split(".")
    folder = API
    for place in places:
        known = sorted(path.parent.name for path in folder.glob("*/mod.rs"))
        if place not in known:
            near = difflib.get_close_matches(place, known, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}" if known else ""
            raise Refused(f"{shown(folder)} has no folder {place}{hint}")
        folder = folder / place
    sections = sorted(path.parent.name for path in folder.glob("*/mod.rs") if path.parent.name != "push")
    if sections and not rows_of(id):
        raise Refused(f"name its section: {', '.join('.'.join([*places, section]) for section in sections)}")
    row = Row(id, folder, action)
    if id in [known["id"] for known in listed()]:
        raise Refused(f"it is there already, in {shown(row.file)}")
    if action in KEYWORDS.split():
        raise Refused(f"`{action}` is a word of Rust; say what it does, as get_{action}")
    if row.file.exists() or (folder / action).exists():
        raise Refused(f"{shown(row.file)} holds something else; choose another action")
    for path in sorted(folder.glob("*.rs")):
        if re.search(rf"^pub (struct|enum) {row.name}(Reply)?\b", path.read_text("utf-8"), re.MULTILINE):
            raise Refused(f"{shown(path)} has a type {row.name} or {row.name}Reply already; choose another action")
    return row


def begin(row: Row) -> List[pathlib.Path]:
    """Writes the file, and lists it; the files that list it."""
    near = rows_of(row.id)[-1]["id"].rpartition(".")[2]
    writes = next((WRITES[word] for word in row.action.split("_") if word in WRITES), None)
    row.file.write_text(
        SKELETON.format(
            title=row.action.replace("_", " ").capitalize(),
            id=row.id,
            path=path_of(row),
            safety="Write" if writes else "Read",
            effect=EFFECT.format(writes.capitalize()) if writes else "",
            name=row.name,
        ),
        encoding="utf-8",
    )
    module = row.folder / "mod.rs"
    insert(module, rf"^mod {near};\n", f"mod {row.action};\n", beside=f"pub use self::{near}::*;\n")
    insert(module, rf"^pub use self::{near}::\*;\n(mod {row.action};\n)?", f"pub use self::{row.action}::*;\n")
    place = "::".join(row.folder.relative_to(API).parts)
    insert(CATALOGUE, rf"(^    {place}::\w+,\n)+", f"    {place}::{row.name},\n")
    entry: Dict[str, Any] = {
        "id": row.id,
        "kind": "call",
        "method": "POST",
        "path": path_of(row),
        **{f"{part}_evidence": "inferred" for part in ("path", "request", "response")},
    }
    if writes:
        unknown = {"found_by": "nothing", "in_background": None, "absent": "unknown", "unchanged": "unknown"}
        entry["effect"] = {"action": writes, **unknown, "shown_by": []}
    insert(LISTED, rf'^\{{"id": "{re.escape(rows_of(row.id)[-1]["id"])}".*\n', f"{json.dumps(entry)},\n")
    subprocess.run(["rustfmt", "--edition", "2024", "--config", "skip_children=true", module], cwd=ROOT, check=False)
    return [module, CATALOGUE, LISTED]


def insert(path: pathlib.Path, behind: str, line: str, beside: str = "") -> None:
    """Adds a line behind what the pattern finds, and behind what stands beside that."""
    text = path.read_text("utf-8")
    found = list(re.finditer(behind, text, re.MULTILINE))
    if not found:
        sys.exit(f"{shown(path)} is not as this script knows it: it has no {behind}")
    end = found[-1].end()
    if beside and text.startswith(beside, end):
        end += len(beside)
    path.write_text(text[:end] + line + text[end:], encoding="utf-8")


def rows_of(id: str) -> List[dict]:
    """The calls of an id's section."""
    section = id.rpartition(".")[0]
    return [row for row in listed() if row["kind"] == "call" and row["id"].rpartition(".")[0] == section]


def path_of(row: Row) -> str:
    """A path in the folder of most of its neighbours."""
    folders = collections.Counter(known["path"].rpartition("/")[0] for known in rows_of(row.id))
    return "/".join([folders.most_common(1)[0][0], *row.action.split("_")])


def listed() -> List[dict]:
    return json.loads(LISTED.read_text("utf-8"))["rows"]


def shown(path: pathlib.Path) -> str:
    return str(path.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
