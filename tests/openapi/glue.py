"""The glue of docs/signing, in each of its languages against a sandbox: a signed call is carried out, and one that is
signed with another secret is refused.
"""

import json
import shutil

from proof import CALLS, HERE, ROOT, WORK, Failed, Sandbox, call, operations

GLUE, PROGRAMS, FOLDER = ROOT / "docs" / "signing", HERE / "signing", WORK / "signing"
SECRET = "sandbox-secret"
WRONG_SIGNATURE = 40108
# A program of each language, and the packages of Debian that have it. C# runs on Mono there: Debian has no .NET.
PACKAGES = {
    "go": ["golang-go"],
    "javac": ["openjdk-17-jdk-headless"],
    "mcs": ["mono-mcs", "mono-runtime", "libmono-system-net-http4.0-cil"],
    "php": ["php-cli"],
    "ruby": ["ruby"],
}


def install():
    """Installs the languages that are not there."""
    missing = [package for program, names in PACKAGES.items() if not shutil.which(program) for package in names]
    if missing:
        call([ROOT / "packages" / "system-packages", "the proof of docs/signing", *missing], cwd=ROOT)


def proofs():
    """A proof for each language."""
    return [proof(name, build) for name, build in BUILDS.items()]


def proof(name, build):
    """The proof of one language."""

    def run():
        command = build()
        with Sandbox() as url:
            for row in CALLS:
                path, _, operation = operations()[row]
                body = json.dumps(operation["requestBody"]["content"]["application/json"]["example"])
                expect(command, [url + path, SECRET, body], 200)
                expect(command, [url + path, SECRET + "?", body], WRONG_SIGNATURE)
        return f"{len(CALLS)} calls carried out, and refused with another secret"

    run.__doc__ = f"signing in {name}: "
    return run


def expect(command, arguments, code):
    """Sends a request; the reply must have this code."""
    said = call([*command, *arguments], cwd=FOLDER).stdout
    try:
        found = json.loads(said)["code"]
    except (ValueError, KeyError):
        raise Failed(f"no reply: {said[:500]}") from None
    if found != code:
        raise Failed(f"code {found} instead of {code}: {said[:500]}")


def go():
    """A module of the glue and its program."""
    module = FOLDER / "go"
    (module / "signing").mkdir(parents=True, exist_ok=True)
    (module / "go.mod").write_text("module proof\n\ngo 1.19\n", encoding="utf-8")
    shutil.copyfile(GLUE / "signing.go", module / "signing" / "signing.go")
    shutil.copyfile(PROGRAMS / "main.go", module / "main.go")
    call(["go", "build", "-o", "call", "."], cwd=module, settings={"GOFLAGS": "", "GOTOOLCHAIN": "local"})
    return [module / "call"]


def java():
    """Classes."""
    classes = FOLDER / "java"
    call(["javac", "-d", str(classes), str(GLUE / "Signing.java"), str(PROGRAMS / "Call.java")])
    return ["java", "-cp", str(classes), "Call"]


def csharp():
    """A program for Mono."""
    program = FOLDER / "Call.exe"
    sources = [str(GLUE / "Signing.cs"), str(PROGRAMS / "Call.cs")]
    call(["mcs", "-r:System.Net.Http.dll", f"-out:{program}", *sources])
    return ["mono", str(program)]


def php():
    """A script."""
    return ["php", str(PROGRAMS / "call.php"), str(GLUE / "signing.php")]


def ruby():
    """A script."""
    return ["ruby", str(PROGRAMS / "call.rb"), str(GLUE / "signing.rb")]


BUILDS = {"Go": go, "Java": java, "C#": csharp, "PHP": php, "Ruby": ruby}
FOLDER.mkdir(parents=True, exist_ok=True)
