"""The collections of docs/collections, run by the command lines of their apps against a sandbox: every call is carried out,
and refused when it is signed with another secret.
"""

import json

from proof import ROOT, WORK, Failed, Sandbox, call, operations

FOLDER = ROOT / "docs" / "collections"
REPORT = WORK / "app.json"


def postman(newman):
    """Every request of Postman's collection, by the program newman."""
    command = [newman, "run", str(FOLDER / "xportcn.postman_collection.json")]
    command += ["--reporters", "json", "--reporter-json-export", str(REPORT)]
    with Sandbox() as url:
        call([*command, "--env-var", f"baseUrl={url}"])
        counts = json.loads(REPORT.read_text(encoding="utf-8"))["run"]["stats"]
        ended = call([*command, "--env-var", f"baseUrl={url}", "--env-var", "accessSecret=another"], check=False)
        refused = json.loads(REPORT.read_text(encoding="utf-8"))["run"]["stats"]["assertions"]["failed"]
    return told(counts["assertions"]["total"] - counts["assertions"]["failed"], refused if ended.returncode else 0)


def bruno(bru):
    """Every request of Bruno's collection, by the program bru."""
    command = [bru, "run", "-r", "--env", "sandbox", "--reporter-json", str(REPORT)]
    with Sandbox() as url:
        call([*command, "--env-var", f"baseUrl={url}"], cwd=FOLDER / "bruno")
        passed = summary()["passedTests"]
        wrong = [*command, "--env-var", f"baseUrl={url}", "--env-var", "accessSecret=another"]
        ended = call(wrong, cwd=FOLDER / "bruno", check=False)
        refused = summary()["failedTests"]
    return told(passed, refused if ended.returncode else 0)


def summary():
    """The counts of a run of Bruno."""
    return json.loads(REPORT.read_text(encoding="utf-8"))[0]["summary"]


def told(passed, refused):
    """What was carried out and refused, if it was every call."""
    every = len(operations())
    said = f"{passed} of {every} calls carried out, and {refused} refused with another secret"
    if (passed, refused) != (every, every):
        raise Failed(said)
    return said
