"""A server of the Model Context Protocol that is started here, by the few messages that tools need: JSON-RPC, a line each."""

from __future__ import annotations

import collections
import contextlib
import json
import os
import queue
import subprocess
import tempfile
import threading
from typing import IO, Any, Awaitable, Callable, Dict, List, Mapping, NamedTuple, Optional, Set, Tuple, Union

import anyio

from xportcn._errors import XportcnError
from xportcn.sandbox import SandboxError
from xportcn.sandbox import program as found

# How long it may take to end by itself, and then by a signal, in seconds.
_PATIENCE = 2.0

# What a pipe raises whose other end is no more. The first versions of anyio pass on what the system says.
_GONE = (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError)

_YES: Dict[str, Any] = {"action": "accept", "content": {"confirm": True}}
_NO: Dict[str, Any] = {"action": "decline"}
_NO_ANSWER: Dict[str, Any] = {"action": "cancel"}


class ToolsError(XportcnError):
    """The program of the tools is not there, has refused the options, or has ended."""

    kind = "Tools"


class Refused(Exception):
    """The server's refusal of a message."""


def command(program: Optional[str], **options: Any) -> List[str]:
    """The words of ``xportcn mcp``: the options are its flags, and what they mean is decided there."""
    words = ["mcp"]
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        values: List[Any] = [value] if value is None or isinstance(value, (str, int)) else list(value)
        if not values:
            # It allows nothing, which no flag says.
            raise ValueError(f"`{name}` is empty")
        for one in values:
            if one is True:
                words.append(flag)
            elif one is not None and one is not False:
                words.append(f"{flag}={one if isinstance(one, (str, int)) else json.dumps(one, ensure_ascii=False)}")
    try:
        return [program or found(), *words]
    except SandboxError as error:
        raise ToolsError(str(error)) from error


def environment(access_key: Optional[str], access_secret: Optional[str], user_id: Optional[str]) -> Dict[str, str]:
    """The environment of the program: this one's, and the account. Command lines can be seen by others."""
    account = {
        "XPORTCN_ACCESS_KEY": access_key,
        "XPORTCN_ACCESS_SECRET": access_secret,
        "XPORTCN_USER_ID": user_id,
    }
    return {**os.environ, **{name: value for name, value in account.items() if value is not None}}


class _Question(NamedTuple):
    id: Any
    text: str


class _Result(NamedTuple):
    value: Any


_Heard = Union[_Question, _Result, Exception]


class _Exchange:
    """What was asked for, and who waits for it. It knows no process."""

    def __init__(self) -> None:
        self.failure: Optional[ToolsError] = None
        self._last = 0
        self._waiting: Dict[int, Callable[[_Heard], None]] = {}
        # Of the requests that may ask a person, one at most is waited for. Those that nobody waits for any more, although
        # they are not answered, may still ask: what is asked then could be of either, and is answered with no.
        self._asking: Optional[int] = None
        self._left: Set[int] = set()

    def begin(
        self, method: str, params: Mapping[str, Any], hear: Callable[[_Heard], None], asks: bool
    ) -> Tuple[int, bytes]:
        if self.failure is not None:
            raise self.failure
        number = self._last + 1
        text = line({"id": number, "method": method, "params": params})
        self._last = number
        self._waiting[number] = hear
        if asks:
            self._asking = number
        return number, text

    def leave(self, id: int) -> None:
        """Nobody waits for it any more."""
        if self._waiting.pop(id, None) is not None and id == self._asking:
            self._left.add(id)

    def read(self, text: bytes) -> Optional[bytes]:
        """Takes a line of the server, and may give one that answers it."""
        try:
            message = json.loads(text)
        except ValueError:
            return None
        id, method = message.get("id"), message.get("method")
        if method is None:
            self._left.discard(id)
            hear, error = self._waiting.pop(id, None), message.get("error")
            if hear is not None:
                hear(_Result(message.get("result")) if error is None else Refused(error["message"]))
            return None
        if id is None:
            return None
        if method == "ping":
            return line({"id": id, "result": {}})
        if method != "elicitation/create":
            return line({"id": id, "error": {"code": -32601, "message": "there is no such method"}})
        hear = None if self._asking is None or self._left else self._waiting.get(self._asking)
        if hear is None:
            return line({"id": id, "result": _NO})
        hear(_Question(id, message["params"]["message"]))
        return None

    def fail(self, failure: ToolsError) -> None:
        """All who wait have waited in vain."""
        self.failure = self.failure or failure
        for hear in self._waiting.values():
            hear(self.failure)
        self._waiting.clear()


def line(message: Dict[str, Any]) -> bytes:
    return json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n"


def _ended(code: Optional[int], said: IO[bytes]) -> ToolsError:
    said.seek(0)
    words = said.read().decode(errors="replace").strip()
    return ToolsError(f"the program has ended ({code}){words and ': '}{words}")


def _cannot_start(program: str, error: OSError) -> ToolsError:
    return ToolsError(f"the program `{program}` cannot be started: {error}")


class Server:
    """The server, for threads."""

    def __init__(self, command: List[str], environment: Dict[str, str]) -> None:
        self._exchange = _Exchange()
        self._lock = threading.Lock()
        self._said = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            # In a session of its own: Ctrl-C is for this program, which may want to know what became of a write.
            self._process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                start_new_session=True,
            )
        except OSError as error:
            self._said.close()
            raise _cannot_start(command[0], error) from error
        self._reader = threading.Thread(target=self._read, name="xportcn tools", daemon=True)
        self._reader.start()

    def request(
        self, method: str, params: Mapping[str, Any], ask: Optional[Callable[[str], bool]] = None
    ) -> Dict[str, Any]:
        """The result of a request.

        Raises:
            Refused: The server takes no such request.
            ToolsError: The program has ended.
        """
        heard: "queue.SimpleQueue[_Heard]" = queue.SimpleQueue()
        with self._lock:
            number, text = self._exchange.begin(method, params, heard.put, ask is not None)
            self._write(text)
        try:
            while True:
                message = heard.get()
                if isinstance(message, _Result):
                    return dict(message.value)
                if isinstance(message, Exception):
                    raise message
                said = _NO_ANSWER
                try:
                    said = _YES if ask is not None and ask(message.text) else _NO
                finally:
                    with self._lock:
                        self._write(line({"id": message.id, "result": said}))
        finally:
            with self._lock:
                self._exchange.leave(number)

    def notify(self, method: str) -> None:
        with self._lock:
            self._write(line({"method": method}))

    def close(self) -> None:
        """Ends it: it ends with its input, or else by a signal."""
        with self._lock:
            self._exchange.fail(ToolsError("the tools are closed"))
            assert self._process.stdin
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        for end in (self._process.terminate, self._process.kill):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_PATIENCE)
                break
            end()
        self._process.wait()
        self._reader.join()
        self._said.close()

    def _write(self, text: bytes) -> None:
        assert self._process.stdin
        # Where it has ended, that is told to all who wait.
        with contextlib.suppress(OSError, ValueError):
            self._process.stdin.write(text)
            self._process.stdin.flush()

    def _read(self) -> None:
        assert self._process.stdout
        with self._process.stdout as lines:
            for text in lines:
                with self._lock:
                    answer = self._exchange.read(text)
                    if answer is not None:
                        self._write(answer)
        code = self._process.wait()
        with self._lock:
            self._exchange.fail(_ended(code, self._said))


class AsyncServer:
    """The server, for tasks."""

    def __init__(self, command: List[str], environment: Dict[str, str]) -> None:
        self._command, self._environment = command, environment
        self._exchange = _Exchange()
        self._writing = anyio.Lock()

    async def start(self) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            self._process = await anyio.open_process(
                self._command, env=self._environment, stderr=self._said, start_new_session=True
            )
        except OSError as error:
            self._said.close()
            raise _cannot_start(self._command[0], error) from error
        self._tasks = anyio.create_task_group()
        await self._tasks.__aenter__()
        self._tasks.start_soon(self._read)

    async def request(
        self, method: str, params: Mapping[str, Any], ask: Optional[Callable[[str], Awaitable[bool]]] = None
    ) -> Dict[str, Any]:
        """As that of `Server`."""
        heard = _Box()
        number, text = self._exchange.begin(method, params, heard.put, ask is not None)
        try:
            await self._write(text)
            while True:
                message = await heard.get()
                if isinstance(message, _Result):
                    return dict(message.value)
                if isinstance(message, Exception):
                    raise message
                said = _NO_ANSWER
                try:
                    said = _YES if ask is not None and await ask(message.text) else _NO
                finally:
                    with anyio.CancelScope(shield=True):
                        await self._write(line({"id": message.id, "result": said}))
        finally:
            self._exchange.leave(number)

    async def notify(self, method: str) -> None:
        await self._write(line({"method": method}))

    async def close(self) -> None:
        """Ends it: it ends with its input, or else by a signal."""
        self._exchange.fail(ToolsError("the tools are closed"))
        try:
            with anyio.CancelScope(shield=True):
                assert self._process.stdin
                with contextlib.suppress(*_GONE):
                    await self._process.stdin.aclose()
                for end in (self._process.terminate, self._process.kill):
                    with anyio.move_on_after(_PATIENCE):
                        await self._process.wait()
                        break
                    end()
                await self._process.wait()
            await self._tasks.__aexit__(None, None, None)
        finally:
            with anyio.CancelScope(shield=True), contextlib.suppress(*_GONE):
                await self._process.aclose()
            self._said.close()

    async def _write(self, text: bytes) -> None:
        assert self._process.stdin
        async with self._writing:
            # Where it has ended, that is told to all who wait.
            with contextlib.suppress(*_GONE):
                await self._process.stdin.send(text)

    async def _read(self) -> None:
        assert self._process.stdout
        rest = b""
        with contextlib.suppress(*_GONE):
            async for piece in self._process.stdout:
                *lines, rest = (rest + piece).split(b"\n")
                for text in lines:
                    answer = self._exchange.read(text)
                    if answer is not None:
                        await self._write(answer)
        code = await self._process.wait()
        self._exchange.fail(_ended(code, self._said))


class _Box:
    """What one task is told by others."""

    def __init__(self) -> None:
        self._heard: "collections.deque[_Heard]" = collections.deque()
        self._is_there = anyio.Event()

    def put(self, heard: _Heard) -> None:
        self._heard.append(heard)
        self._is_there.set()

    async def get(self) -> _Heard:
        while not self._heard:
            self._is_there = anyio.Event()
            await self._is_there.wait()
        return self._heard.popleft()
