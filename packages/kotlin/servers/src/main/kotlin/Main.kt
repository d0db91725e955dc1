import io.github.xportcn.PushMessage
import io.github.xportcn.PushReceiver
import io.github.xportcn.SignedPush
import io.github.xportcn.models.AlibabaPushOrderMessage
import io.github.xportcn.signPush
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpRequest.BodyPublishers
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.SECONDS
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
import kotlin.system.exitProcess
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject

/** A server that receives pushed messages at `/pushed`, on loopback. */
interface Server : AutoCloseable {
    val port: Int
}

private const val KEY = "key-of-the-tests"
private const val SECRET = "secret-of-the-tests"
private val client = HttpClient.newHttpClient()

fun main() {
    val servers = mapOf<String, (PushReceiver, (PushMessage, Boolean) -> Unit) -> Server>(
        "Ktor" to ::KtorServer,
        "Spring" to ::SpringServer,
    )
    var passed = 0
    var failed = 0
    for ((name, start) in servers) {
        val tests = Tests()
        start(PushReceiver(KEY, SECRET, maxBytes = 10_000, remember = 2), tests::work).use { server ->
            for ((words, test) in if (name == "Spring") tests.all + tests.ofClients else tests.all) {
                val problem = runCatching { tests.test(server.port) }.exceptionOrNull()
                if (problem == null) passed++ else failed++
                problem?.let { println("FAILED $words with $name: $it") }
            }
        }
    }
    println("$passed passed, $failed failed")
    exitProcess(if (failed > 0) 1 else 0)
}

/** What holds for the handlers of every server. */
private class Tests {
    private val worked = LinkedBlockingQueue<Pair<String?, Boolean>>()

    @Volatile private var gate = CountDownLatch(0)

    val all: Map<String, Tests.(Int) -> Unit> = mapOf(
        "an accepted message is answered with 200 before the work is done" to Tests::answersFirst,
        "a wrong signature is answered with 401 and without a word of why" to Tests::refuses,
        "a body that is too large is answered with 413" to Tests::bounds,
        "a repeated message is flagged by its id, of as many as are remembered" to Tests::tellsRepeats,
    )

    val ofClients: Map<String, Tests.(Int) -> Unit> = mapOf(
        "a controller calls the platform by a client that is a bean" to Tests::calls,
    )

    private fun calls(port: Int) {
        val request = HttpRequest.newBuilder(URI("http://127.0.0.1:$port/offers?keyword=shoes")).build()
        val answer = client.send(request, BodyHandlers.ofString())
        expect(200, answer.statusCode())
        val ids = Regex("\"(\\d+)\"").findAll(answer.body()).map { it.groupValues[1] }.toSet()
        expect(3, ids.size)
        expect(true, ids.all { it.length >= 9 })
    }

    fun work(message: PushMessage, isRepeat: Boolean) {
        gate.await(10, SECONDS)
        worked += (message.body as AlibabaPushOrderMessage).orderId to isRepeat
    }

    private fun answersFirst(port: Int) {
        gate = CountDownLatch(1)
        expect(200 to "", post(port, order("1")))
        expect(null, worked.poll())
        gate.countDown()
        expect("1" to false, worked.poll(10, SECONDS))
    }

    private fun refuses(port: Int) {
        val signed = order("2")
        val other = signPush(KEY, "another", "ORDER_CREATE")
        expect(401 to "", post(port, null, signed.body))
        expect(401 to "", post(port, "0".repeat(64), signed.body))
        expect(401 to "", post(port, signed.authorization, signed.body + 32))
        expect(401 to "", post(port, other))
        val list = "[]".encodeToByteArray()
        val mac = Mac.getInstance("HmacSHA256").apply { init(SecretKeySpec(SECRET.encodeToByteArray(), algorithm)) }
        val digest = mac.doFinal(KEY.encodeToByteArray() + list).joinToString("") { "%02x".format(it) }
        expect(400 to "", post(port, digest, list))
        expect(null, worked.poll())
    }

    private fun bounds(port: Int) {
        val large = signPush(KEY, SECRET, "X", JsonPrimitive("x".repeat(20_000)), platform = 1)
        expect(413, post(port, large).first)
    }

    private fun tellsRepeats(port: Int) {
        val (one, two, three) = listOf(order("3"), order("4"), order("5"))
        val flags = listOf(one, one, two, three, one).map {
            expect(200, post(port, it).first)
            worked.poll(10, SECONDS)?.second
        }
        expect(listOf(false, true, false, false, false), flags)
    }

    private fun order(id: String): SignedPush =
        signPush(KEY, SECRET, "ORDER_CREATE", buildJsonObject { put("orderId", JsonPrimitive(id)) })

    private fun post(port: Int, signed: SignedPush) = post(port, signed.authorization, signed.body)

    private fun post(port: Int, authorization: String?, body: ByteArray): Pair<Int, String> {
        val request = HttpRequest.newBuilder(URI("http://127.0.0.1:$port/pushed"))
            .header("content-type", "application/json")
            .apply { authorization?.let { header("authorization", it) } }
            .POST(BodyPublishers.ofByteArray(body))
        val answer: HttpResponse<String> = client.send(request.build(), BodyHandlers.ofString())
        return answer.statusCode() to answer.body()
    }

    private fun expect(expected: Any?, found: Any?) = check(expected == found) { "expected $expected, found $found" }
}
