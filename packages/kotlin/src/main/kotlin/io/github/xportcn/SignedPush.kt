@file:JvmName("Pushes")
@file:JvmMultifileClass

package io.github.xportcn

import io.github.xportcn.core.NativeLibrary
import io.github.xportcn.core.TestPush
import java.time.OffsetDateTime
import kotlinx.serialization.json.JsonElement

/**
 * A message as the platform would send it, for tests.
 *
 * @property authorization The header of this name.
 * @property body The body, to the last byte.
 */
public class SignedPush internal constructor(public val authorization: String, public val body: ByteArray)

/**
 * A message as the platform pushes them, signed, for tests of what receives it: [verifyPush] accepts it.
 *
 * @param accessKey The developer's access key.
 * @param accessSecret The developer's access secret.
 * @param message The platform's name for the kind of message, as `ORDER_PAY_SUCCESS`, or the id of its row.
 * @param content Its content, with the fields of the row; the documented example where it is null.
 * @param platform 0 Taobao, 1 1688; for a kind of message that no table lists.
 * @param time When it was pushed; now, unless it is given. The same message of the same moment has the same id.
 * @throws XportcnException.InvalidRequest if the content has a field that is none or a wrong type, or if there is no such
 *   message.
 */
@JvmOverloads
public fun signPush(
    accessKey: String,
    accessSecret: String,
    message: String,
    content: JsonElement? = null,
    platform: Long? = null,
    time: OffsetDateTime? = null,
): SignedPush {
    val push = TestPush(
        message,
        content = content?.toString().orEmpty(),
        platform,
        timeMs = time?.toInstant()?.toEpochMilli(),
        nowMs = now(),
    )
    val (authorization, body) = raising { NativeLibrary.library.signPush(accessKey, accessSecret, push) }
    return SignedPush(authorization, body)
}
