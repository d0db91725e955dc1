"""The platform as tools for models: of OpenAI, Anthropic, or any other that calls functions.

>>> from xportcn.tools import Tools
>>> with Tools(max_order="300 CNY", confirm=ask) as agent:  # doctest: +SKIP
...     response = openai.responses.create(model=model, input=said, tools=agent.openai_responses.tools)
...     said += [*response.output, *agent.openai_responses.answer(response)]

They are those of ``xportcn mcp``, with its limits, its journal and its audit log: this starts that program, which
``pip install 'xportcn[sandbox]'`` brings, and ends it with its block. What a model may do is decided there.
"""

from __future__ import annotations

import json
import threading
from types import TracebackType
from typing import (
    Any,
    Awaitable,
    Callable,
    Dict,
    Generic,
    List,
    Literal,
    Mapping,
    Optional,
    Sequence,
    Tuple,
    Type,
    TypeVar,
    Union,
)

import anyio
import msgspec

from xportcn._core import __version__
from xportcn._tool_dialects import ANTHROPIC, CHAT, RESPONSES, Call, Dialect, as_object
from xportcn._tool_server import AsyncServer, Refused, Server, ToolsError, command, environment

__all__ = ["Asked", "AsyncForModel", "AsyncTools", "ForModel", "ToolAnswer", "ToolSchema", "Tools", "ToolsError"]

# The tool that confirms; all others only read or propose.
_CONFIRM = "confirm_write"
# The protocol's version in which the server asks while the tool runs.
_PROTOCOL = "2025-11-25"


class Asked(msgspec.Struct, frozen=True):
    """A write that a person is asked about."""

    call: str
    """The call's id, as ``taobao.order.purchase_pay``."""
    params: Dict[str, Any]
    """Its parameters, exactly as they were proposed."""
    summary: str
    """What would be done and what it may cost, with the parameters, in words of ours: none is the platform's or a seller's."""


class ToolSchema(msgspec.Struct, frozen=True):
    """One of the tools."""

    name: str
    description: str
    input: Dict[str, Any]
    """JSON Schema of what it takes."""
    output: Dict[str, Any]
    """JSON Schema of what it gives as `ToolAnswer.data`."""
    reads: bool
    """Whether it changes nothing. Only ``confirm_write`` does."""


class ToolAnswer(msgspec.Struct, frozen=True):
    """What a tool answered."""

    text: str
    """What the model is to read: data of the platform is marked as such in it. Of a refusal it is JSON with ``error``."""
    data: Optional[Dict[str, Any]]
    """The same, structured; ``None`` of a refusal."""
    is_error: bool
    """Whether the tool did not do what it was asked for."""


Confirm = Callable[[Asked], bool]
AsyncConfirm = Callable[[Asked], Union[bool, Awaitable[bool]]]
_Confirm = TypeVar("_Confirm", bound=AsyncConfirm)


class _Tools(Generic[_Confirm]):
    """What is equal with and without async."""

    instructions: str
    """What a model is to be told of the tools as a whole: for the system prompt."""
    schemas: List[ToolSchema]
    """The tools as the server tells them."""

    def __init__(
        self,
        *,
        confirm: Optional[_Confirm] = None,
        ask_person: bool = True,
        live: bool = False,
        journal: Optional[str] = None,
        audit: Optional[str] = None,
        profile: Optional[str] = None,
        access_key: Optional[str] = None,
        access_secret: Optional[str] = None,
        user_id: Optional[str] = None,
        base_url: Optional[str] = None,
        max_order: Optional[str] = None,
        max_day: Optional[str] = None,
        writes_per_hour: Optional[int] = None,
        allow_call: Optional[Sequence[str]] = None,
        allow_seller: Optional[Sequence[str]] = None,
        allow_category: Optional[Sequence[str]] = None,
        allow_address: Optional[Sequence[Mapping[str, Any]]] = None,
        allow_unknown_sum: Optional[Sequence[str]] = None,
        confirm_within: Optional[str] = None,
        read_only: bool = False,
        recovery_window: Optional[str] = None,
        tools: Optional[Literal["few", "all"]] = None,
        program: Optional[str] = None,
    ) -> None:
        """What is not given is as ``xportcn mcp --help`` says.

        Args:
            confirm: Asks a person. Only ``True`` carries the write out. It has two minutes, or less with `confirm_within`.
            ask_person: Whether a person must confirm each write. Without `confirm` each write is then refused. With ``False``
                and without `confirm` the model's word is enough, within the limits.
            live: Calls the platform, for the account that is set. Without it everything happens in a sandbox on this machine.
            journal: The file of the journal, which keeps what was sent and what it cost. `live` needs one.
            audit: The file of the audit log; beside the journal, unless it is given.
            profile: The profile with the account, as ``xportcn login`` keeps it.
            access_key: The account, where it is in no profile and not in the environment.
            access_secret: Its secret. It is handed on by the environment.
            user_id: The sub-account to act for.
            base_url: Where the platform is.
            max_order: The most that one write may cost, with its currency, as ``"300 CNY"``.
            max_day: The most that all writes of 24 hours may cost.
            writes_per_hour: How many calls that write may be sent in an hour.
            allow_call: Calls that may write, or beginnings of them, as ``"taobao.cart.*"``; others may not.
            allow_seller: Sellers from whom may be bought, by id or name; others may not.
            allow_category: Categories of which may be bought, by id or name; others may not.
            allow_address: Addresses to which may be delivered; others may not.
            allow_unknown_sum: Calls that may write although nothing tells what they cost.
            confirm_within: How long a proposal can be confirmed, as ``"90s"``; two minutes at most.
            read_only: No call that writes is sent.
            recovery_window: How long a write whose answer is lost is looked for, as ``"3m"``.
            tools: ``"all"`` gives each call a tool of its own, beside the eleven.
            program: The program; else that of the variable ``XPORTCN_CLI``, of this environment, or of the path.
        """
        self._confirm = confirm
        self._command = command(
            program,
            live=live,
            journal=journal,
            audit=audit,
            profile=profile,
            base_url=base_url,
            max_order=max_order,
            max_day=max_day,
            writes_per_hour=writes_per_hour,
            allow_call=allow_call,
            allow_seller=allow_seller,
            allow_category=allow_category,
            allow_address=allow_address,
            allow_unknown_sum=allow_unknown_sum,
            confirm_within=confirm_within,
            read_only=read_only,
            # Only a plain no does without a person.
            ask_person=ask_person is not False,
            recovery_window=recovery_window,
            tools=tools,
        )
        self._environment = environment(access_key, access_secret, user_id)

    def _greeting(self) -> Dict[str, Any]:
        return {
            "protocolVersion": _PROTOCOL,
            "capabilities": {} if self._confirm is None else {"elicitation": {"form": {}}},
            "clientInfo": {"name": "xportcn-pip", "version": __version__},
        }

    def _told(self, begun: Dict[str, Any], listed: Dict[str, Any]) -> None:
        self.instructions = begun["instructions"]
        self.schemas = [
            ToolSchema(
                tool["name"],
                tool["description"],
                tool["inputSchema"],
                tool["outputSchema"],
                tool["annotations"]["readOnlyHint"],
            )
            for tool in listed["tools"]
        ]


class Tools(_Tools[Confirm]):
    """The platform as tools for a model. A context manager: the program starts and ends with its block. Threads may share it.

    Raises:
        ToolsError: The program is not there, or does not take the options.
    """

    openai_chat: ForModel
    """For OpenAI's Chat Completions: give `ForModel.answer` the message, and put what it gives behind it."""
    openai_responses: ForModel
    """For OpenAI's Responses: give `ForModel.answer` the response, and put what it gives into the next input."""
    anthropic: ForModel
    """For Anthropic's Messages: give `ForModel.answer` the message; what it gives is the content of the user's next."""

    def __enter__(self) -> Tools:
        self._confirming = threading.Lock()
        self._server = Server(self._command, self._environment)
        try:
            begun = self._server.request("initialize", self._greeting())
            self._server.notify("notifications/initialized")
            self._told(begun, self._server.request("tools/list", {}))
        except BaseException:
            self._server.close()
            raise
        self.openai_chat = ForModel(self, CHAT)
        self.openai_responses = ForModel(self, RESPONSES)
        self.anthropic = ForModel(self, ANTHROPIC)
        return self

    def call(self, name: str, arguments: Any) -> ToolAnswer:
        """Calls a tool. What the tool refuses is an answer, for the model to read.

        Confirmations wait for each other, so that a person is asked one thing at a time. What `confirm` raises is a no, and is
        raised here.

        Raises:
            ToolsError: The program has ended, or was closed. A write that was being confirmed may have been sent, and the tool
                ``recover`` finds out.
        """
        given = as_object(arguments)
        if given is None:
            return _NO_OBJECT
        if name != _CONFIRM:
            return self._called(name, given, None)
        with self._confirming:
            return self._called(name, given, lambda summary: self._ask(_asked(given, summary)))

    def close(self) -> None:
        """Ends the program. Who is being asked has confirmed nothing."""
        self._server.close()

    def _called(self, name: str, given: Mapping[str, Any], ask: Optional[Callable[[str], bool]]) -> ToolAnswer:
        try:
            return _answer(self._server.request("tools/call", {"name": name, "arguments": dict(given)}, ask))
        except Refused as error:
            return _refusal(str(error))

    def _ask(self, write: Asked) -> bool:
        return self._confirm is not None and self._confirm(write) is True

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self.close()


class AsyncTools(_Tools[AsyncConfirm]):
    """`Tools` for programs with async, of asyncio or trio. The program starts and ends with its block.

    Raises:
        ToolsError: The program is not there, or does not take the options.
    """

    openai_chat: AsyncForModel
    """For OpenAI's Chat Completions: give `AsyncForModel.answer` the message, and put what it gives behind it."""
    openai_responses: AsyncForModel
    """For OpenAI's Responses: give `AsyncForModel.answer` the response, and put what it gives into the next input."""
    anthropic: AsyncForModel
    """For Anthropic's Messages: give `AsyncForModel.answer` the message; what it gives is the content of the user's next."""

    async def __aenter__(self) -> AsyncTools:
        self._confirming = anyio.Lock()
        self._server = AsyncServer(self._command, self._environment)
        await self._server.start()
        try:
            begun = await self._server.request("initialize", self._greeting())
            await self._server.notify("notifications/initialized")
            self._told(begun, await self._server.request("tools/list", {}))
        except BaseException:
            await self._server.close()
            raise
        self.openai_chat = AsyncForModel(self, CHAT)
        self.openai_responses = AsyncForModel(self, RESPONSES)
        self.anthropic = AsyncForModel(self, ANTHROPIC)
        return self

    async def call(self, name: str, arguments: Any) -> ToolAnswer:
        """Calls a tool. What the tool refuses is an answer, for the model to read.

        Confirmations wait for each other, so that a person is asked one thing at a time. What `confirm` raises is a no, and is
        raised here. Who gives up waiting for an answer takes back no write; while a person is asked, that is a no.

        Raises:
            ToolsError: The program has ended. A write that was being confirmed may have been sent, and the tool ``recover``
                finds out.
        """
        given = as_object(arguments)
        if given is None:
            return _NO_OBJECT
        if name != _CONFIRM:
            return await self._called(name, given, None)

        async def ask(summary: str) -> bool:
            return await self._ask(_asked(given, summary))

        async with self._confirming:
            return await self._called(name, given, ask)

    async def _called(
        self, name: str, given: Mapping[str, Any], ask: Optional[Callable[[str], Awaitable[bool]]]
    ) -> ToolAnswer:
        try:
            return _answer(await self._server.request("tools/call", {"name": name, "arguments": dict(given)}, ask))
        except Refused as error:
            return _refusal(str(error))

    async def _ask(self, write: Asked) -> bool:
        if self._confirm is None:
            return False
        said = self._confirm(write)
        return (said if isinstance(said, bool) else await said) is True

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self._server.close()


class ForModel:
    """The tools as an API of models wants them."""

    tools: List[Any]
    """For ``tools`` of the request."""

    def __init__(self, agent: Tools, dialect: Dialect) -> None:
        self.tools = [dialect.tool(schema.name, schema.description, schema.input) for schema in agent.schemas]
        self._agent, self._dialect = agent, dialect

    def answer(self, said: Any) -> List[Any]:
        """Makes the calls of what the model said, an object of the SDK or of JSON, and gives the answers for the next request.
        Calls of other tools are left to you."""
        told = self._dialect.told
        calls = _ours(self._dialect, said, self._agent.schemas)
        return [told(call.id, *_shown(self._agent.call(call.name, call.arguments))) for call in calls]


class AsyncForModel:
    """The tools as an API of models wants them."""

    tools: List[Any]
    """For ``tools`` of the request."""

    def __init__(self, agent: AsyncTools, dialect: Dialect) -> None:
        self.tools = [dialect.tool(schema.name, schema.description, schema.input) for schema in agent.schemas]
        self._agent, self._dialect = agent, dialect

    async def answer(self, said: Any) -> List[Any]:
        """Makes the calls of what the model said, an object of the SDK or of JSON, and gives the answers for the next request.
        Calls of other tools are left to you."""
        told = self._dialect.told
        calls = _ours(self._dialect, said, self._agent.schemas)
        return [told(call.id, *_shown(await self._agent.call(call.name, call.arguments))) for call in calls]


def _ours(dialect: Dialect, said: Any, schemas: List[ToolSchema]) -> List[Call]:
    """Calls of our tools only: others are of the program."""
    names = {schema.name for schema in schemas}
    return [call for call in dialect.calls(said) if call.name in names]


def _answer(result: Dict[str, Any]) -> ToolAnswer:
    text = "\n".join(block["text"] for block in result["content"])
    return ToolAnswer(text, result.get("structuredContent"), bool(result.get("isError")))


def _refusal(message: str) -> ToolAnswer:
    """As the server refuses."""
    return ToolAnswer(json.dumps({"error": {"kind": "invalid", "message": message}}), None, True)


_NO_OBJECT = _refusal("the arguments are no JSON object")


def _shown(answer: ToolAnswer) -> Tuple[str, bool]:
    return answer.text, answer.is_error


def _asked(given: Mapping[str, Any], summary: str) -> Asked:
    return Asked(given["call"], given["params"], summary)
