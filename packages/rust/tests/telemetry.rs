//! Spans and metrics, read from exporters in memory.
#![cfg(feature = "opentelemetry")]

mod peer;

use opentelemetry::trace::{SpanKind, Status, TraceContextExt, Tracer};
use opentelemetry::{Context, Value, global};
use opentelemetry_sdk::metrics::data::{AggregatedMetrics, MetricData};
use opentelemetry_sdk::metrics::{InMemoryMetricExporter, PeriodicReader, SdkMeterProvider};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use peer::{Peer, SECRET, answer, header, ok, render};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use xportcn::{Client, RetryPolicy};

fn attribute<'s>(span: &'s SpanData, name: &str) -> Option<&'s Value> {
    span.attributes.iter().find(|attribute| attribute.key.as_str() == name).map(|attribute| &attribute.value)
}

fn texts(span: &SpanData, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| attribute(span, name).map_or("-".into(), |value| value.to_string())).collect()
}

#[tokio::test]
async fn a_call_has_a_span_and_each_attempt_one_below_it_and_the_server_gets_its_context() {
    let spans = InMemorySpanExporter::default();
    let tracing = SdkTracerProvider::builder().with_simple_exporter(spans.clone()).build();
    global::set_tracer_provider(tracing.clone());
    let metrics = InMemoryMetricExporter::default();
    let metering = SdkMeterProvider::builder().with_reader(PeriodicReader::builder(metrics.clone()).build()).build();
    global::set_meter_provider(metering.clone());
    global::set_text_map_propagator(TraceContextPropagator::new());

    let answered = Arc::new(AtomicUsize::new(0));
    let peer = Peer::with(move |mut stream, seen| {
        let answered = Arc::clone(&answered);
        async move {
            while seen.request(&mut stream).await {
                let text = match answered.fetch_add(1, Ordering::SeqCst) {
                    0 => answer("503 Service Unavailable", "x-request-id: gw-1\r\n", "busy"),
                    _ => ok(r#"{"code":40001,"msg":"refused","requestId":"r-9"}"#),
                };
                seen.write(&mut stream, &text).await;
            }
        }
    })
    .await;
    let policy = RetryPolicy { initial_backoff: Duration::from_millis(1), ..RetryPolicy::default() };
    let client = Client::builder(peer.config()).policy(policy).opentelemetry().build().unwrap();

    let tracer = global::tracer("the caller");
    let caller = Context::current_with_span(tracer.start("the caller's own"));
    let guard = caller.clone().attach();
    let error = client.send(render()).await.unwrap_err();
    drop(guard);
    assert_eq!(error.code(), Some("40001"));

    let spans = spans.get_finished_spans().unwrap();
    let [first, second, call] = &spans[..] else { panic!("{spans:?}") };
    assert_eq!(call.name, "xportcn taobao.after_sale.render");
    assert_eq!(call.parent_span_id, caller.span().span_context().span_id());
    let of_call = ["xportcn.endpoint", "xportcn.attempts", "xportcn.code", "xportcn.request_id", "error.type"];
    assert_eq!(texts(call, &of_call), ["taobao.after_sale.render", "2", "40001", "r-9", "Api"]);
    assert_eq!(call.events.events.iter().map(|event| event.name.as_ref()).collect::<Vec<_>>(), ["retrying"]);
    assert!(matches!(call.status, Status::Error { .. }));

    let port = peer.address.port().to_string();
    let of_attempt = [
        "http.request.method",
        "server.address",
        "server.port",
        "http.response.status_code",
        "http.request.resend_count",
        "error.type",
        "xportcn.attempt",
        "xportcn.request_id",
    ];
    assert_eq!(texts(first, &of_attempt), ["POST", "127.0.0.1", &port, "503", "-", "503", "1", "gw-1"]);
    assert_eq!(texts(second, &of_attempt), ["POST", "127.0.0.1", &port, "200", "1", "-", "2", "r-9"]);
    for (span, request) in [first, second].into_iter().zip(peer.requests()) {
        assert_eq!((span.name.as_ref(), &span.span_kind), ("POST", &SpanKind::Client));
        assert_eq!(span.parent_span_id, call.span_context.span_id());
        let url = attribute(span, "url.full").unwrap().to_string();
        assert!(url.ends_with("/open/order/refund/render"), "{url}");
        let context = header(&request, "traceparent").expect("the context of the attempt");
        assert!(context.contains(&span.span_context.span_id().to_string()), "{context}");
        let shown = format!("{span:?}");
        assert!(!shown.contains(SECRET) && !shown.contains(header(&request, "signature").unwrap()), "{shown}");
    }

    metering.force_flush().unwrap();
    let finished = metrics.get_finished_metrics().unwrap();
    let metric = finished
        .iter()
        .flat_map(|resource| resource.scope_metrics())
        .flat_map(|scope| scope.metrics())
        .find(|metric| metric.name() == "http.client.request.duration")
        .expect("the convention's metric");
    assert_eq!(metric.unit(), "s");
    let AggregatedMetrics::F64(MetricData::Histogram(histogram)) = metric.data() else { panic!("a histogram") };
    assert_eq!(histogram.data_points().map(|point| point.count()).sum::<u64>(), 2);
}
