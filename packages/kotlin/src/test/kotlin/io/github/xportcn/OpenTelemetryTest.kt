package io.github.xportcn

import io.opentelemetry.api.common.AttributeKey
import io.opentelemetry.api.trace.SpanKind
import io.opentelemetry.api.trace.StatusCode
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator
import io.opentelemetry.context.propagation.ContextPropagators
import io.opentelemetry.sdk.OpenTelemetrySdk
import io.opentelemetry.sdk.metrics.SdkMeterProvider
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter
import io.opentelemetry.sdk.trace.SdkTracerProvider
import io.opentelemetry.sdk.trace.data.SpanData
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Spans and metrics, read from exporters in memory. */
class OpenTelemetryTest {
    private val spans = InMemorySpanExporter.create()
    private val metrics = InMemoryMetricReader.create()
    private val telemetry = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build())
        .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build()

    private fun texts(span: SpanData, vararg names: String): List<String> {
        val attributes = span.attributes.asMap().entries.associate { (key, value) -> key.key to "$value" }
        return names.map { attributes[it] ?: "-" }
    }

    @Test
    fun `a call has a span and each attempt one below it, and the server gets its context`() {
        platform { number ->
            when (number) {
                1 -> answer("busy", "503 Service Unavailable", "x-request-id: gw-1")
                else -> answer("""{"code":40001,"msg":"refused","requestId":"r-9"}""")
            }
        }.use { peer ->
            val options = CallOptions { initialBackoff = 1.milliseconds }
            val config = XportcnConfig("k", "hidden-secret", "u") {
                this.options = options
                baseUrl = peer.url
            }
            val own = telemetry.getTracer("the caller").spanBuilder("the caller's own").startSpan()
            XportcnClient(config, listeners = listOf(OpenTelemetryListener(telemetry))).use { client ->
                own.makeCurrent().use { failure<XportcnException.Api> { client.render() } }
            }
            val (first, second, call) = spans.finishedSpanItems
            assertEquals(3, spans.finishedSpanItems.size)
            assertEquals("xportcn taobao.after_sale.render", call.name)
            assertEquals(own.spanContext.spanId, call.parentSpanId)
            val ofCall =
                arrayOf("xportcn.endpoint", "xportcn.attempts", "xportcn.code", "xportcn.request_id", "error.type")
            assertEquals(listOf("taobao.after_sale.render", "2", "40001", "r-9", "Api"), texts(call, *ofCall))
            assertEquals(listOf("retrying"), call.events.map { it.name })
            assertEquals(StatusCode.ERROR, call.status.statusCode)

            val port = peer.url.substringAfterLast(":")
            val ofAttempt = arrayOf(
                "http.request.method",
                "server.address",
                "server.port",
                "http.response.status_code",
                "http.request.resend_count",
                "error.type",
                "xportcn.attempt",
                "xportcn.request_id",
            )
            assertEquals(listOf("POST", "127.0.0.1", port, "503", "-", "503", "1", "gw-1"), texts(first, *ofAttempt))
            assertEquals(listOf("POST", "127.0.0.1", port, "200", "1", "-", "2", "r-9"), texts(second, *ofAttempt))
            for ((span, request) in listOf(first, second).zip(peer.seen)) {
                assertEquals(Pair("POST", SpanKind.CLIENT), Pair(span.name, span.kind))
                assertEquals(call.spanId, span.parentSpanId)
                assertTrue(texts(span, "url.full").single().endsWith("/open/order/refund/render"))
                val context = request.headers.getValue("traceparent")
                assertTrue(span.traceId in context && span.spanId in context, context)
                assertFalse("hidden-secret" in "$span" || request.headers.getValue("signature") in "$span")
            }
        }

        val metric = metrics.collectAllMetrics().single { it.name == "http.client.request.duration" }
        assertEquals("s", metric.unit)
        val points = metric.histogramData.points
        assertEquals(2, points.sumOf { it.count })
        assertEquals(
            setOf(503L, 200L),
            points.map {
                it.attributes.get(AttributeKey.longKey("http.response.status_code"))
            }.toSet(),
        )
        assertEquals(14, points.first().boundaries.size)
    }

    @Test
    fun `a search for a lost write is traced below its caller, and an attempt without an answer has its failure`() {
        val listener = OpenTelemetryListener(telemetry)
        val losing =
            Local { request -> if (request.isWrite) throw TransportFailure("reset", true, "gone") else answered("{}") }
        XportcnClient(ACCOUNT, losing, listeners = listOf(listener)).use { client ->
            val lost = failure<XportcnException.AmbiguousWrite> { client.pay() }
            val own = telemetry.getTracer("the caller").spanBuilder("the caller's own").startSpan()
            val patience = CallOptions {
                maxRetries = 0
                recoveryWindow = 1.milliseconds
            }
            own.makeCurrent().use { runBlocking { client.withOptions(patience).recover(lost) } }
            val (attempt, call) = spans.finishedSpanItems
            assertEquals(listOf("reset"), texts(attempt, "error.type"))
            assertEquals(listOf("AmbiguousWrite"), texts(call, "error.type"))
            val searching = spans.finishedSpanItems.drop(2).filter { it.name.startsWith("xportcn ") }
            assertTrue(searching.isNotEmpty() && searching.all { it.parentSpanId == own.spanContext.spanId })
        }
    }
}
