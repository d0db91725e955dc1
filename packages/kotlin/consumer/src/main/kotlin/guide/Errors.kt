package guide

// region errors
import io.github.xportcn.XportcnClient
import io.github.xportcn.XportcnException

suspend fun tellErrors(client: XportcnClient, orderId: String) {
    try {
        client.taobao.order.purchasePay(orderId = orderId)
    } catch (wrong: XportcnException.InvalidRequest) {
        println("nothing was sent: ${wrong.path} ${wrong.reason}")
    } catch (refused: XportcnException.Api) {
        println("the platform says no: ${refused.code} ${refused.platformMessage} ${refused.requestId}")
    } catch (lost: XportcnException.AmbiguousWrite) {
        println("it may be carried out; do not call again, look: ${client.recover(lost)}")
    } catch (failed: XportcnException) {
        println("${failed.kind} ${failed.message} ${if (failed.isRetryable) "- later it may work" else ""}")
    }
}
// endregion
