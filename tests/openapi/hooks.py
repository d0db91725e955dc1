"""What schemathesis needs to know of the platform: how requests are signed, and what its answers mean."""

import atexit
import hashlib
import json
import os
import secrets
import string
import time

import schemathesis
from hypothesis import strategies as st
from judge import INVALID, UNJUDGED, VALID, Judge, signing_query

ACCESS_KEY, ACCESS_SECRET, USER_ID = "sandbox-key", "sandbox-secret", "sandbox-user"
# The sandbox's codes for requests that are not what the document says.
MALFORMED = range(40001, 40011)
LETTERS = string.ascii_letters + string.digits

with open(os.environ["OPENAPI_DOCUMENT"], encoding="utf-8") as file:
    DOCUMENT = json.load(file)
JUDGE = Judge(DOCUMENT)
# The operations of all cases, by verdict.
CASES = {VALID: [], INVALID: [], UNJUDGED: []}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Signs every request anew, whatever was generated for its signature."""
    timestamp = str(int(time.time()))
    nonce = "".join(secrets.choice(LETTERS) for _ in range(32))
    signature = hashlib.md5((ACCESS_KEY + timestamp + nonce + ACCESS_SECRET).encode()).hexdigest().upper()
    values = {
        "access-key": ACCESS_KEY,
        "timestamp": timestamp,
        "nonce-str": nonce,
        "user-id": USER_ID,
        "signature": signature,
    }
    for name in [name for name in case.headers or {} if name.lower() in values]:
        del case.headers[name]
    case.headers.update(values)
    if signing_query(DOCUMENT, definition(case)):
        case.query = {**(case.query or {}), "timestamp": timestamp, "sign": signature}


@schemathesis.hook
def flatmap_body(context, body):
    """Puts JSON of the documented shape where the wire holds JSON text: chance would never hit on it."""
    operation = DOCUMENT["paths"][context.operation.path]["post"]
    schema = resolve(operation["requestBody"]["content"]["application/json"]["schema"])
    texts = {name: field["contentSchema"] for name, field in schema["properties"].items() if "contentSchema" in field}
    if not isinstance(body, dict) or not texts.keys() & body.keys():
        return st.just(body)
    filled = {name: values(texts[name]).map(json.dumps) if name in texts else st.just(body[name]) for name in body}
    return st.one_of(st.just(body), st.fixed_dictionaries(filled), st.fixed_dictionaries(filled))


def values(schema):
    """Values of a schema of the document, for what stands in text."""
    schema = resolve(schema)
    kind = schema.get("type")
    if kind == "object":
        fields = {name: values(field) for name, field in schema["properties"].items()}
        required = {name: field for name, field in fields.items() if name in schema.get("required", [])}
        optional = {name: field for name, field in fields.items() if name not in required}
        return st.fixed_dictionaries(required, optional=optional)
    if kind == "array":
        return st.lists(values(schema["items"]), min_size=schema.get("minItems", 0), max_size=3)
    if kind == "string" and "pattern" in schema:
        return st.from_regex(schema["pattern"].removesuffix("$") + r"\Z", alphabet=st.characters(codec="ascii"))
    if kind == "string":
        return st.text(st.characters(exclude_categories=["Cs"]), min_size=schema.get("minLength", 0))
    if "oneOf" in schema:
        return st.one_of([values(form) for form in schema["oneOf"]])
    if kind == "integer":
        return st.integers(-(2**63), 2**63 - 1)
    if kind == "number":
        return st.decimals(-(10**9), 10**9, places=2).map(float)
    if kind == "boolean":
        return st.booleans()
    return st.recursive(st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner, max_size=2))


def resolve(schema):
    """The schema that a reference leads to."""
    if "$ref" not in schema:
        return schema
    return DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]


@schemathesis.check
def requests_are_judged_as_documented(context, response, case):
    """The sandbox must take what the document allows, and refuse what nobody would accept."""
    request = response.request
    body = request.body.encode() if isinstance(request.body, str) else request.body or b""
    content_type = request.headers.get("content-type", "")
    verdict = JUDGE.judge(request.method, case.operation.path, request.url, content_type, body)
    CASES[verdict].append(case.operation.label)
    try:
        code = int(response.json()["code"])
    except (ValueError, KeyError, TypeError):
        code = None
    # The document has a default answer, for tools that know no 4XX; of the platform nothing else is documented.
    assert response.status_code == 200 or 400 <= response.status_code < 500, f"status {response.status_code}"
    is_malformed = code in MALFORMED or response.status_code >= 400
    shown = f"{request.method} {request.url} {body[:2000]!r}: {response.text[:300]}"
    if verdict == VALID:
        assert response.status_code == 200 and not is_malformed, f"the document allows what is refused: {shown}"
    if verdict == INVALID:
        assert is_malformed, f"the document forbids what is accepted: {shown}"


def definition(case):
    """The operation as the document has it."""
    return DOCUMENT["paths"].get(case.operation.path, {}).get(case.operation.method.lower(), {})


@atexit.register
def write_counts():
    """Leaves the counts for whoever started this."""
    with open(os.environ["OPENAPI_COUNTS"], "w", encoding="utf-8") as file:
        counts = {verdict: {"cases": len(cases), "operations": len(set(cases))} for verdict, cases in CASES.items()}
        json.dump(counts, file)
