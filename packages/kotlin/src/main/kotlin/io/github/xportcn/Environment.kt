@file:JvmName("Environment")

package io.github.xportcn

import java.io.File
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put

/**
 * The account that the environment has, with the usual settings: `XPORTCN_ACCESS_KEY`, `XPORTCN_ACCESS_SECRET` and
 * `XPORTCN_USER_ID`, and where they are set, `XPORTCN_BASE_URL`, and the paths of the JSON file that `XPORTCN_PATHS` names.
 *
 * @throws XportcnException.Config names the setting that is missing or cannot be read.
 */
@JvmOverloads
public fun configFromEnv(options: CallOptions = CallOptions(), userAgent: String? = null): XportcnConfig =
    configFrom(System::getenv, options, userAgent)

internal fun configFrom(
    variable: (String) -> String?,
    options: CallOptions = CallOptions(),
    userAgent: String? = null,
): XportcnConfig {
    fun required(field: String, name: String) =
        variable(name) ?: throw wrong(field, "is not given: set $name in the environment")
    return XportcnConfig(
        required("accessKey", "XPORTCN_ACCESS_KEY"),
        required("accessSecret", "XPORTCN_ACCESS_SECRET"),
        required("userId", "XPORTCN_USER_ID"),
    ) {
        this.options = options
        baseUrl = variable("XPORTCN_BASE_URL")
        paths = variable("XPORTCN_PATHS")?.let(::paths)
        this.userAgent = userAgent
    }
}

private fun paths(file: String): Map<String, String> {
    val text = runCatching { File(file).readText() }
        .getOrElse { throw wrong("paths", "names $file, which cannot be read: ${words(it)}") }
    return runCatching {
        json(text).jsonObject.mapValues { (_, path) -> path.jsonPrimitive.also { check(it.isString) }.content }
    }.getOrElse { throw wrong("paths", "names $file, which is no JSON object of texts") }
}

private fun wrong(field: String, reason: String): XportcnException {
    val facts = buildJsonObject {
        put("kind", "Config")
        put("text", "the setting `$field` $reason")
        put("field", field)
        put("reason", reason)
    }
    return XportcnException.of(facts, null)
}

/** The name of this package, behind the program's own. */
internal fun named(userAgent: String?): String = if (userAgent.isNullOrEmpty()) OWN_NAME else "$userAgent $OWN_NAME"

/** Android tells no version of Java. */
private val OWN_NAME: String = when (System.getProperty("java.vm.name")) {
    "Dalvik" -> "xportcn-kotlin/$VERSION android"
    else -> "xportcn-kotlin/$VERSION jvm/${System.getProperty("java.version")}"
}
