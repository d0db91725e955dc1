package io.github.xportcn

import java.io.File
import java.security.KeyFactory
import java.security.KeyStore
import java.security.PrivateKey
import java.security.cert.Certificate
import java.security.cert.CertificateFactory
import java.security.spec.PKCS8EncodedKeySpec
import java.util.Base64
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import javax.net.ssl.X509TrustManager

/** The certificates of `tests/certificates`. */
internal object Certificates {
    private val folder = File("../../tests/certificates")
    private val password = "password".toCharArray()

    /** What a server uses that has this one. */
    fun of(name: String): SSLContext {
        val store = empty().apply { setKeyEntry("it", key(), password, arrayOf(certificate(name))) }
        val keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm())
        keys.init(store, password)
        return context().apply { init(keys.keyManagers, managers(), null) }
    }

    /** What a client uses that trusts the authority of all of them. */
    fun trusting(): SSLContext = context().apply { init(null, managers(), null) }

    fun managers(): Array<X509TrustManager> {
        val store = empty().apply { setCertificateEntry("authority", certificate("authority")) }
        val managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm()).apply { init(store) }
        return arrayOf(managers.trustManagers.single() as X509TrustManager)
    }

    private fun context() = SSLContext.getInstance("TLS")

    private fun empty() = KeyStore.getInstance("PKCS12").apply { load(null, null) }

    private fun certificate(name: String): Certificate =
        File(folder, "$name.pem").inputStream().use { CertificateFactory.getInstance("X.509").generateCertificate(it) }

    /** Java reads keys in PKCS 8 only, which names the curve before the key that openssl wrote. */
    private fun key(): PrivateKey {
        val lines = File(folder, "key.pem").readLines()
        val written = Base64.getDecoder().decode(
            lines.dropWhile { "BEGIN EC PRIVATE KEY" !in it }.drop(1).takeWhile { "END" !in it }.joinToString(""),
        )
        val curve = Base64.getDecoder().decode("MBMGByqGSM49AgEGCCqGSM49AwEH")
        val whole = der(0x30, der(0x02, byteArrayOf(0)) + curve + der(0x04, written))
        return KeyFactory.getInstance("EC").generatePrivate(PKCS8EncodedKeySpec(whole))
    }

    private fun der(tag: Int, content: ByteArray): ByteArray {
        val length = content.size
        val head = if (length < 128) byteArrayOf(length.toByte()) else byteArrayOf(0x81.toByte(), length.toByte())
        return byteArrayOf(tag.toByte()) + head + content
    }
}
