"""What the calls of all styles share: steps of the core, and replies to their types."""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING, Any, Dict, Final, List, NamedTuple, Optional, Sequence, Tuple, Type

import msgspec

from xportcn._core import HEADERS, Core, CoreError, Exchange, Pager
from xportcn._endpoints import items_field
from xportcn._errors import XportcnError, from_core, keep_answer
from xportcn._listen import log
from xportcn._readers import reader
from xportcn._reply import Reply, Warning, WireWarning, spelled
from xportcn._transport import Response

if TYPE_CHECKING:
    from xportcn._heard import Heard

_HEADERS = frozenset(HEADERS)


class Came(NamedTuple):
    """What came of a call."""

    data: bytes
    about: str
    answer: Response
    exchange: Optional[Exchange] = None


NO_ANSWER: Final = Response(0, (), b"")
"""Stands for the answer of a reply that was kept."""


def begin(core: Core, id: str, params: bytes, options: str) -> Exchange:
    """Begins a call."""
    try:
        return core.call(id, params, options)
    except CoreError as error:
        raise from_core(error) from None


def walk(core: Core, id: str, params: bytes) -> Pager:
    """Begins a walk over pages."""
    try:
        return core.pager(id, params)
    except CoreError as error:
        raise from_core(error) from None


def advance(pager: Pager, data: bytes, about: str) -> bool:
    """Whether a page is to be shown."""
    try:
        return pager.advance(data, about)
    except CoreError as error:
        raise from_core(error) from None


def step(
    exchange: Exchange,
    now_ms: int,
    random: bytes,
    heard: Optional[Heard],
    cause: Optional[BaseException],
    answer: Optional[Response],
) -> Tuple[Any, ...]:
    """What to do next; an error names its cause, and the answer that it is of."""
    try:
        return exchange.step(now_ms, random)
    except CoreError as error:
        raised = from_core(error)
        told = None if answer is None else (answer.status, joined(answer.headers))
        keep_answer(raised, exchange.attempts, exchange.duration_ms, told)
        if raised.kind == "AmbiguousWrite":
            log.warning("%s", raised)
        raise raised from cause
    finally:
        if heard is not None:
            heard.tell()


def mattering(answer: Response) -> List[Tuple[str, str]]:
    """The headers of an answer that the core reads."""
    return [header for header in answer.headers if header[0].lower() in _HEADERS]


def joined(headers: Sequence[Tuple[str, str]]) -> Dict[str, str]:
    """Headers by their names in lower case; what came more than once is joined."""
    found: Dict[str, str] = {}
    for name, value in headers:
        name = name.lower()
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def abandon(exchange: Exchange, now_ms: int, heard: Optional[Heard], ended: BaseException) -> None:
    """Ends a call that the caller leaves; if it may have been carried out, that is told to the log, and is the cause."""
    exchange.cancel()
    try:
        exchange.step(now_ms, bytes(32))
    except CoreError as error:
        raised: XportcnError = from_core(error)
        if raised.kind == "AmbiguousWrite":
            log.warning("%s", raised)
            ended.__cause__ = raised
    if heard is not None:
        heard.tell()


@functools.lru_cache(maxsize=None)
def _reply_reader(id: str) -> Tuple[msgspec.json.Decoder[Any], Optional[Type[Any]]]:
    """What reads an endpoint's data, and what stands for no data."""
    module = importlib.import_module(f"xportcn.models.{id.split('.', 1)[0]}")
    kind = module.REPLIES[id]
    decoder = reader(Optional[kind])
    if isinstance(kind, type):
        return decoder, kind if issubclass(kind, msgspec.Struct) else None
    return decoder, list if getattr(kind, "__origin__", None) is list else None


class _About(msgspec.Struct):
    requestId: Optional[str]
    message: Optional[str]
    developId: Optional[str]
    warnings: List[WireWarning]


_read_about = reader(_About).decode


def data(id: str, came: Came) -> Any:
    """The data as its type."""
    return _read(id, came)[0]


def read(id: str, came: Came) -> Reply[Any]:
    """The reply with its data as its type."""
    value, facts, warnings = _read(id, came)
    answer, exchange = came.answer, came.exchange
    return Reply(
        value,
        answer.body,
        facts.requestId,
        facts.message,
        facts.developId,
        warnings,
        answer.status or None,
        joined(answer.headers),
        0 if exchange is None else exchange.attempts,
        0.0 if exchange is None else exchange.duration_ms / 1000,
        came.data,
    )


def _read(id: str, came: Came) -> Tuple[Any, _About, Tuple[Warning, ...]]:
    decoder, empty = _reply_reader(id)
    value = decoder.decode(came.data)
    if value is None and empty is not None:
        value = empty()
    facts = _read_about(came.about)
    if not facts.warnings:
        return value, facts, ()
    warnings = spelled(facts.warnings)
    places = "; ".join(f"{one.path}: expected {one.expected}, found {one.found}" for one in warnings)
    log.warning("%s: %s", id, places)
    return value, facts, warnings


def items_of(id: str, page: Any) -> List[Any]:
    """The items of a page."""
    return [item for item in getattr(page, items_field(id)) or () if item is not None]
