//! Spans and metrics of calls, by OpenTelemetry's conventions for clients of HTTP.

use opentelemetry::global::{self, BoxedTracer};
use opentelemetry::metrics::Histogram;
use opentelemetry::propagation::Injector;
use opentelemetry::trace::{SpanKind, Status, TraceContextExt, Tracer};
use opentelemetry::{Context, KeyValue};
use std::borrow::Cow;
use xportcn_core::{Event, EventKind, Request};

/// Where spans and metrics of a client go.
#[derive(Debug)]
pub(crate) struct Telemetry {
    tracer: BoxedTracer,
    durations: Histogram<f64>,
    server: Vec<KeyValue>,
}

/// The spans of one call.
pub(crate) struct CallSpans<'t> {
    telemetry: &'t Telemetry,
    endpoint: &'static str,
    call: Context,
    attempt: Option<Context>,
    method: &'static str,
}

/// The name of what makes the spans.
const SCOPE: &str = "xportcn";

/// The convention's buckets of `http.client.request.duration`.
const BOUNDARIES: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

impl Telemetry {
    /// By the global providers, as they are now.
    pub(crate) fn global(base_url: &str) -> Self {
        let durations = global::meter(SCOPE)
            .f64_histogram("http.client.request.duration")
            .with_unit("s")
            .with_description("Duration of HTTP client requests.")
            .with_boundaries(BOUNDARIES.to_vec())
            .build();
        let url = reqwest::Url::parse(base_url).ok();
        let host = url.as_ref().and_then(reqwest::Url::host_str).unwrap_or_default();
        let mut server = vec![KeyValue::new("server.address", host.to_string())];
        let port = url.as_ref().and_then(reqwest::Url::port_or_known_default);
        server.extend(port.map(|port| KeyValue::new("server.port", i64::from(port))));
        Self { tracer: global::tracer(SCOPE), durations, server }
    }

    /// The spans of a call that begins now, below the current one.
    pub(crate) fn call(&self, endpoint: &'static str) -> CallSpans<'_> {
        let attributes = [KeyValue::new("xportcn.endpoint", endpoint)];
        let span = self.tracer.span_builder(format!("xportcn {endpoint}")).with_attributes(attributes);
        let call = Context::current_with_span(span.start(&self.tracer));
        CallSpans { telemetry: self, endpoint, call, attempt: None, method: "" }
    }
}

impl CallSpans<'_> {
    pub(crate) fn tell(&mut self, events: &[Event]) {
        events.iter().for_each(|event| self.event(&event.kind));
    }

    /// Puts the context of the attempt into its headers, as the global propagator does.
    pub(crate) fn inject(&self, request: &mut Request) {
        let context = self.attempt.as_ref().unwrap_or(&self.call);
        global::get_text_map_propagator(|propagator| propagator.inject_context(context, &mut Headers(request)));
    }

    fn event(&mut self, kind: &EventKind) {
        match kind {
            EventKind::Sent { attempt, method, url, .. } => self.sent(*attempt, method.as_str(), url),
            EventKind::Answered { duration_ms, status, code, request_id, .. } => {
                let mut outcome = vec![KeyValue::new("http.response.status_code", i64::from(*status))];
                outcome.extend((*status >= 400).then(|| KeyValue::new("error.type", status.to_string())));
                self.ended(*duration_ms, outcome, code.as_deref(), request_id.as_deref());
            }
            EventKind::Failed { duration_ms, failure, .. } => {
                self.ended(*duration_ms, vec![KeyValue::new("error.type", *failure)], None, None);
            }
            EventKind::Retrying { wait_ms, error, .. } => {
                let attributes = vec![KeyValue::new("wait_ms", as_i64(*wait_ms)), KeyValue::new("error.type", *error)];
                self.call.span().add_event("retrying", attributes);
            }
            EventKind::Limited { wait_ms } => {
                self.call.span().add_event("limited", vec![KeyValue::new("wait_ms", as_i64(*wait_ms))]);
            }
            EventKind::ClockCorrected { behind_ms } => {
                self.call.span().add_event("clock corrected", vec![KeyValue::new("behind_ms", *behind_ms)]);
            }
            EventKind::Ended { attempts, error, code, request_id, .. } => {
                let span = self.call.span();
                span.set_attribute(KeyValue::new("xportcn.attempts", i64::from(*attempts)));
                set_names(&self.call, code.as_deref(), request_id.as_deref());
                if let Some(error) = error {
                    span.set_attribute(KeyValue::new("error.type", *error));
                    span.set_status(Status::error(Cow::Borrowed(*error)));
                }
                span.end();
            }
            _ => {}
        }
    }

    fn sent(&mut self, attempt: u32, method: &'static str, url: &str) {
        let mut attributes = vec![
            KeyValue::new("http.request.method", method),
            KeyValue::new("url.full", url.to_string()),
            KeyValue::new("xportcn.endpoint", self.endpoint),
            KeyValue::new("xportcn.attempt", i64::from(attempt)),
        ];
        attributes.extend(self.telemetry.server.iter().cloned());
        if attempt > 1 {
            attributes.push(KeyValue::new("http.request.resend_count", i64::from(attempt - 1)));
        }
        let tracer = &self.telemetry.tracer;
        let span = tracer.span_builder(method).with_kind(SpanKind::Client).with_attributes(attributes);
        self.method = method;
        self.attempt = Some(self.call.with_span(span.start_with_context(tracer, &self.call)));
    }

    /// The attempt's span is over, and measured.
    fn ended(&mut self, duration_ms: u64, outcome: Vec<KeyValue>, code: Option<&str>, request_id: Option<&str>) {
        let Some(attempt) = self.attempt.take() else { return };
        let mut measured = outcome.clone();
        measured.extend([
            KeyValue::new("http.request.method", self.method),
            KeyValue::new("xportcn.endpoint", self.endpoint),
        ]);
        measured.extend(self.telemetry.server.iter().cloned());
        self.telemetry.durations.record(duration_ms as f64 / 1000.0, &measured);
        set_names(&attempt, code, request_id);
        let span = attempt.span();
        if let Some(error) = outcome.iter().find(|attribute| attribute.key.as_str() == "error.type") {
            span.set_status(Status::error(error.value.to_string()));
        }
        span.set_attributes(outcome);
        span.end();
    }
}

fn set_names(context: &Context, code: Option<&str>, request_id: Option<&str>) {
    for (name, value) in [("xportcn.code", code), ("xportcn.request_id", request_id)] {
        if let Some(value) = value {
            context.span().set_attribute(KeyValue::new(name, value.to_string()));
        }
    }
}

fn as_i64(millis: u64) -> i64 {
    i64::try_from(millis).unwrap_or(i64::MAX)
}

struct Headers<'r>(&'r mut Request);

impl Injector for Headers<'_> {
    fn set(&mut self, key: &str, value: String) {
        self.0.headers.push((key.to_string().into(), value));
    }
}
