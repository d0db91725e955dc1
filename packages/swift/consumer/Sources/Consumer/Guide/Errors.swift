// region errors
import Xportcn

func payment(_ client: XportcnClient, orderId: String) async throws -> String {
    do {
        _ = try await client.taobao.order.purchasePay(orderId: orderId)
        return "accepted"
    } catch XportcnError.invalidRequest(let wrong) {
        return "nothing was sent: \(wrong.path) \(wrong.reason)"
    } catch XportcnError.api(let refused) {
        return "the platform says no: \(refused.code) \(refused.message) \(refused.requestId ?? "")"
    } catch XportcnError.ambiguousWrite(let lost) {
        return "it may be carried out; do not call again, look: \(try await client.recover(lost))"
    } catch let failed as XportcnError {
        return "\(failed.kind): \(failed)\(failed.isRetryable ? " - later it may work" : "")"
    }
}
// endregion
