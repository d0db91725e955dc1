package io.github.xportcn

import java.security.cert.CertificateException
import javax.net.ssl.SSLException
import javax.net.ssl.SSLHandshakeException

/** What an exception, or the class that it extends, is the sign of. By name, because Android has no `java.net.http`. */
private val KINDS = mapOf(
    "java.net.UnknownHostException" to "dns",
    "java.nio.channels.UnresolvedAddressException" to "dns",
    "java.net.ConnectException" to "connect",
    "java.net.NoRouteToHostException" to "connect",
    "java.net.http.HttpConnectTimeoutException" to "connect",
    "javax.net.ssl.SSLException" to "tls",
    "java.security.cert.CertificateException" to "tls",
    "java.io.InterruptedIOException" to "timeout",
    "java.net.http.HttpTimeoutException" to "timeout",
    "java.io.IOException" to "reset",
)

/** Alerts that answer a client's first words. Others may come when a request has left: TLS 1.3 judges clients late. */
private val EARLY_ALERTS = listOf(
    "handshake_failure",
    "insufficient_security",
    "no_application_protocol",
    "protocol_version",
    "unrecognized_name",
)

/** What Java says of a first record that is none, by how much of it is there when it looks. */
private val NO_TLS =
    listOf("Unsupported or unrecognized SSL message", "Unrecognized SSL message, plaintext connection?")

/** What an exception says about a request, of which it is known whether it may have left. */
internal fun failure(error: Throwable, maybeSent: Boolean): TransportFailure {
    causes(error).firstNotNullOfOrNull { it as? TransportFailure }?.let { return it }
    val found = causes(error).map(::kind)
    // The innermost cause tells the most: of a name that is not known, Java makes a ConnectException.
    val kind = found.lastOrNull { it != null && it != "reset" } ?: found.firstOrNull { it != null } ?: "other"
    val told = when {
        maybeSent -> if (kind == "connect" || kind == "dns") "reset" else kind
        kind == "reset" || kind == "timeout" -> "connect"
        else -> kind
    }
    return TransportFailure(told, maybeSent, words(error), error)
}

/** Whether TLS failed before a client sends what is secret. */
internal fun isBeforeTls(error: Throwable): Boolean = causes(error).any { cause ->
    val text = cause.message.orEmpty()
    when (cause) {
        is CertificateException -> true
        is SSLHandshakeException -> "fatal alert" !in text || EARLY_ALERTS.any { it in text }
        // Of a first record that is none: the port speaks no TLS.
        is SSLException -> NO_TLS.any { it in text }
        else -> false
    }
}

private fun kind(error: Throwable): String? =
    generateSequence<Class<*>>(error.javaClass) { it.superclass }.firstNotNullOfOrNull { KINDS[it.name] }

/** An exception and its causes; not more than a few, for they may be a circle. */
private fun causes(error: Throwable): List<Throwable> = generateSequence(error) { it.cause }.take(16).toList()

/** An exception in words, for people. */
internal fun words(error: Throwable): String =
    listOfNotNull(error.javaClass.simpleName, error.message).joinToString(": ")
