package io.github.xportcn

import io.github.xportcn.core.CoreFailure
import io.github.xportcn.core.notLoaded
import java.time.Duration
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.intOrNull
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/**
 * Why a call did not give its data. It never contains the secret or a signature.
 *
 * @property kind The name of the class, the same in every language.
 */
public sealed class XportcnException(public val kind: String, facts: JsonObject, cause: Throwable?) :
    RuntimeException(facts.text("text") ?: kind, cause) {
    /** What the core tells, as text: that is what Java can serialise. */
    private val told = facts.toString()

    @Transient
    private var read: JsonObject? = facts

    internal val facts: JsonObject get() = read ?: json(told).jsonObject.also { read = it }

    /** Whether the same call may succeed later. */
    public val isRetryable: Boolean get() = facts["isRetryable"]?.jsonPrimitive?.booleanOrNull ?: false

    /** The endpoint that was called. */
    public val endpoint: String? get() = facts.text("endpoint")

    /** The platform's name for this call: quote it when asking the platform. */
    public val requestId: String? get() = facts.text("requestId")

    internal var known: Known = Known.NOTHING

    /** Status and headers of the last answer; null if there was none. */
    public val response: ResponseHead? get() = known.response

    /** How many attempts were sent. */
    public val attempts: Int get() = known.attempts

    /** How long the call took, with all its attempts and the waits between them. */
    public val duration: Duration get() = known.duration

    /** A call that writes was sent, and its answer is lost: it may have been carried out. [cause] is what happened. */
    public class AmbiguousWrite internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("AmbiguousWrite", facts, of(facts["cause"] as? JsonObject ?: facts, cause)) {
        /** How to find out. */
        public val recovery: String get() = facts.need("recovery")

        /**
         * What [XportcnClient.recover] takes, as JSON: to keep, and to find out later, from another process too. It holds
         * no secret, but the parameters as they were sent, addresses too.
         */
        public val ticket: String get() = facts.need("ticket")

        /** The same, with a ticket that also holds what was seen before the write. */
        internal fun with(ticket: String?): AmbiguousWrite = when (ticket) {
            null -> this
            else -> AmbiguousWrite(JsonObject(facts + ("ticket" to JsonPrimitive(ticket))), cause?.cause).also {
                it.known = known
            }
        }
    }

    /** The platform refused the call. */
    public class Api internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("Api", facts, cause) {
        /** The platform's code. */
        public val code: String get() = facts.need("code")

        /** The platform's words. */
        public val platformMessage: String get() = facts.need("message")

        /** The beginning of the body. */
        public val bodyHead: String get() = facts.need("bodyHead")

        /** What may help, where the platform knows no such path or method. */
        public val hint: String? get() = facts.text("hint")
    }

    /** The call was given up. */
    public class Cancelled internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("Cancelled", facts, cause)

    /** The client is set up wrongly. */
    public class Config internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("Config", facts, cause) {
        /** The setting. */
        public val field: String get() = facts.need("field")

        /** What is wrong with it. */
        public val reason: String get() = facts.need("reason")
    }

    /** The platform answered, but not with a reply that can be read. */
    public class Decode internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("Decode", facts, cause) {
        /** The field; empty for the body as a whole. */
        public val path: String get() = facts.need("path")

        /** What is wrong with it. */
        public val reason: String get() = facts.need("reason")

        /** The beginning of the body. */
        public val bodyHead: String get() = facts.need("bodyHead")
    }

    /** The answer has another HTTP status than success, and is none of the platform's replies. */
    public class Http internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("Http", facts, cause) {
        /** The HTTP status. */
        public val status: Int get() = facts["status"]?.jsonPrimitive?.intOrNull ?: 0

        /** The beginning of the body. */
        public val bodyHead: String get() = facts.need("bodyHead")

        /** What may help. */
        public val hint: String? get() = facts.text("hint")
    }

    /** The request is wrong. Nothing was sent. */
    public class InvalidRequest internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("InvalidRequest", facts, cause) {
        /** The field, as `cargoParamList[0].offerId`; empty for the request as a whole. */
        public val path: String get() = facts.need("path")

        /** What is wrong with it. */
        public val reason: String get() = facts.need("reason")
    }

    /** The client is used wrongly, for example after it was closed. */
    public class Misuse internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("Misuse", facts, cause) {
        /** What is wrong. */
        public val reason: String get() = facts.need("reason")
    }

    /** A pushed message does not come from the platform, or was changed on its way. */
    public class PushSignature internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("PushSignature", facts, cause) {
        /** What is wrong. */
        public val reason: String get() = facts.need("reason")
    }

    /** No answer came in time. */
    public class Timeout internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("Timeout", facts, cause)

    /** The request or its answer was lost on the way. */
    public class Transport internal constructor(facts: JsonObject, cause: Throwable?) :
        XportcnException("Transport", facts, cause) {
        /** What happened: `connect`, `dns`, `tls`, `reset` or `other`. */
        public val transportKind: String get() = facts.need("transportKind")

        /** The transport's own words. */
        public val detail: String get() = facts.need("detail")
    }

    internal companion object {
        fun of(error: String, cause: Throwable? = null): XportcnException = of(json(error).jsonObject, cause)

        fun of(facts: JsonObject, cause: Throwable?): XportcnException = when (val kind = facts.text("kind")) {
            "AmbiguousWrite" -> AmbiguousWrite(facts, cause)
            "Api" -> Api(facts, cause)
            "Cancelled" -> Cancelled(facts, cause)
            "Config" -> Config(facts, cause)
            "Decode" -> Decode(facts, cause)
            "Http" -> Http(facts, cause)
            "InvalidRequest" -> InvalidRequest(facts, cause)
            "Misuse" -> Misuse(facts, cause)
            "PushSignature" -> PushSignature(facts, cause)
            "Timeout" -> Timeout(facts, cause)
            "Transport" -> Transport(facts, cause)
            else -> error("the core has an error `$kind` that this package does not know")
        }
    }
}

/** Does work of the core, whose errors are thrown as the package's own. */
internal inline fun <T> raising(work: () -> T): T = try {
    work()
} catch (error: CoreFailure) {
    throw XportcnException.of(error.json)
} catch (error: LinkageError) {
    throw notLoaded(error)
}

private fun JsonObject.text(name: String): String? = this[name]?.jsonPrimitive?.contentOrNull

private fun JsonObject.need(name: String): String = text(name).orEmpty()
