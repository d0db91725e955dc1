package io.github.xportcn

import java.io.IOException
import java.net.InetAddress
import java.nio.file.Files
import java.security.KeyStore
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLSocket
import kotlin.concurrent.thread

/** A server on this machine whose certificate nobody has signed but itself. */
internal class SelfSigned : AutoCloseable {
    private val listener = context().serverSocketFactory.createServerSocket(0, 50, InetAddress.getLoopbackAddress())
    val url: String = "https://127.0.0.1:${listener.localPort}"

    init {
        thread(isDaemon = true) {
            while (!listener.isClosed) {
                try {
                    listener.accept().use { (it as SSLSocket).startHandshake() }
                } catch (_: IOException) {
                    // The client does not trust it, which is what the test asks for.
                }
            }
        }
    }

    override fun close() = listener.close()

    private fun context(): SSLContext {
        val folder = Files.createTempDirectory("xportcn")
        val file = folder.resolve("keys")
        val keytool = "${System.getProperty("java.home")}/bin/keytool"
        val options = "-genkeypair -alias a -keyalg EC -dname CN=127.0.0.1 -ext san=ip:127.0.0.1 -storepass password"
        val command = listOf(keytool) + options.split(" ") + listOf("-storetype", "PKCS12", "-keystore", "$file")
        val made = ProcessBuilder(command).redirectErrorStream(true).start()
        check(made.waitFor() == 0) { made.inputStream.bufferedReader().readText() }
        val password = "password".toCharArray()
        val store = KeyStore.getInstance("PKCS12").apply { Files.newInputStream(file).use { load(it, password) } }
        folder.toFile().deleteRecursively()
        val keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).apply {
            init(store, password)
        }
        return SSLContext.getInstance("TLS").apply { init(keys.keyManagers, null, null) }
    }
}
