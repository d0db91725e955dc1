package io.github.xportcn.bench

import io.github.xportcn.ACCOUNT
import io.github.xportcn.Local
import io.github.xportcn.Response
import io.github.xportcn.XportcnClient
import java.io.File
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.Serializable

/** One piece of work in a process of its own, which has coroutines as any program that calls. What reads 10 MB prints by how many MB the process grew at most. */
fun main(arguments: Array<String>) {
    val (what, inputs) = arguments
    fun reply(name: String) = File(inputs, name).readBytes()
    when (what) {
        "bare" -> runBlocking { println(listOf("Kotlin", "is", "there").joinToString(" ") { it.lowercase() }) }
        "ours-call" -> search(reply("reply_1k.json"))
        "plain-call" -> runBlocking {
            PlainKotlinx.request("/alibaba/product/keywordSearch", PlainSearch.serializer(), PlainSearch("x"))
            PlainKotlinx.read(reply("reply_1k.json"))
        }
        "ours-read" -> growth(reply("reply_10m.json"), ::search)
        "kotlinx-read" -> growth(reply("reply_10m.json"), PlainKotlinx::read)
        "moshi-read" -> growth(reply("reply_10m.json"), PlainMoshi::read)
        else -> error("there is no work $what")
    }
}

@Serializable
private class PlainSearch(val keyword: String)

/** A call with this answer, as a user makes it. */
private fun search(body: ByteArray): Any = runBlocking {
    XportcnClient(ACCOUNT, Local { Response(200, emptyList(), body) }).alibaba.product.keywordSearch(keyword = "x").data
}

private fun growth(body: ByteArray, read: (ByteArray) -> Any) {
    val before = kilobytes("VmRSS")
    val data = read(body)
    println((kilobytes("VmHWM") - before) * 1024 / 1e6)
    check(data.hashCode() != 0) { "the data is still held" }
}

private fun kilobytes(name: String): Long =
    File("/proc/self/status").readLines().single { it.startsWith("$name:") }.filter(Char::isDigit).toLong()
