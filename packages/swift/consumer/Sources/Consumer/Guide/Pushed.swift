// region pushed
import Foundation
import Xportcn

/// The status to answer with, at once. `body` is as it was received, before anything has parsed it.
func receive(_ client: XportcnClient, authorization: String, body: Data) throws -> Int {
    do {
        let message = try client.verifyPush(authorization: authorization, body: body)
        // Put it into a queue of your own, and work on it after the answer. A repeat has the same id.
        print(message.id, message.push ?? "", message.body)
        client.onPush(message)  // a wait for this order looks at once
        return 200
    } catch XportcnError.pushSignature {
        return 401
    } catch XportcnError.decode {
        return 400
    }
}
// endregion

// region signed
func signedForATest(_ client: XportcnClient) throws {
    let signed = try client.signPush("ORDER_PAY_SUCCESS")
    let taken = try receive(client, authorization: signed.authorization, body: signed.body)
    let other = try receive(client, authorization: String(repeating: "0", count: 64), body: signed.body)
    precondition(taken == 200 && other == 401)
}
// endregion
