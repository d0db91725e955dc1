"""The endpoints of models on this machine: OpenAI's Chat Completions and Responses, and Anthropic's Messages.

What the model does is a script; what is sent to it is checked as the endpoints would check it.
"""

import contextlib
import http.server
import itertools
import json
import re
import threading
import traceback
from typing import Any, Callable, Dict, Iterator, List, Tuple, Union

Step = Union[str, Tuple[str, Any]]
Script = Callable[[List[str]], Step]

_numbers = itertools.count(1)


class ScriptedModel:
    """A model, and what was sent to it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.requests: List[Dict[str, Any]] = []


@contextlib.contextmanager
def scripted_model(script: Script) -> Iterator[ScriptedModel]:
    """Starts it. The script is told what the tools answered so far, and says which tool to call, or its last words."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            model.requests.append(body)
            try:
                [answer] = [answer for path, answer in ENDPOINTS.items() if self.path.endswith(path)]
                status, said = 200, answer(body, script)
            except Exception:
                error = {"type": "invalid_request_error", "message": traceback.format_exc()}
                status, said = 400, {"type": "error", "error": error}
            text = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *words: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    model = ScriptedModel(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield model
    finally:
        server.shutdown()
        server.server_close()


def _id(kind: str) -> str:
    return f"{kind}_{next(_numbers)}"


def _tool(name: str, description: str, schema: Dict[str, Any]) -> None:
    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name)
    assert 0 < len(description) <= 1024
    assert schema["type"] == "object" and isinstance(schema["properties"], dict)


def _chat(body: Dict[str, Any], script: Script) -> Dict[str, Any]:
    for tool in body["tools"]:
        assert tool["type"] == "function"
        function = tool["function"]
        _tool(function["name"], function["description"], function["parameters"])
    results = [message for message in body["messages"] if message["role"] == "tool"]
    calls = [call["id"] for message in body["messages"] for call in message.get("tool_calls") or []]
    assert [result["tool_call_id"] for result in results] == calls
    step = script([result["content"] for result in results])
    message: Dict[str, Any] = {"role": "assistant", "content": None}
    if isinstance(step, str):
        message["content"] = step
    else:
        function = {"name": step[0], "arguments": json.dumps(step[1])}
        message["tool_calls"] = [{"id": _id("call"), "type": "function", "function": function}]
    return {
        "id": _id("chatcmpl"),
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [
            {"index": 0, "message": message, "finish_reason": "stop" if isinstance(step, str) else "tool_calls"}
        ],
    }


def _responses(body: Dict[str, Any], script: Script) -> Dict[str, Any]:
    for tool in body["tools"]:
        assert tool["type"] == "function" and tool["strict"] is False
        _tool(tool["name"], tool["description"], tool["parameters"])
    results = [item for item in body["input"] if item.get("type") == "function_call_output"]
    calls = [item["call_id"] for item in body["input"] if item.get("type") == "function_call"]
    assert [result["call_id"] for result in results] == calls
    step = script([result["output"] for result in results])
    item: Dict[str, Any]
    if isinstance(step, str):
        content = [{"type": "output_text", "text": step, "annotations": []}]
        item = {"id": _id("msg"), "type": "message", "role": "assistant", "status": "completed", "content": content}
    else:
        item = {"id": _id("fc"), "type": "function_call", "call_id": _id("call"), "status": "completed"}
        item.update(name=step[0], arguments=json.dumps(step[1]))
    return {
        "id": _id("resp"),
        "object": "response",
        "created_at": 1,
        "status": "completed",
        "model": body["model"],
        "output": [item],
        "tools": body["tools"],
        "tool_choice": "auto",
        "parallel_tool_calls": True,
    }


def _messages(body: Dict[str, Any], script: Script) -> Dict[str, Any]:
    assert body["max_tokens"] > 0
    for tool in body["tools"]:
        _tool(tool["name"], tool["description"], tool["input_schema"])
    blocks = [
        block for message in body["messages"] if isinstance(message["content"], list) for block in message["content"]
    ]
    results = [block for block in blocks if block["type"] == "tool_result"]
    calls = [block["id"] for block in blocks if block["type"] == "tool_use"]
    assert [result["tool_use_id"] for result in results] == calls
    step = script([result["content"] for result in results])
    block: Dict[str, Any]
    if isinstance(step, str):
        block = {"type": "text", "text": step}
    else:
        block = {"type": "tool_use", "id": _id("toolu"), "name": step[0], "input": step[1]}
    return {
        "id": _id("msg"),
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [block],
        "stop_reason": "end_turn" if isinstance(step, str) else "tool_use",
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }


ENDPOINTS = {"/chat/completions": _chat, "/responses": _responses, "/messages": _messages}


def read(text: str) -> Dict[str, Any]:
    """The data of an answer, as a model reads it: between the two lines with the mark."""
    marked = re.search(r"\n<<< [0-9a-f]{32}\n(.*)\n>>> [0-9a-f]{32}\Z", text, re.DOTALL)
    data: Dict[str, Any] = json.loads(marked[1] if marked else text)
    return data


RECEIVER = {
    "name": "张三",
    "mobilePhone": "13800000000",
    "state": "浙江省",
    "city": "杭州市",
    "address": "象山路1号",
}


def buyer(most: str = "90000", item: str = "77000000001") -> Script:
    """A buyer: looks at a product, proposes an order of at most so many fen, confirms it, and says what came of it."""

    def script(results: List[str]) -> Step:
        told = [read(result) for result in results]
        if told and "error" in told[-1]:
            return f"refused: {told[-1]['error']['message']}"
        if not told:
            return "product_details", {"market": "taobao", "id": item}
        if len(told) == 1:
            line = {"itemId": item, "skuId": told[0]["data"]["skuList"][0]["skuId"], "quantity": 1}
            params = {"orderLineList": [line], "purchaseAmount": most, "receiver": RECEIVER}
            return "propose_write", {"call": "taobao.order.purchase_create", "params": params}
        if len(told) == 2:
            return "confirm_write", {name: told[1][name] for name in ("call", "params", "token")}
        return f"ordered {told[2]['data']['orderList'][0]['purchaseId']}"

    return script
