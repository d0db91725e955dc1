package guide

// region tests
import io.github.xportcn.Outcome
import io.github.xportcn.XportcnClient
import io.github.xportcn.XportcnConfig
import io.github.xportcn.XportcnException

/** A platform on this machine, for a test. The program is `xportcn`, on the path or named by XPORTCN_CLI. */
class Sandbox(vararg options: String) : AutoCloseable {
    private val program = ProcessBuilder(System.getenv("XPORTCN_CLI") ?: "xportcn", "sandbox", "--port", "0", *options)
        .redirectError(ProcessBuilder.Redirect.DISCARD).start()
    val url: String = program.inputStream.bufferedReader().readLine().substringAfter("listening on ")
    val client = XportcnClient(XportcnConfig("sandbox-key", "sandbox-secret", "sandbox-user") { baseUrl = url })

    override fun close() {
        client.close()
        program.destroy()
    }
}

suspend fun anOrderIsPaid() = Sandbox().use { sandbox ->
    val order = order(sandbox.client, "test-1")
    check(pay(sandbox.client, checkNotNull(order.purchaseId)))
}

suspend fun aPaymentWhoseAnswerIsLostIsFound() {
    Sandbox("--fault", "endpoint=taobao.order.purchase_pay,kinds=reset,when=after,count=1").use { sandbox ->
        val order = order(sandbox.client, "test-2")
        try {
            sandbox.client.taobao.order.purchasePay(orderId = order.purchaseId)
            error("the answer was not lost")
        } catch (lost: XportcnException.AmbiguousWrite) {
            check(sandbox.client.recover(lost) is Outcome.Done)
        }
    }
}
// endregion
