"""Pushed messages: what they say, and which are refused."""

from rules import pushes
from rules.jsontext import compact
from rules.recipes import bytes_of, shortened

from . import push_messages, push_signatures

HEAD = {
    "about": "Pushed messages. `authorization` is the header of this name, and `body` is received with it; `error` is "
    "`signature` where it is not accepted, and `malformed` where it is but holds no message. `body` inside `expect` "
    "is canonical JSON (`body_text` a recipe for it); `warnings` are the paths of what did not fit."
}


def cases():
    rows = pushes.load()
    account = push_signatures.ACCOUNT
    for name, body in push_messages.CASES:
        yield case(rows, name, account, signed(account, body), body, None)
    for name, body in push_messages.MALFORMED:
        yield case(rows, name, account, signed(account, body), body, "malformed")
    for name, account, authorization, body in push_signatures.ACCEPTED:
        yield case(rows, name, account, authorization, body, None)
    for name, account, authorization, body in push_signatures.REFUSED:
        yield case(rows, name, account, authorization, body, "signature")


def signed(account, body):
    return pushes.signature(*account, bytes_of(body))


def case(rows, name, account, authorization, body, error):
    result = pushes.read(rows, *account, authorization, bytes_of(body))
    assert result.get("error") == error, (name, result)
    if "expect" in result:
        expect = result["expect"]
        text = shortened(compact(expect["body"]))
        if not isinstance(text, str):
            expect["body_text"] = text
            del expect["body"]
    access_key, access_secret = account
    given = {"access_key": access_key, "access_secret": access_secret, "authorization": authorization, "body": body}
    return [("name", name), *given.items(), *result.items()]
