"""What the tests stand in: a sandbox of the platform, and servers of agents for it, driven by the official Python client."""

import contextlib
import http.server
import json
import os
import pathlib
import subprocess
import threading
import urllib.error
import urllib.request
from typing import Any, AsyncIterator, Dict, Iterator, List, Optional

import mcp
from mcp import types

ROOT = pathlib.Path(__file__).resolve().parents[4]
PROGRAM = os.environ.get("XPORTCN_CLI", str(ROOT / "target" / "debug" / "xportcn"))
SECRET = "sandbox-secret"
RECEIVER = {
    "name": "张三",
    "mobilePhone": "13800000000",
    "state": "浙江省",
    "city": "杭州市",
    "address": "象山路1号",
}
CREATE, PAY = "taobao.order.purchase_create", "taobao.order.purchase_pay"


class Sandbox:
    """A sandbox of the platform."""

    def __init__(self, url: str) -> None:
        self.url = url

    def ledger(self) -> List[Dict[str, Any]]:
        """What was done, in order."""
        return self.control("GET", "ledger")["entries"]

    def changes(self) -> List[Dict[str, Any]]:
        """Other writes that were carried out."""
        return self.control("GET", "ledger")["changes"]

    def done(self, action: str) -> List[Dict[str, Any]]:
        return [entry for entry in self.ledger() if entry["action"] == action]

    def control(self, method: str, path: str) -> Any:
        request = urllib.request.Request(f"{self.url}/sandbox/{path}", method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)


@contextlib.contextmanager
def sandbox(*flags: str) -> Iterator[Sandbox]:
    with subprocess.Popen([PROGRAM, "sandbox", *flags], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        try:
            yield Sandbox(process.stdout.readline().decode().split()[-1])
        finally:
            process.terminate()


@contextlib.contextmanager
def rewriting(platform: Sandbox, old: str, new: str) -> Iterator[str]:
    """The platform with other words in its answers: its URL."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            url = platform.url + self.path
            headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            request = urllib.request.Request(url, body or None, headers, method=self.command)
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    status, sent = answer.status, answer.read()
            except urllib.error.HTTPError as error:
                status, sent = error.code, error.read()
            sent = sent.replace(old.encode(), json.dumps(new, ensure_ascii=False)[1:-1].encode())
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST

        def log_message(self, *words: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Refused(Exception):
    """A tool that did not do what it was asked for."""

    def __init__(self, error: Dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.kind, self.limit, self.words = error["kind"], error.get("limit"), error["message"]


class Agent:
    """A client of a server, as a program that buys."""

    def __init__(self, client: mcp.Client) -> None:
        self.client = client

    async def call(self, tool: str, **given: Any) -> Dict[str, Any]:
        result = await self.client.call_tool(tool, given)
        if result.is_error:
            raise Refused(json.loads(result.content[0].text)["error"])
        assert result.structured_content is not None
        return result.structured_content

    async def propose(self, call: str, **params: Any) -> Dict[str, Any]:
        return await self.call("propose_write", call=call, params=params)

    async def confirm(self, proposal: Dict[str, Any], **other: Any) -> Dict[str, Any]:
        given = {name: proposal[name] for name in ("call", "params", "token")}
        return await self.call("confirm_write", **{**given, **other})

    async def write(self, call: str, **params: Any) -> Dict[str, Any]:
        return await self.confirm(await self.propose(call, **params))

    async def order(self, item: str = "77000000001", most: int = 99999, quantity: int = 1) -> Dict[str, Any]:
        """The parameters of an order for some product, which may cost so many fen."""
        shown = await self.call("product_details", market="taobao", id=item)
        line = {"itemId": item, "skuId": shown["data"]["skuList"][0]["skuId"], "quantity": quantity}
        return {"orderLineList": [line], "purchaseAmount": str(most), "receiver": RECEIVER}


def settings(url: str, user: str = "sandbox-user") -> Dict[str, str]:
    return {
        "XPORTCN_BASE_URL": url,
        "XPORTCN_ACCESS_KEY": "sandbox-key",
        "XPORTCN_ACCESS_SECRET": SECRET,
        "XPORTCN_USER_ID": user,
        "HOME": "/nonexistent",
    }


@contextlib.asynccontextmanager
async def agent(
    url: str,
    journal: pathlib.Path,
    *flags: str,
    user: str = "sandbox-user",
    person: Optional[Any] = None,
    mode: str = "auto",
) -> AsyncIterator[Agent]:
    """A server with its client. What is said between them stands in files beside the journal."""
    limits = [] if any(flag.startswith("--max") for flag in flags) else ["--max-order", "1000000 CNY"]
    words = [PROGRAM, "mcp", "--live", "--journal", str(journal), *limits, *flags]
    said = 'tee -a "$0.in" | sh -c \'echo $$ >"$0.pid"; exec "$@"\' "$0" "$@" 2>>"$0.err" | tee -a "$0.out"'
    started = mcp.StdioServerParameters(
        command="bash", args=["-c", said, str(journal), *words], env={**settings(url, user), "PATH": os.environ["PATH"]}
    )
    async with mcp.Client(started, elicitation_callback=person, mode=mode, read_timeout_seconds=60) as client:
        yield Agent(client)


def answering(action: str, confirm: bool = True, asked: Optional[List[str]] = None) -> Any:
    """A person who answers so."""

    async def person(context: Any, params: Any) -> types.ElicitResult:
        if asked is not None:
            asked.append(params.message)
        content = {"confirm": confirm} if action == "accept" else None
        return types.ElicitResult(action=action, content=content)

    return person
