"""Makes every call by the client that openapi-generator wrote, and prints what its types have read: CALLS URL."""

import inspect
import json
import sys
from typing import get_type_hints

import api


def main():
    """All calls."""
    client = api.ApiClient(api.Configuration(host=sys.argv[2]))
    with open(sys.argv[1], encoding="utf-8") as file:
        calls = json.load(file)
    for call in calls:
        line = {"id": call["id"]}
        try:
            line["reply"] = make(call, client).to_dict()
        except Exception as error:
            line["error"] = str(error)
        print(json.dumps(line))


def make(call, client):
    """One call."""
    method = getattr(getattr(api, call["section"] + "Api")(client), snake(call["id"]))
    given = {snake(name): value for name, value in call["query"].items()}
    hints = get_type_hints(method)
    for name in inspect.signature(method).parameters:
        if name.startswith("_") or name in given:
            continue
        if name == snake(call["id"]) + "_request":
            given[name] = hints[name].from_dict(call["body"])
        elif call["path"]:
            given[name] = call["path"][0]
    return method(**given)


def snake(name):
    """As the generator writes names."""
    separated = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
    return separated.replace(".", "_").lstrip("_")


main()
