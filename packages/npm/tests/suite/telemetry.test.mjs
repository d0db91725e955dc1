// Spans and metrics of OpenTelemetry, read from exporters in memory.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, beforeEach, test } from "node:test";
import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { Xportcn } from "xportcn";
import { openTelemetry } from "xportcn/opentelemetry";
import { ACCOUNT } from "./sandbox.mjs";

const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
const measured = new InMemoryMetricExporter(AggregationTemporality.DELTA);
const reader = new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 3_600_000 });
const meter = new MeterProvider({ readers: [reader] }).getMeter("test");
after(() => reader.shutdown());
beforeEach(() => exporter.reset());

/** A server that gives these answers in turn, and what it was asked. */
async function serving(t, ...answers) {
  const seen = [];
  const server = createServer((request, answer) => {
    seen.push(request.headers);
    const [status, body] = answers[Math.min(seen.length, answers.length) - 1];
    answer.writeHead(status).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address();
  const settings = {
    ...ACCOUNT,
    accessSecret: "sandbox-secret",
    baseUrl: `http://127.0.0.1:${port}`,
    initialBackoff: 1,
  };
  const make = (options) => new Xportcn({ ...settings, onEvent: openTelemetry({ meter, ...options }), logger: null });
  return { seen, port, make };
}

const OK = [200, '{"code":200,"requestId":"r-1","data":{"orderId":"7"}}'];

test("a call is a span under the active one, and each attempt a span of an HTTP client within it", async (t) => {
  const { port, make } = await serving(t, [503, "busy"], OK);
  const client = make();
  const parent = trace.getTracer("test").startSpan("parent");
  await context.with(trace.setSpan(context.active(), parent), () => client.taobao.order.get({ orderId: "7" }));
  parent.end();
  const [first, second, call] = exporter.getFinishedSpans();
  assert.equal(call.name, "taobao.order.get");
  assert.equal(call.kind, SpanKind.INTERNAL);
  assert.equal(call.parentSpanContext.spanId, parent.spanContext().spanId);
  assert.equal(call.attributes["xportcn.endpoint"], "taobao.order.get");
  assert.equal(call.attributes["xportcn.attempts"], 2);
  assert.equal(call.attributes["xportcn.request_id"], "r-1");
  assert.equal(call.status.code, SpanStatusCode.UNSET);
  assert.deepEqual(
    call.events.map(({ name }) => name),
    ["retrying"],
  );
  for (const [at, span] of [first, second].entries()) {
    assert.equal(span.kind, SpanKind.CLIENT);
    assert.equal(span.parentSpanContext.spanId, call.spanContext().spanId);
    const method = span.attributes["http.request.method"];
    assert.ok(["GET", "POST"].includes(method));
    assert.equal(span.name, method);
    assert.equal(span.attributes["server.address"], "127.0.0.1");
    assert.equal(span.attributes["server.port"], port);
    assert.match(span.attributes["url.full"], new RegExp(`^http://127\\.0\\.0\\.1:${port}/`));
    assert.equal(span.attributes["xportcn.attempt"], at + 1);
    assert.equal(span.attributes["xportcn.endpoint"], "taobao.order.get");
  }
  assert.equal(first.attributes["http.response.status_code"], 503);
  assert.equal(first.attributes["error.type"], "503");
  assert.equal(first.status.code, SpanStatusCode.ERROR);
  assert.equal(first.attributes["http.request.resend_count"], undefined);
  assert.equal(second.attributes["http.response.status_code"], 200);
  assert.equal(second.attributes["error.type"], undefined);
  assert.equal(second.attributes["http.request.resend_count"], 1);
  assert.equal(second.attributes["xportcn.request_id"], "r-1");
});

test("each attempt carries the context of its own span as traceparent", async (t) => {
  const { seen, make } = await serving(t, [503, "busy"], OK);
  await make().taobao.order.get({ orderId: "7" });
  const [first, second] = exporter.getFinishedSpans();
  const expected = [first, second].map((span) => {
    const { traceId, spanId } = span.spanContext();
    return `00-${traceId}-${spanId}-01`;
  });
  assert.deepEqual(
    seen.map(({ traceparent }) => traceparent),
    expected,
  );
  await make({ propagate: false }).taobao.order.get({ orderId: "7" });
  assert.equal(seen.at(-1).traceparent, undefined);
});

test("a refusal is an error of the call with the platform's code, and a lost connection one of the attempt", async (t) => {
  const { make } = await serving(t, [200, '{"code":40001,"msg":"no","requestId":"r-2","data":null}']);
  await assert.rejects(make().taobao.order.purchasePay({ orderId: "7" }), { kind: "Api" });
  const [attempt, call] = exporter.getFinishedSpans();
  assert.equal(attempt.attributes["xportcn.code"], "40001");
  assert.equal(attempt.attributes["http.response.status_code"], 200);
  assert.equal(call.attributes["error.type"], "Api");
  assert.equal(call.attributes["xportcn.code"], "40001");
  assert.equal(call.attributes["xportcn.request_id"], "r-2");
  assert.equal(call.attributes["xportcn.write"], true);
  assert.equal(call.status.code, SpanStatusCode.ERROR);
  exporter.reset();
  const nowhere = { ...ACCOUNT, baseUrl: "http://127.0.0.1:9", maxRetries: 0, onEvent: openTelemetry({ meter }) };
  await assert.rejects(new Xportcn(nowhere).taobao.order.get({ orderId: "7" }), { kind: "Transport" });
  const [unsent, failed] = exporter.getFinishedSpans();
  assert.equal(unsent.attributes["error.type"], "connect");
  assert.equal(unsent.status.code, SpanStatusCode.ERROR);
  assert.equal(failed.attributes["error.type"], "Transport");
});

test("calls at the same time have spans of their own", async (t) => {
  const { make } = await serving(t, OK);
  const client = make();
  await Promise.all([1, 2, 3].map((orderId) => client.taobao.order.get({ orderId })));
  const spans = exporter.getFinishedSpans();
  assert.equal(spans.length, 6);
  assert.equal(new Set(spans.map((span) => span.spanContext().traceId)).size, 3);
});

test("the duration of attempts is a metric", async (t) => {
  const { port, make } = await serving(t, [503, "busy"], OK);
  await reader.forceFlush();
  measured.reset();
  await make().taobao.order.get({ orderId: "7" });
  await reader.forceFlush();
  const [{ scopeMetrics }] = measured.getMetrics();
  const [{ descriptor, dataPoints }] = scopeMetrics[0].metrics;
  assert.deepEqual([descriptor.name, descriptor.unit], ["http.client.request.duration", "s"]);
  const points = dataPoints.filter(({ attributes }) => attributes["server.port"] === port);
  assert.deepEqual(
    points.map(({ attributes, value }) => [
      attributes["http.response.status_code"],
      attributes["error.type"],
      attributes["http.request.method"],
      value.count,
    ]),
    [
      [503, "503", points[0].attributes["http.request.method"], 1],
      [200, undefined, points[0].attributes["http.request.method"], 1],
    ],
  );
  for (const { value } of points) assert.ok(value.sum >= 0 && value.sum < 5);
});

test("no span and no metric holds the secret or a signature", async (t) => {
  const { seen, make } = await serving(t, [503, "busy"], OK);
  await make().taobao.order.get({ orderId: "7" });
  await reader.forceFlush();
  const spans = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
  const text = JSON.stringify([spans, measured.getMetrics().map(({ scopeMetrics }) => scopeMetrics)]);
  assert.ok(spans.length >= 3);
  assert.ok(!text.includes("sandbox-secret"));
  for (const { signature } of seen) assert.ok(signature && !text.includes(signature));
});
