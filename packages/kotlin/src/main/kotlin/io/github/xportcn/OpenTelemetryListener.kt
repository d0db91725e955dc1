package io.github.xportcn

import io.opentelemetry.api.GlobalOpenTelemetry
import io.opentelemetry.api.OpenTelemetry
import io.opentelemetry.api.common.AttributeKey.longKey
import io.opentelemetry.api.common.AttributeKey.stringKey
import io.opentelemetry.api.common.Attributes
import io.opentelemetry.api.common.AttributesBuilder
import io.opentelemetry.api.trace.Span
import io.opentelemetry.api.trace.SpanKind
import io.opentelemetry.api.trace.StatusCode
import io.opentelemetry.context.Context
import io.opentelemetry.context.Scope
import java.net.URI
import java.time.Duration
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.ThreadContextElement

/**
 * Spans and metrics of calls, by OpenTelemetry's conventions for clients of HTTP: a span for a call, below it one for each
 * attempt, and the histogram `http.client.request.duration`. Requests carry the attempt's context, as the propagator writes it.
 *
 * It needs `io.opentelemetry:opentelemetry-api`, which the program brings along.
 */
public class OpenTelemetryListener @JvmOverloads constructor(
    telemetry: OpenTelemetry = GlobalOpenTelemetry.get(),
) : CallListener.Factory {
    private val tracer = telemetry.getTracer(SCOPE, VERSION)
    private val propagator = telemetry.propagators.textMapPropagator
    private val durations = telemetry.getMeter(SCOPE).histogramBuilder("http.client.request.duration")
        .setUnit("s")
        .setDescription("Duration of HTTP client requests.")
        .setExplicitBucketBoundariesAdvice(BOUNDARIES)
        .build()

    override fun begin(endpoint: String): CallListener = Spans(endpoint, Context.current())

    override fun context(): CoroutineContext = Current(Context.current())

    /** The spans of one call. */
    private inner class Spans(private val endpoint: String, caller: Context) : CallListener {
        private val call = tracer.spanBuilder(
            "xportcn $endpoint",
        ).setParent(caller).setAttribute(ENDPOINT, endpoint).startSpan()
        private val ofCall = caller.with(call)
        private var attempt: Span? = null
        private var asked = Attributes.empty()

        override fun onEvent(event: CallEvent) {
            when (event) {
                is CallEvent.Sent -> sent(event)
                is CallEvent.Answered -> {
                    val outcome = Attributes.builder().put(STATUS, event.status.toLong())
                    if (event.status >= FIRST_ERROR) outcome.put(ERROR, event.status.toString())
                    ended(event.duration, outcome, event.code, event.requestId)
                }
                is CallEvent.Failed -> ended(event.duration, Attributes.builder().put(ERROR, event.failure), null, null)
                is CallEvent.Retrying ->
                    call.addEvent("retrying", Attributes.of(WAIT, event.wait.toMillis(), ERROR, event.error))
                is CallEvent.Limited -> call.addEvent("limited", Attributes.of(WAIT, event.wait.toMillis()))
                is CallEvent.ClockCorrected ->
                    call.addEvent("clock corrected", Attributes.of(BEHIND, event.behind.toMillis()))
                is CallEvent.Ended -> over(event)
                is CallEvent.Started, is CallEvent.Warned -> Unit
            }
        }

        override fun headers(): Map<String, String> {
            val headers = LinkedHashMap<String, String>()
            val context = attempt?.let { ofCall.with(it) } ?: ofCall
            propagator.inject(context, headers) { carrier, name, value -> carrier?.put(name, value) }
            return headers
        }

        private fun sent(event: CallEvent.Sent) {
            val attributes = Attributes.builder().put(METHOD, event.method).put(ENDPOINT, endpoint)
            server(event.url, attributes)
            asked = attributes.build()
            val span = tracer.spanBuilder(event.method).setSpanKind(SpanKind.CLIENT).setParent(ofCall)
                .setAllAttributes(asked)
                .setAttribute(URL, event.url)
                .setAttribute(ATTEMPT, event.attempt.toLong())
            if (event.attempt > 1) span.setAttribute(RESENDS, event.attempt - 1L)
            attempt = span.startSpan()
        }

        /** The attempt's span is over, and measured. */
        private fun ended(duration: Duration, outcome: AttributesBuilder, code: String?, requestId: String?) {
            val span = attempt ?: return
            val known = outcome.build()
            val measured = Attributes.builder().putAll(asked).putAll(known).build()
            durations.record(duration.toNanos() / 1e9, measured, ofCall.with(span))
            span.setAllAttributes(known).name(code, requestId)
            known.get(ERROR)?.let { span.setStatus(StatusCode.ERROR, it) }
            span.end()
            attempt = null
        }

        private fun over(event: CallEvent.Ended) {
            call.setAttribute(ATTEMPTS, event.attempts.toLong()).name(event.code, event.requestId)
            event.error?.let { call.setAttribute(ERROR, it).setStatus(StatusCode.ERROR, it) }
            call.end()
        }
    }
}

private fun server(url: String, attributes: AttributesBuilder) {
    val address = runCatching { URI(url) }.getOrNull() ?: return
    attributes.put(SERVER, address.host)
    val usual = if (address.scheme == "https") HTTPS else HTTP
    attributes.put(PORT, (address.port.takeIf { it >= 0 } ?: usual).toLong())
}

private fun Span.name(code: String?, requestId: String?) {
    code?.let { setAttribute(CODE, it) }
    requestId?.let { setAttribute(REQUEST_ID, it) }
}

/** A context that is the current one wherever its coroutine runs. */
private class Current(
    private val context: Context,
) : AbstractCoroutineContextElement(Key), ThreadContextElement<Scope> {
    override fun updateThreadContext(context: CoroutineContext): Scope = this.context.makeCurrent()

    override fun restoreThreadContext(context: CoroutineContext, oldState: Scope): Unit = oldState.close()

    companion object Key : CoroutineContext.Key<Current>
}

private const val SCOPE = "xportcn"
private const val FIRST_ERROR = 400
private const val HTTP = 80
private const val HTTPS = 443

/** The convention's buckets. */
private val BOUNDARIES = listOf(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)

private val METHOD = stringKey("http.request.method")
private val URL = stringKey("url.full")
private val STATUS = longKey("http.response.status_code")
private val RESENDS = longKey("http.request.resend_count")
private val SERVER = stringKey("server.address")
private val PORT = longKey("server.port")
private val ERROR = stringKey("error.type")
private val ENDPOINT = stringKey("xportcn.endpoint")
private val ATTEMPT = longKey("xportcn.attempt")
private val ATTEMPTS = longKey("xportcn.attempts")
private val CODE = stringKey("xportcn.code")
private val REQUEST_ID = stringKey("xportcn.request_id")
private val WAIT = longKey("wait_ms")
private val BEHIND = longKey("behind_ms")
