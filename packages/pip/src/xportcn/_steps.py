"""What the calls of all styles share: steps of the core, and replies to their types."""

from __future__ import annotations

import functools
import importlib
import logging
from typing import Any, List, Optional, Tuple, Type

import msgspec

from xportcn._core import Core, CoreError, Exchange, Pager
from xportcn._endpoints import items_field
from xportcn._errors import XportcnError, from_core
from xportcn._readers import reader
from xportcn._reply import Reply, WireWarning, spelled

log = logging.getLogger("xportcn")


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


def step(exchange: Exchange, now_ms: int, random: bytes, cause: Optional[BaseException]) -> Tuple[Any, ...]:
    """What to do next; an error names its cause."""
    try:
        return exchange.step(now_ms, random)
    except CoreError as error:
        raised = from_core(error)
        log.debug("the call failed: %s", raised)
        raise raised from cause


def abandon(exchange: Exchange, now_ms: int, ended: BaseException) -> None:
    """Ends a call that the caller leaves; if it may have been carried out, that is told to the log, and is the cause."""
    exchange.cancel()
    try:
        exchange.step(now_ms, bytes(32))
    except CoreError as error:
        raised: XportcnError = from_core(error)
        if raised.kind == "AmbiguousWrite":
            log.warning("%s", raised)
            ended.__cause__ = raised


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


def read(id: str, data: bytes, about: str, raw: bytes) -> Reply[Any]:
    """The reply with its data as its type."""
    decoder, empty = _reply_reader(id)
    value = decoder.decode(data)
    if value is None and empty is not None:
        value = empty()
    facts = _read_about(about)
    warnings = spelled(facts.warnings)
    for warning in warnings:
        log.warning("%s: %s: expected %s, found %s", id, warning.path, warning.expected, warning.found)
    return Reply(value, raw, facts.requestId, facts.message, facts.developId, warnings)


def items_of(id: str, page: Any) -> List[Any]:
    """The items of a page."""
    return [item for item in getattr(page, items_field(id)) or () if item is not None]
