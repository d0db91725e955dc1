import Foundation
import Xportcn

// What a user of the package writes.
var configuration = XportcnClient.Configuration(
    accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: "sandbox-user")
configuration.baseUrl = CommandLine.arguments[1]
let client = try XportcnClient(configuration: configuration)

let rendered = try await client.taobao.afterSale.render(
    subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1)
let most: Decimal? = rendered.refundOrderTemplate?.maxRefundFee?.maxRefundFee
print("at most \(most.map { "\($0)" } ?? "unknown"), request \(rendered.requestId ?? "unknown")")

var offers = 0
for try await offer in client.alibaba.product.keywordSearchItems(keyword: "shoes") {
    print(offer.offerId ?? "", offer.subjectTrans ?? "")
    offers += 1
    if offers == 3 { break }
}

do {
    _ = try await client.taobao.order.pay(orderId: "1")
    fatalError("an order that is not there was paid")
} catch XportcnError.api(let refused) {
    print("refused with code \(refused.code)")
}
precondition(rendered.requestId != nil && offers == 3)
