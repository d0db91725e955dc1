"""Traces and metrics by OpenTelemetry: ``pip install 'xportcn[opentelemetry]'``.

>>> from xportcn import Client
>>> from xportcn.opentelemetry import Telemetry
>>> with Client("key", "secret", "user", on_event=Telemetry()) as client:  # doctest: +SKIP
...     client.taobao.product.get(item_id="672991141190")

Each call is a span, and each of its attempts is one of an HTTP client within it, whose context goes with the request as
``traceparent``. ``http.client.request.duration`` measures the attempts. Names follow the conventions for HTTP; ours begin with
``xportcn.``. No secret, no signature and no body is in any of it.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, NamedTuple, Optional, Union
from urllib.parse import urlsplit

from opentelemetry import propagate, trace
from opentelemetry.metrics import Histogram, MeterProvider, get_meter
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, TracerProvider

from xportcn import events
from xportcn._core import __version__

__all__ = ["Telemetry"]

Attributes = Dict[str, Union[str, int, float, bool]]

_NAME = "xportcn"
_PORTS = {"http": 80, "https": 443}


class _Attempt(NamedTuple):
    span: Span
    measured: Attributes


class _Call:
    def __init__(self, span: Span) -> None:
        self.span = span
        self.attempt: Optional[_Attempt] = None


class Telemetry:
    """What `on_event` of a client tells, as spans and a metric. One may serve many clients.

    Args:
        tracer_provider: Where spans go; OpenTelemetry's own one, unless it is given.
        meter_provider: Where measurements go; OpenTelemetry's own one, unless it is given.
    """

    def __init__(
        self, *, tracer_provider: Optional[TracerProvider] = None, meter_provider: Optional[MeterProvider] = None
    ) -> None:
        self._tracer = trace.get_tracer(_NAME, __version__, tracer_provider)
        self._duration: Histogram = get_meter(_NAME, __version__, meter_provider).create_histogram(
            "http.client.request.duration", "s", "Duration of HTTP client requests."
        )
        self._calls: Dict[int, _Call] = {}

    def __call__(self, event: events.Event) -> None:
        """Takes an event."""
        if isinstance(event, events.Started):
            attributes: Attributes = {"xportcn.endpoint": event.endpoint, "xportcn.is_write": event.is_write}
            self._calls[event.call] = _Call(self._tracer.start_span(event.endpoint, attributes=attributes))
            return
        call = self._calls.get(event.call)
        if call is None:
            return
        if isinstance(event, events.Sent):
            call.attempt = self._begun(call.span, event)
        elif isinstance(event, events.Answered):
            self._answered(call, event)
        elif isinstance(event, events.Failed):
            self._over(call, {"error.type": event.failure}, event.duration_ms, event.failure)
        elif isinstance(event, events.Ended):
            del self._calls[event.call]
            _end(call.span, event)
        else:
            call.span.add_event(f"xportcn.{type(event).__name__.lower()}", _members(event))

    def attempt_headers(self, sent: events.Sent) -> Mapping[str, str]:
        """The headers that pass on the context of an attempt."""
        carrier: Dict[str, str] = {}
        call = self._calls.get(sent.call)
        if call is not None and call.attempt is not None:
            propagate.inject(carrier, trace.set_span_in_context(call.attempt.span))
        return carrier

    def _begun(self, within: Span, event: events.Sent) -> _Attempt:
        url = urlsplit(event.url)
        measured: Attributes = {
            "http.request.method": event.method,
            "server.address": url.hostname or "",
            "server.port": url.port or _PORTS.get(url.scheme, 443),
            "xportcn.endpoint": event.endpoint,
        }
        attributes: Attributes = {**measured, "url.full": event.url, "xportcn.attempt": event.attempt}
        if event.attempt > 1:
            attributes["http.request.resend_count"] = event.attempt - 1
        context = trace.set_span_in_context(within)
        span = self._tracer.start_span(event.method, context, SpanKind.CLIENT, attributes)
        return _Attempt(span, measured)

    def _answered(self, call: _Call, event: events.Answered) -> None:
        found: Attributes = {"http.response.status_code": event.status}
        if event.status >= 400:
            found["error.type"] = str(event.status)
        if call.attempt is not None:
            call.attempt.span.set_attributes(_platform(event.code, event.request_id))
        self._over(call, found, event.duration_ms, "" if event.status < 400 else f"HTTP {event.status}")

    def _over(self, call: _Call, found: Attributes, duration_ms: int, error: str) -> None:
        attempt, call.attempt = call.attempt, None
        if attempt is None:
            return
        attempt.span.set_attributes(found)
        if error:
            attempt.span.set_status(Status(StatusCode.ERROR, error))
        self._duration.record(duration_ms / 1000, {**attempt.measured, **found})
        attempt.span.end()


def _end(span: Span, event: events.Ended) -> None:
    span.set_attributes({"xportcn.attempts": event.attempts, **_platform(event.code, event.request_id)})
    if event.error is not None:
        span.set_attribute("error.type", event.error)
        span.set_status(Status(StatusCode.ERROR, event.error))
    span.end()


def _platform(code: Optional[str], request_id: Optional[str]) -> Attributes:
    """What the platform says of a call."""
    said = {"xportcn.code": code, "xportcn.request_id": request_id}
    return {name: value for name, value in said.items() if value is not None}


def _members(event: Any) -> Attributes:
    """What an event has of its own."""
    names = (name for name in event.__struct_fields__ if name not in ("at_ms", "call", "endpoint"))
    return {f"xportcn.{name}": getattr(event, name) for name in names}
