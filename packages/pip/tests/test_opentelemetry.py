"""Spans and a metric by OpenTelemetry, read from exporters in memory."""

import asyncio
import contextlib
from typing import Any, Callable, Dict, List

import pytest
from conftest import ACCOUNT, CREATE, RENDER, examples
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from peers import Received, answer, platform
from test_shown import SIGNATURE

import xportcn
from xportcn.opentelemetry import Telemetry
from xportcn.sandbox import Sandbox


class Seen:
    """What is exported."""

    def __init__(self) -> None:
        self._spans = InMemorySpanExporter()
        self._reader = InMemoryMetricReader()
        self.tracers = TracerProvider()
        self.tracers.add_span_processor(SimpleSpanProcessor(self._spans))
        self.telemetry = Telemetry(
            tracer_provider=self.tracers, meter_provider=MeterProvider(metric_readers=[self._reader])
        )

    @property
    def spans(self) -> List[Any]:
        return list(self._spans.get_finished_spans())

    def points(self) -> List[Any]:
        data: Any = self._reader.get_metrics_data()
        (metric,) = data.resource_metrics[0].scope_metrics[0].metrics
        assert (metric.name, metric.unit) == ("http.client.request.duration", "s")
        return list(metric.data.data_points)


def check_retried(seen: Seen, url: str) -> None:
    first, second, call = [span for span in seen.spans if span.name != "outer"]
    assert (call.name, call.kind, call.status.status_code) == (
        "taobao.after_sale.render",
        SpanKind.INTERNAL,
        StatusCode.UNSET,
    )
    assert (
        call.attributes["xportcn.endpoint"] == "taobao.after_sale.render" and call.attributes["xportcn.attempts"] == 2
    )
    assert call.attributes["xportcn.request_id"] and call.attributes["xportcn.is_write"] is False
    assert [event.name for event in call.events] == ["xportcn.retrying"]
    for attempt in (first, second):
        assert attempt.parent.span_id == call.context.span_id and attempt.context.trace_id == call.context.trace_id
        assert (attempt.name, attempt.kind) == ("POST", SpanKind.CLIENT)
        assert attempt.attributes["http.request.method"] == "POST"
        assert attempt.attributes["url.full"] == f"{url}/open/order/refund/render"
        assert attempt.attributes["server.address"] == "127.0.0.1"
        assert attempt.attributes["server.port"] == int(url.rpartition(":")[2])
    assert first.attributes["http.response.status_code"] == 503 and first.attributes["error.type"] == "503"
    assert first.status.status_code == StatusCode.ERROR and "http.request.resend_count" not in first.attributes
    assert second.attributes["http.response.status_code"] == 200 and "error.type" not in second.attributes
    assert (second.attributes["http.request.resend_count"], second.attributes["xportcn.attempt"]) == (1, 2)
    assert second.status.status_code == StatusCode.UNSET
    points = {point.attributes["http.response.status_code"]: point for point in seen.points()}
    assert {status: point.count for status, point in points.items()} == {503: 1, 200: 1}
    assert points[503].attributes["error.type"] == "503" and points[200].attributes["xportcn.endpoint"] == call.name


def test_opentelemetry_has_a_span_for_a_call_and_for_each_attempt(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox, seen = xportcn_new_sandbox("--fault", "kinds=503,count=1"), Seen()
    with sandbox.client(initial_backoff=0.001, on_event=seen.telemetry) as client:
        with seen.tracers.get_tracer("program").start_as_current_span("outer") as outer:
            client.taobao.after_sale.render(**RENDER)
    check_retried(seen, sandbox.url)
    assert seen.spans[2].parent.span_id == outer.get_span_context().span_id


def test_opentelemetry_has_the_same_spans_of_calls_that_are_awaited(
    xportcn_new_sandbox: Callable[..., Sandbox],
) -> None:
    sandbox, seen = xportcn_new_sandbox("--fault", "kinds=503,count=1"), Seen()

    async def run() -> None:
        async with sandbox.async_client(initial_backoff=0.001, on_event=seen.telemetry) as client:
            with seen.tracers.get_tracer("program").start_as_current_span("outer"):
                await client.taobao.after_sale.render(**RENDER)

    asyncio.run(run())
    check_retried(seen, sandbox.url)
    assert seen.spans[2].parent.span_id == seen.spans[3].context.span_id


def test_opentelemetry_keeps_calls_apart_that_run_side_by_side(xportcn_sandbox: Sandbox) -> None:
    seen = Seen()
    tracer = seen.tracers.get_tracer("program")

    async def one(client: xportcn.AsyncClient, number: int) -> None:
        with tracer.start_as_current_span(f"outer {number}"):
            await client.taobao.after_sale.render(**RENDER)

    async def run() -> None:
        async with xportcn_sandbox.async_client(on_event=seen.telemetry) as client:
            await asyncio.gather(*(one(client, number) for number in range(16)))

    asyncio.run(run())
    calls = {span.context.span_id: span for span in seen.spans if span.name == "taobao.after_sale.render"}
    outer = {span.context.span_id for span in seen.spans if span.name.startswith("outer")}
    assert {span.parent.span_id for span in calls.values()} == outer and len(outer) == 16
    assert {span.parent.span_id for span in seen.spans if span.name == "POST"} == set(calls)


def test_opentelemetry_passes_on_the_context_of_each_attempt_as_traceparent() -> None:
    seen, received = Seen(), []
    answers = [answer(b"no", "503 Service Unavailable"), answer({"code": 200, "data": {}})]

    def reply(request: Received) -> bytes:
        received.append(request)
        return answers.pop(0)

    with platform(reply) as peer:
        settings: Dict[str, Any] = {"base_url": peer.url, "initial_backoff": 0.001, "on_event": seen.telemetry}
        with xportcn.Client(*ACCOUNT, **settings) as client:
            client.taobao.order.get(order_id="1")
    attempts = [span.context for span in seen.spans if span.kind == SpanKind.CLIENT]
    assert [request.headers["traceparent"].split("-")[1:3] for request in received] == [
        [f"{context.trace_id:032x}", f"{context.span_id:016x}"] for context in attempts
    ]
    assert len({context.span_id for context in attempts}) == 2


def test_opentelemetry_tells_why_an_attempt_and_a_call_failed(xportcn_sandbox: Sandbox) -> None:
    seen = Seen()
    lost: Dict[str, Any] = {"base_url": "http://127.0.0.1:1", "max_retries": 0, "on_event": seen.telemetry}
    with xportcn.Client(*ACCOUNT, **lost) as client, pytest.raises(xportcn.TransportError):
        client.taobao.order.get(order_id="1")
    attempt, call = seen.spans
    assert attempt.attributes["error.type"] == "connect" and attempt.status.status_code == StatusCode.ERROR
    assert call.attributes["error.type"] == "Transport" and call.status.status_code == StatusCode.ERROR
    assert seen.points()[0].attributes["error.type"] == "connect"

    refused = Seen()
    with xportcn_sandbox.client(on_event=refused.telemetry) as client:
        with pytest.raises(xportcn.ApiError) as error:
            client.with_options(user_id="nobody").taobao.after_sale.render(**RENDER)
    attempt, call = refused.spans
    for span in (attempt, call):
        assert span.attributes["xportcn.code"] == error.value.code
        assert span.attributes["xportcn.request_id"] == error.value.request_id
    assert call.attributes["error.type"] == "Api"


def test_opentelemetry_is_shown_neither_secret_nor_signature(xportcn_new_sandbox: Callable[..., Sandbox]) -> None:
    sandbox, seen = xportcn_new_sandbox("--fault", "kinds=503|html|reset,rate=0.4,seed=3"), Seen()
    with sandbox.client(initial_backoff=0.001, on_event=seen.telemetry) as client:
        for _ in range(8):
            for call in (
                lambda: client.taobao.after_sale.render(**RENDER),
                lambda: client.taobao.order.purchase_create(**CREATE),
                lambda: client.request("warehouse.preview_freight", examples()["warehouse.preview_freight"]),
            ):
                with contextlib.suppress(xportcn.XportcnError):
                    call()
    shown = "\n".join(
        f"{span.name} {dict(span.attributes)} {span.status.description} {span.events}" for span in seen.spans
    )
    shown += repr([dict(point.attributes) for point in seen.points()])
    assert len(seen.spans) > 40 and "warehouse" in shown and "error.type" in shown
    assert "sandbox-secret" not in shown and "sign=" not in shown
    assert not SIGNATURE.search(shown)
