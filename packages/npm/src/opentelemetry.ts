// Spans and metrics by OpenTelemetry's conventions for HTTP clients. Only this entry needs `@opentelemetry/api`.

import {
  type Attributes,
  type Context,
  context,
  type Histogram,
  type Meter,
  metrics,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
  ValueType,
} from "@opentelemetry/api";
import type { CallEvent, EventCall, EventListener } from "xportcn";

/** Whose spans and metrics they are, if not those of the global providers. */
export interface TelemetryOptions {
  tracer?: Tracer | undefined;
  meter?: Meter | undefined;
  /** Whether attempts carry the trace's context, as `traceparent`. Default: true. */
  propagate?: boolean | undefined;
}

/** A call that is under way. */
interface Traced {
  readonly span: Span;
  readonly context: Context;
  attempt?: { readonly span: Span; readonly attributes: Attributes };
}

/** In seconds, as the conventions advise. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * A listener that traces and measures calls: `new Xportcn({ onEvent: openTelemetry() })`.
 *
 * Each call is a span under the active one, each of its attempts a span of the kind CLIENT within it, and
 * `http.client.request.duration` counts attempts.
 */
export function openTelemetry(options: TelemetryOptions = {}): EventListener {
  const calls = new WeakMap<EventCall, Traced>();
  let durations: Histogram | undefined;
  // The global providers may be set after the client is made.
  const tracer = () => options.tracer ?? trace.getTracer("xportcn");
  const measure = (seconds: number, attributes: Attributes) => {
    durations ??= (options.meter ?? metrics.getMeter("xportcn")).createHistogram("http.client.request.duration", {
      description: "Duration of HTTP client requests.",
      unit: "s",
      valueType: ValueType.DOUBLE,
      advice: { explicitBucketBoundaries: BUCKETS },
    });
    durations.record(seconds, attributes);
  };

  const end = (traced: Traced, event: CallEvent & { durationMs: number }, attributes: Attributes, error?: string) => {
    const { attempt } = traced;
    if (attempt === undefined) return;
    delete traced.attempt;
    const known = error === undefined ? attributes : { ...attributes, "error.type": error };
    attempt.span.setAttributes(known);
    if (error !== undefined) attempt.span.setStatus({ code: SpanStatusCode.ERROR });
    attempt.span.end(event.atMs);
    const { "http.response.status_code": status, "error.type": type } = known;
    const measured: Attributes = { ...attempt.attributes };
    if (status !== undefined) measured["http.response.status_code"] = status;
    if (type !== undefined) measured["error.type"] = type;
    measure(event.durationMs / 1000, measured);
  };

  return (event, call) => {
    if (event.event === "started") {
      const attributes = { "xportcn.endpoint": call.endpoint, "xportcn.write": event.isWrite };
      const span = tracer().startSpan(call.endpoint, { startTime: event.atMs, attributes });
      calls.set(call, { span, context: trace.setSpan(context.active(), span) });
      return;
    }
    const traced = calls.get(call);
    if (traced === undefined) return;
    const { span } = traced;
    switch (event.event) {
      case "sent": {
        const { attempt, method, url } = event;
        const { hostname, port, protocol } = new URL(url);
        const attributes: Attributes = {
          "http.request.method": method,
          "server.address": hostname,
          "server.port": Number(port || (protocol === "https:" ? 443 : 80)),
          "xportcn.endpoint": call.endpoint,
        };
        const sent = tracer().startSpan(
          method,
          {
            kind: SpanKind.CLIENT,
            startTime: event.atMs,
            attributes: { ...attributes, "url.full": url, "xportcn.attempt": attempt },
          },
          traced.context,
        );
        if (attempt > 1) sent.setAttribute("http.request.resend_count", attempt - 1);
        traced.attempt = { span: sent, attributes };
        if (options.propagate !== false) propagation.inject(trace.setSpan(traced.context, sent), call.headers);
        break;
      }
      case "answered": {
        const { status, code, requestId } = event;
        const attributes: Attributes = { "http.response.status_code": status };
        if (code !== null) attributes["xportcn.code"] = code;
        if (requestId !== null) attributes["xportcn.request_id"] = requestId;
        end(traced, event, attributes, status >= 400 ? String(status) : undefined);
        break;
      }
      case "failed":
        end(traced, event, {}, event.failure);
        break;
      case "limited":
        span.addEvent("limited", { "xportcn.wait_ms": event.waitMs }, event.atMs);
        break;
      case "clock-corrected":
        span.addEvent("clock-corrected", { "xportcn.behind_ms": event.behindMs }, event.atMs);
        break;
      case "retrying":
        span.addEvent(
          "retrying",
          { "xportcn.attempt": event.attempt, "xportcn.wait_ms": event.waitMs, "error.type": event.error },
          event.atMs,
        );
        break;
      case "warned":
        span.addEvent("warned", { "xportcn.path": event.path }, event.atMs);
        break;
      case "ended": {
        const { attempts, error, code, requestId } = event;
        span.setAttribute("xportcn.attempts", attempts);
        if (code !== null) span.setAttribute("xportcn.code", code);
        if (requestId !== null) span.setAttribute("xportcn.request_id", requestId);
        if (error !== null) {
          span.setAttribute("error.type", error);
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        // An attempt whose answer nobody waits for any more.
        traced.attempt?.span.end(event.atMs);
        span.end(event.atMs);
        calls.delete(call);
        break;
      }
    }
  };
}
