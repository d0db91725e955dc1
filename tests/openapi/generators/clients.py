"""The clients: how each is generated and compiled, and what it must have done."""

import json
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from compare import lost, parsed
from proof import DOCUMENT, HERE, PROGRAM, VENV, WORK, Failed, Sandbox, call, operations
from recorder import Recorder, long_numbers_as_text, signed

HERE = HERE / "generators"
FOLDER = WORK / "generators"
JAR_VERSION, JAR_SHA256 = "7.25.0", "41ce4f6b07f196676439d710759fa1ced7a08066d06ff1bf314681470289efae"
OAPI_CODEGEN = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2"
# Rows whose data is an empty list where nothing is published: openapi-generator's Java refuses one of several forms.
EMPTY_LISTS = {"taobao.after_sale.messages", "taobao.cart.list"}
# Rows with a field of which nothing is published: there, the same keeps named ids and drops other fields.
UNKNOWN_WITHIN = ["taobao.product.batch_check", "taobao.order.page"]
GO_SETTINGS = {"GOFLAGS": "-mod=mod", "GOBIN": str(FOLDER / "bin")}


def go():
    """openapi-generator, Go: a client on net/http."""
    folder = FOLDER / "go"
    client = generate("go", folder / "client", "packageName=client,withGoMod=false")
    shutil.rmtree(client / "test", ignore_errors=True)
    return compare(go_program(folder, "openapi_generator.go"), partly=unknown_rows())


def oapi_codegen():
    """oapi-codegen: a client on net/http, of the document for generators."""
    folder = FOLDER / "oapi-codegen"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "client").mkdir(parents=True)
    call(["go", "install", OAPI_CODEGEN], settings=GO_SETTINGS)
    command = [str(FOLDER / "bin" / "oapi-codegen"), "-config", str(HERE / "oapi-codegen.yaml")]
    older = FOLDER / "document.json"
    older.write_text(call([PROGRAM, "openapi", "--profile", "generators"]).stdout, encoding="utf-8")
    call([*command, "-o", str(folder / "client" / "client.go"), str(older)])
    return compare(go_program(folder, "oapi_codegen.go"), partly=unknown_rows())


def go_program(folder, source):
    """The program of a module that has a client."""
    shutil.copyfile(HERE / source, folder / "main.go")
    for name in ["go.mod", "go.sum"]:
        shutil.copyfile(HERE / name, folder / name)
    call(["go", "build", "-o", "calls", "."], cwd=folder, settings={"GOFLAGS": ""})
    return [folder / "calls"]


def java():
    """openapi-generator, Java: a client on OkHttp and Gson."""
    folder = generate("java", FOLDER / "java", "library=okhttp-gson,hideGenerationTimestamp=true")
    shutil.copyfile(HERE / "Calls.java", folder / "src" / "main" / "java" / "Calls.java")
    shutil.rmtree(folder / "src" / "test", ignore_errors=True)
    maven = ["mvn", "--quiet", "--batch-mode", "-Dmaven.compiler.parameters=true"]
    call([*maven, "compile", "dependency:build-classpath", "-Dmdep.outputFile=classpath"], cwd=folder)
    classpath = (folder / "classpath").read_text(encoding="utf-8").strip()
    command = ["java", "-cp", f"{folder / 'target' / 'classes'}:{classpath}", "Calls"]
    return compare(command, partly=[*unknown_rows(), *UNKNOWN_WITHIN], unread=EMPTY_LISTS)


def python():
    """openapi-generator, Python: a client on urllib3 and pydantic."""
    folder = generate("python", FOLDER / "python", "packageName=api")
    interpreter = VENV / "bin" / "python"
    return compare([interpreter, str(HERE / "calls.py")], {"PYTHONPATH": str(folder)})


def typescript(programs, modules):
    """A client on fetch, compiled in strict mode."""
    # Its own checks know no value of more than one form, and would drop it.
    options = "withoutRuntimeChecks=true,modelPropertyNaming=original"
    folder = generate("typescript-fetch", modules / "fetch", options)
    compiled = compile_typescript(programs, folder, ["index.ts"])
    return compare(["node", str(HERE / "fetch.cjs"), str(compiled)])


def hey_api(programs, modules):
    """A client on fetch, which validates every reply by zod."""
    folder = modules / "hey"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copyfile(HERE / "openapi-ts.config.mjs", modules / "openapi-ts.config.mjs")
    call([str(programs / "openapi-ts")], cwd=modules, settings={"OPENAPI_DOCUMENT": str(DOCUMENT)})
    compiled = compile_typescript(programs, folder, ["sdk.gen.ts"])
    return compare(["node", str(HERE / "hey.cjs"), str(compiled)])


def compile_typescript(programs, folder, files):
    """CommonJS of a client, which Node loads as it is."""
    compiled = folder / "compiled"
    options = ["--strict", "--skipLibCheck", "--target", "es2022", "--module", "node16", "--moduleResolution", "node16"]
    command = [str(programs / "tsc"), *options, "--lib", "es2022,dom,dom.iterable", "--outDir", str(compiled)]
    call([*command, *files], cwd=folder)
    return compiled


def generate(language, folder, properties):
    """What openapi-generator writes."""
    shutil.rmtree(folder, ignore_errors=True)
    command = ["java", "-jar", str(jar()), "generate", "-g", language, "-i", str(DOCUMENT), "-o", str(folder)]
    call([*command, "--additional-properties", f"{properties},disallowAdditionalPropertiesIfNotPresent=false"])
    return folder


def jar():
    """openapi-generator, from Maven Central at this version."""
    path = FOLDER / f"openapi-generator-cli-{JAR_VERSION}.jar"
    if not path.is_file():
        artifact = f"org.openapitools:openapi-generator-cli:{JAR_VERSION}"
        goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
        call(["mvn", "--quiet", "--batch-mode", goal, f"-Dartifact={artifact}", f"-DoutputDirectory={FOLDER}"])
    if digest(path) != JAR_SHA256:
        path.unlink()
        raise Failed(f"{path.name} is not the one of this hash")
    return path


def digest(path):
    """The SHA-256 of a file."""
    return call(["sha256sum", str(path)]).stdout.split()[0]


def unknown_rows():
    """The rows of whose replies nothing is published. Types that hold anything hold numbers as floats in Go and in Gson."""
    schemas = json.loads(DOCUMENT.read_text(encoding="utf-8"))["components"]["schemas"]
    return [
        row for row, (_, _, it) in operations().items() if data_of(it, schemas).get("$ref", "").endswith("/Unknown")
    ]


def data_of(operation, schemas):
    """The schema of a reply's data."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return schemas[schema["$ref"].rsplit("/", 1)[1]]["properties"]["data"]


def compare(command, settings=None, partly=(), unread=()):
    """Lets a client make all calls, and tells how many were taken, and how many replies it has read whole. It may round
    what stands within the data of some rows, but not the data's own fields.
    """
    calls = FOLDER / "calls.json"
    calls.write_text(json.dumps([described(*item) for item in operations().items()]), encoding="utf-8")
    with Sandbox() as sandbox:
        recorder = Recorder(sandbox)
        with recorder as url:
            said = call([*command, str(calls), url], settings=settings).stdout
    read = {line["id"]: line for line in map(parsed, said.splitlines())}
    return told(read, {row: parsed(reply) for row, reply in recorder.replies.items()}, partly, unread)


def told(read, replies, partly, unread):
    """The counts, which must be those of every row."""
    rows = operations()
    taken = [row for row in rows if replies.get(row, {}).get("code") == 200]
    readable = [row for row in rows if "reply" in read.get(row, {})]
    changed = {row: lost(replies[row], read[row]["reply"]) for row in readable if row in replies}
    whole = [row for row, places in changed.items() if not places]
    said = f"{len(taken)} of {len(rows)} calls taken, {len(readable)} replies read, {len(whole)} without a loss"
    exact = named_ids()
    within = [row for row, places in changed.items() if row in partly and not exact.intersection(places)]
    known = {*unread} - {*readable}
    if min(len(taken), len({*readable, *known}), len({*whole, *within, *known})) < len(rows):
        faults = [f"{row}: {replies.get(row)}" for row in rows if row not in taken]
        faults += [f"{row}: {read.get(row, {}).get('error', 'nothing')}" for row in rows if row not in readable]
        faults += [f"{row}: lost {places[:5]}" for row, places in changed.items() if places]
        raise Failed("\n".join([said, *(fault[:300] for fault in faults)]))
    return said


def named_ids():
    """The places of ids that the document names where nothing else is published: no reader may round these."""
    schemas = json.loads(DOCUMENT.read_text(encoding="utf-8"))["components"]["schemas"]
    return {f"reply.data.{name}" for name in schemas["UnknownObject"]["properties"]}


def described(row, operation):
    """A call, as the programs read it."""
    path, _, fields = operation
    words = [word for part in row.split(".") for word in part.split("_")]
    section = [word for part in row.split(".")[:-1] for word in part.split("_")]
    parameters = fields.get("parameters", [])
    in_path = [it for it in parameters if it["in"] == "path"]
    body = fields.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
    return {
        "id": row,
        "name": words[0] + "".join(word.capitalize() for word in words[1:]),
        "section": "".join(word.capitalize() for word in section),
        "path": [it["example"] for it in in_path],
        "pathNames": [it["name"] for it in in_path],
        "query": {it["name"]: it["example"] for it in parameters if it["in"] == "query" and "example" in it},
        "body": body,
    }


def prism(programs):
    """A proxy before the sandbox, which holds every request and reply to the document."""
    # Prism is JavaScript, and takes no number that its own would round.
    with Sandbox() as sandbox, Recorder(sandbox, as_text=True) as target:
        command = [str(programs / "prism"), "proxy", str(DOCUMENT), target, "--errors", "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            try:
                url = listening(process)
                told = {row: through(url, described(row, it), it) for row, it in operations().items()}
                unsigned = through(url, *wrong(), headers={})
            finally:
                process.terminate()
    faults = [f"{row}: {fault}" for row, fault in told.items() if fault]
    if faults:
        raise Failed("\n".join(faults))
    if "401" not in unsigned:
        raise Failed(f"a request without its headers was let through: {unsigned}")
    return f"{len(told)} requests and replies without a violation"


def wrong():
    """A call to be made without its headers."""
    row, operation = next(iter(operations().items()))
    return described(row, operation), operation


def listening(process):
    """Where Prism listens, once it does."""
    for line in process.stdout:
        if "Prism is listening on" in line:
            return line.split("listening on ")[1].split()[0].strip()
    raise Failed("Prism did not start")


def through(url, described_call, operation, headers=None):
    """Sends a call; what is wrong with it, if something is."""
    path, method, _ = operation
    for name, value in zip(described_call["pathNames"], described_call["path"]):
        path = path.replace(f"{{{name}}}", value)
    headers = signed() if headers is None else headers
    query = dict(described_call["query"])
    if "/pp/logistics/" in path and headers:
        query |= {"timestamp": headers["timestamp"], "sign": headers["signature"]}
    body = None if described_call["body"] is None else long_numbers_as_text(json.dumps(described_call["body"])).encode()
    address = url + path + ("?" + urllib.parse.urlencode(query) if query else "")
    request = urllib.request.Request(
        address, body, {**headers, "content-type": "application/json"}, method=method.upper()
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            violations, reply = answer.headers.get("sl-violations"), json.load(answer)
    except urllib.error.HTTPError as error:
        return error.read().decode()[:3000]
    return violations or ("" if reply["code"] == 200 else str(reply)[:300])
