"""What the calls of all styles share: parameters to JSON, and replies to their types."""

import functools
import importlib
import json
import logging
from decimal import Decimal
from typing import Any, Dict, List, Mapping, Optional, Protocol, Tuple, Type, Union

import msgspec

from xportcn._core import Core, CoreError, Exchange, Pager
from xportcn._errors import XportcnError, from_core
from xportcn._names import snake_path
from xportcn._reply import Reply, Warning

log = logging.getLogger("xportcn")

_encode = msgspec.json.Encoder(decimal_format="string").encode


class Caller(Protocol):
    """Makes calls, in one of the four styles."""

    def call(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> Any:
        """One call."""

    def pages(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> Any:
        """The pages of a call."""

    def items(self, id: str, params: Dict[str, Any], further: Optional[Mapping[str, Any]] = None) -> Any:
        """The items of the pages of a call."""


class Section:
    """Calls on one subject."""

    __slots__ = ("_caller",)

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def __repr__(self) -> str:
        calls = [name for name in dir(type(self)) if not name.startswith("_")]
        return f"<xportcn calls: {', '.join(calls)}>"


def encode(params: Mapping[str, Any], further: Optional[Mapping[str, Any]]) -> bytes:
    """The parameters that are given, as JSON."""
    given = {name: value for name, value in params.items() if value is not None}
    if further:
        given.update(further)
    return _encode(given)


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


def step(exchange: Exchange, now_ms: int, random: bytes, cause: Optional[BaseException]) -> Tuple[Any, ...]:
    """What to do next; an error names its cause."""
    try:
        return exchange.step(now_ms, random)
    except CoreError as error:
        raised = from_core(error)
        log.debug("the call failed: %s", raised)
        raise raised from cause


def abandon(exchange: Exchange, now_ms: int) -> None:
    """Ends a call that the caller leaves; tells the log if it may have been carried out."""
    exchange.cancel()
    try:
        exchange.step(now_ms, bytes(32))
    except CoreError as error:
        raised: XportcnError = from_core(error)
        if raised.kind == "AmbiguousWrite":
            log.warning("%s", raised)


@functools.lru_cache(maxsize=None)
def _reader(id: str) -> Tuple["msgspec.json.Decoder[Any]", Optional[Type[Any]]]:
    """What reads an endpoint's data, and what stands for no data."""
    module = importlib.import_module(f"xportcn.models.{id.split('.', 1)[0]}")
    kind = module.REPLIES[id]
    decoder = msgspec.json.Decoder(Optional[kind], strict=False, float_hook=Decimal)
    if isinstance(kind, type):
        return decoder, kind if issubclass(kind, msgspec.Struct) else None
    return decoder, list if getattr(kind, "__origin__", None) is list else None


@functools.lru_cache(maxsize=None)
def items_field(id: str) -> str:
    """The field of a page that holds its items."""
    from xportcn._core import endpoints

    rows = json.loads(endpoints())
    return next(snake_path(row["paging"]["items"]) for row in rows if row["id"] == id)


class _Warning(msgspec.Struct):
    path: str
    expected: str
    found: str


class _About(msgspec.Struct):
    requestId: Optional[str]
    message: Optional[str]
    developId: Optional[str]
    warnings: List[_Warning]


_read_about = msgspec.json.Decoder(_About).decode


def read(id: str, data: bytes, about: str, raw: bytes) -> Reply[Any]:
    """The reply with its data as its type."""
    decoder, empty = _reader(id)
    value = decoder.decode(data)
    if value is None and empty is not None:
        value = empty()
    facts = _read_about(about)
    warnings = tuple(Warning(snake_path(w.path), w.expected, w.found) for w in facts.warnings)
    for warning in warnings:
        log.warning("%s: %s: expected %s, found %s", id, warning.path, warning.expected, warning.found)
    return Reply(value, raw, facts.requestId, facts.message, facts.developId, warnings)


def settings_json(settings: Mapping[str, Union[None, str, int, bool, Mapping[str, Any]]]) -> str:
    """The settings that are given, as JSON."""
    return json.dumps({name: value for name, value in settings.items() if value is not None})


def milliseconds(seconds: Optional[float]) -> Optional[int]:
    """Whole milliseconds, as the core counts."""
    return None if seconds is None else round(seconds * 1000)


def items_of(id: str, page: Any) -> List[Any]:
    """The items of a page."""
    return [item for item in getattr(page, items_field(id)) or () if item is not None]
