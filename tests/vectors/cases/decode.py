"""Replies: the data that a body gives, what did not fit in it, and bodies that give none."""

from rules import replies, schema
from rules.jsontext import compact
from rules.recipes import bytes_of, shortened

from . import decode_bodies, decode_data

HEAD = {
    "about": "Replies, all received with HTTP status 200. `data` is canonical JSON; where it is large, `data_text` "
    "is a recipe for its text. `warnings` are the paths of what did not fit, in the order of the body."
}


def cases():
    endpoints = schema.load()
    for name, endpoint, body in decode_data.CASES + decode_bodies.SUCCESSES:
        result = replies.read(endpoints[endpoint], bytes_of(body))
        assert "expect" in result, (name, result)
        expect = result["expect"]
        text = shortened(compact(expect["data"]))
        if not isinstance(text, str):
            expect = {"data_text": text, **{key: value for key, value in expect.items() if key != "data"}}
        yield [("name", name), ("endpoint", endpoint), ("body", body), ("expect", expect)]
    for name, endpoint, body, error in decode_bodies.ERRORS:
        result = replies.read(endpoints[endpoint], bytes_of(body))
        assert result.get("error", {}).items() >= error.items(), (name, result)
        yield [("name", name), ("endpoint", endpoint), ("body", body), ("error", result["error"])]
