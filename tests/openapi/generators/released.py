"""oasdiff: no change of the document breaks who generated a client from the released one."""

import json

from clients import FOLDER, GO_SETTINGS
from proof import DOCUMENT, HERE, Failed, call

RELEASED = HERE / "generators" / "released.json"
OASDIFF = "github.com/oasdiff/oasdiff@v1.37.0"
# Words for people, which no client is made of.
WORDS = {"description", "example", "summary", "externalDocs", "x-generated", "x-candidates", "x-evidence"}


def oasdiff():
    """oasdiff: no change that breaks clients of the released document."""
    call(["go", "install", OASDIFF], settings=GO_SETTINGS)
    breaking = found(DOCUMENT)
    if breaking:
        raise Failed(breaking)
    # The tool sees a break, where there is one.
    broken = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    del broken["paths"]["/open/address/list"]
    path = FOLDER / "broken.json"
    path.write_text(json.dumps(broken), encoding="utf-8")
    if "/open/address/list" not in found(path):
        raise Failed("a path that was removed was not seen")
    return "none"


def found(document):
    """What of a document breaks clients of the released one."""
    command = [str(FOLDER / "bin" / "oasdiff"), "breaking", str(RELEASED), str(document), "--fail-on", "ERR"]
    ended = call(command, check=False)
    return ended.stdout + ended.stderr if ended.returncode else ""


def write():
    """Takes the document as the released one."""
    document = without_words(json.loads(DOCUMENT.read_text(encoding="utf-8")))
    RELEASED.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def without_words(value, is_named=False):
    """The value without what is for people; fields may be called so."""
    if isinstance(value, list):
        return [without_words(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: without_words(inner, key == "properties") for key, inner in value.items() if is_named or key not in WORDS
    }
