"""Errors: who is wrong, which field, what to do."""

import builtins
import functools
from typing import Any, Dict, NamedTuple, Optional, Tuple, Type

from xportcn._names import snake_path


class ErrorResponse(NamedTuple):
    """The answer that an error is of."""

    status: int
    """The HTTP status."""
    headers: Dict[str, str]
    """Its headers, by their names in lower case."""


class XportcnError(Exception):
    """Any error of this package."""

    kind = "Error"

    # All there is to know is in `_facts`, which pickle takes along, and to which Ray's errors, made of this class and one
    # of its own, pass on what they are asked: nothing is told by a default of the class.
    def __init__(self, text: str, facts: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(text)
        self._facts = facts or {}

    @property
    def endpoint(self) -> Optional[str]:
        """The endpoint that was called."""
        return self._facts.get("endpoint")

    @property
    def request_id(self) -> Optional[str]:
        """The platform's name for the call, where it gave one."""
        return self._facts.get("requestId")

    @property
    def is_retryable(self) -> bool:
        """Whether the same call may succeed later. Says nothing about whether it is safe to repeat a write."""
        return bool(self._facts.get("isRetryable", False))

    @property
    def response(self) -> Optional[ErrorResponse]:
        """The answer to the last attempt: status and headers; ``None`` where none came."""
        answer = self._facts.get("answer")
        return None if answer is None else ErrorResponse(*answer)

    @property
    def attempts(self) -> int:
        """How many attempts were sent."""
        return int(self._facts.get("attempts") or 0)

    @property
    def duration(self) -> float:
        """How long the call took, with all waits, in seconds."""
        return float(self._facts.get("durationMs") or 0) / 1000

    def _fact(self, name: str) -> str:
        return str(self._facts.get(name) or "")


def keep_answer(
    error: XportcnError, attempts: int, duration_ms: int, answer: Optional[Tuple[int, Dict[str, str]]]
) -> None:
    """What came with an error belongs to it, and to its cause."""
    known: Dict[str, Any] = error._facts  # pyright: ignore[reportPrivateUsage]
    for facts in (known, known.get("cause")):
        if facts is not None:
            facts.update(attempts=attempts, durationMs=duration_ms, answer=answer)


class AmbiguousWriteError(XportcnError):
    """A call that writes was sent, and its answer is lost: it may have been carried out."""

    kind = "AmbiguousWrite"

    @property
    def recovery(self) -> str:
        """How to find out whether it was carried out."""
        return self._fact("recovery")

    @property
    def ticket(self) -> str:
        """The write, as JSON that can be kept: `Client.recover` looks for it, in another process too.

        It holds no secret, but the parameters as they were sent.
        """
        return self._fact("ticket")

    # No property: Ray sets what has this name.
    @functools.cached_property
    def cause(self) -> XportcnError:
        """What happened to the answer."""
        return from_facts(self._facts["cause"])


def keep_ticket(error: AmbiguousWriteError, ticket: str) -> None:
    """What was seen before a write belongs to its ticket."""
    error._facts["ticket"] = ticket  # pyright: ignore[reportPrivateUsage]


class ApiError(XportcnError):
    """The platform refused the call."""

    kind = "Api"

    @property
    def code(self) -> str:
        """The platform's code."""
        return self._fact("code")

    @property
    def message(self) -> str:
        """The platform's words."""
        return self._fact("message")

    @property
    def body_head(self) -> str:
        """The beginning of the body."""
        return self._fact("bodyHead")

    @property
    def hint(self) -> Optional[str]:
        """What may help, where the platform knows no such path or method."""
        return self._fact("hint") or None


class CancelledError(XportcnError):
    """The caller did not want the call any more."""

    kind = "Cancelled"


class ClosedError(XportcnError):
    """The client has been closed."""

    kind = "Closed"


class ConfigError(XportcnError, ValueError):
    """The client is set up wrongly."""

    kind = "Config"

    @property
    def field(self) -> str:
        """The setting."""
        return self._fact("field")

    @property
    def reason(self) -> str:
        """What is wrong with it."""
        return self._fact("reason")


class DecodeError(XportcnError):
    """The platform answered, but not with a reply that can be read. A write may have been carried out."""

    kind = "Decode"

    @property
    def path(self) -> str:
        """The field; empty for the body as a whole."""
        return self._fact("path")

    @property
    def reason(self) -> str:
        """What is wrong with it."""
        return self._fact("reason")

    @property
    def body_head(self) -> str:
        """The beginning of the body."""
        return self._fact("bodyHead")


class HttpError(XportcnError):
    """The answer has another HTTP status than success, and is none of the platform's replies."""

    kind = "Http"

    @property
    def status(self) -> int:
        """The HTTP status."""
        return int(self._facts["status"])

    @property
    def body_head(self) -> str:
        """The beginning of the body."""
        return self._fact("bodyHead")

    @property
    def hint(self) -> Optional[str]:
        """What may help."""
        return self._fact("hint") or None


class InvalidRequestError(XportcnError, ValueError):
    """The request is wrong. Nothing was sent."""

    kind = "InvalidRequest"

    @property
    def path(self) -> str:
        """The field, as ``order_line_list[0].offer_id``; empty for the request as a whole."""
        return self._fact("path")

    @property
    def reason(self) -> str:
        """What is wrong with it."""
        return self._fact("reason")


class MisuseError(XportcnError):
    """The client or the core was driven wrongly. Nothing was sent."""

    kind = "Misuse"


class PushSignatureError(XportcnError):
    """A pushed message does not come from the platform, or was changed on its way."""

    kind = "PushSignature"

    @property
    def reason(self) -> str:
        """What is wrong."""
        return self._fact("reason")


class TimeoutError(XportcnError, builtins.TimeoutError):
    """No answer came in time. A write may have been carried out."""

    kind = "Timeout"


class TransportError(XportcnError, ConnectionError):
    """The request or its answer was lost on the way."""

    kind = "Transport"

    @property
    def transport_kind(self) -> str:
        """What happened: ``connect``, ``dns``, ``tls``, ``reset`` or ``other``."""
        return self._fact("transportKind")

    @property
    def detail(self) -> str:
        """The transport's own words."""
        return self._fact("detail")


_CLASSES: Dict[str, Type[XportcnError]] = {
    error.kind: error
    for error in (
        AmbiguousWriteError,
        ApiError,
        CancelledError,
        ConfigError,
        DecodeError,
        HttpError,
        InvalidRequestError,
        MisuseError,
        PushSignatureError,
        TimeoutError,
        TransportError,
    )
}


def from_core(error: BaseException) -> XportcnError:
    """The error that the core tells of as JSON."""
    import json

    return from_facts(json.loads(str(error)))


def from_facts(facts: Dict[str, Any]) -> XportcnError:
    """The error with these facts."""
    return _CLASSES.get(str(facts.get("kind")), XportcnError)(str(facts.get("text", "")), facts)


def config(field: str, reason: str) -> ConfigError:
    """What is wrong with a setting before the core sees it. The value is not repeated: it may be the secret."""
    return ConfigError(f"the setting `{field}` {reason}", {"field": field, "reason": reason})


def invalid(endpoint: str, path: str, reason: str) -> InvalidRequestError:
    """What is wrong with a request before the core sees it."""
    path = snake_path(path)
    text = f"invalid request {endpoint}: {f'`{path}`: ' if path else ''}{reason} (nothing was sent)"
    return InvalidRequestError(text, {"endpoint": endpoint, "path": path, "reason": reason})
