package io.github.xportcn

import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What comes from the environment, and what requests say of it. */
class EnvironmentTest {
    private val account =
        mapOf("XPORTCN_ACCESS_KEY" to "key", "XPORTCN_ACCESS_SECRET" to "hidden", "XPORTCN_USER_ID" to "user")

    @Test
    fun `the account and the address are read from the environment`() {
        val config = configFrom(account::get)
        assertEquals(listOf("key", "hidden", "user"), listOf(config.accessKey, config.accessSecret, config.userId))
        assertNull(config.baseUrl)
        val moved = account + ("XPORTCN_BASE_URL" to "http://127.0.0.1:1")
        assertEquals("http://127.0.0.1:1", configFrom(moved::get).baseUrl)
    }

    @Test
    fun `a variable that is missing is named with its setting`() {
        val fields = mapOf(
            "XPORTCN_ACCESS_KEY" to "accessKey",
            "XPORTCN_ACCESS_SECRET" to "accessSecret",
            "XPORTCN_USER_ID" to "userId",
        )
        for ((variable, field) in fields) {
            val refused = assertThrows(XportcnException.Config::class.java) { configFrom((account - variable)::get) }
            assertEquals(field, refused.field)
            assertTrue(variable in refused.message.orEmpty() && "hidden" !in refused.message.orEmpty())
        }
    }

    @Test
    fun `paths are read from the file that the environment names`() {
        val file = File.createTempFile("paths", ".json")
        val from = { text: String ->
            file.writeText(text)
            configFrom((account + ("XPORTCN_PATHS" to file.path))::get)
        }
        assertEquals(mapOf("taobao.order.pay" to "/open/pay"), from("""{"taobao.order.pay":"/open/pay"}""").paths)
        for (wrong in listOf("[]", """{"taobao.order.pay":1}""", "")) {
            val refused = assertThrows(XportcnException.Config::class.java) { from(wrong) }
            assertEquals("paths", refused.field)
        }
        file.delete()
        assertThrows(XportcnException.Config::class.java) {
            from.let {
                configFrom(
                    (
                        account +
                            ("XPORTCN_PATHS" to file.path)
                        )::get,
                )
            }
        }
    }

    @Test
    fun `requests name the program, this package and Java`() = runBlocking<Unit> {
        val own = "xportcn-kotlin/0.1.0 jvm/${System.getProperty("java.version")}"
        platform { answer(envelope("r")) }.use { peer ->
            for ((given, carrier) in listOf(null to "java", "my-shop/1.0" to "java", "my-shop/1.0" to "okhttp")) {
                val config = XportcnConfig("k", "s", "u") {
                    baseUrl = peer.url
                    userAgent = given
                }
                XportcnClient(config, carrier(carrier)).use { it.render() }
            }
            val expected = listOf(own, "my-shop/1.0 $own", "my-shop/1.0 $own")
            assertEquals(expected, peer.seen.map { it.headers["user-agent"] })
        }
    }

    @Test
    fun `a call acts for another account, with headers and query of its own`() = runBlocking<Unit> {
        platform { answer(envelope("r")) }.use { peer ->
            val options = CallOptions {
                headers = mapOf("x-client" to "1")
                query = mapOf("tag" to "a")
            }
            XportcnClient(
                XportcnConfig("k", "s", "u") {
                    this.options = options
                    baseUrl = peer.url
                },
            ).use { client ->
                client.render()
                client.withOptions(options.toBuilder().userId("other").headers(mapOf("x-call" to "2")).build()).render()
            }
            val (first, second) = peer.seen
            assertEquals(listOf("1", "u"), listOf(first.headers["x-client"], first.headers["user-id"]))
            assertTrue("tag=a" in first.line, first.line)
            assertEquals(listOf("1", "2", "other"), listOf("x-client", "x-call", "user-id").map { second.headers[it] })
        }
    }
}
