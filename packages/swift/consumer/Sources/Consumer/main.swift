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

// What the tests of a user are made of.
struct Answers: XportcnTransport {
    let body: String

    func send(_ request: XportcnRequest, timeout: Duration, maxBytes: Int) async throws -> XportcnResponse {
        XportcnResponse(status: 200, headers: [("x-seen", request.method)], body: Data(body.utf8))
    }
}
func title(of reply: Reply<Taobao.AfterSaleRenderReply>) -> String {
    "\(reply.currency ?? "") \(reply.requestId ?? "") \(reply.response?.status ?? 0) \(reply.warnings.count)"
}
var data = Taobao.AfterSaleRenderReply()
data.currency = "CNY"
let warning = ReplyWarning(path: "data.x", expected: "text", found: "a list")
let made = Reply(
    data: data, requestId: "r-1", warnings: [warning], response: ResponseHead(status: 200, headers: ["a": "b"]),
    attempts: 1, duration: .seconds(1))
precondition(title(of: made) == "CNY r-1 200 1" && made.attempts == 1 && made.duration == .seconds(1))
let request = try XportcnRequest(method: "POST", url: "https://example.com", body: Data("{}".utf8), isWrite: true)
    .with(header: "x-team", "purchasing")
precondition(request.headers.map(\.name) == ["x-team"] && request.isWrite && !request.isDirect)
let answers = Answers(body: #"{"code":200,"requestId":"r-1","data":{"currency":"CNY"}}"#)
let sent = try await answers.send(request, timeout: .seconds(1), maxBytes: 10)
precondition(sent.headers[0].value == "POST")
let alone = try XportcnClient(
    configuration: .init(accessKey: "key", accessSecret: "secret", userId: "user"), transport: answers)
let answered = try await alone.taobao.afterSale.render(subOrderId: "1", goodsStatus: 1, refundType: 1)
precondition(title(of: answered) == "CNY r-1 200 0")
precondition(answered == Reply(data: data, requestId: "r-1", raw: answered.raw, json: answered.json))

// The programs of the documentation's pages.
try await firstCall()
let found = try await search(client, words: "鞋")
precondition(found == 25)
try await detail(client, offerId: "889512351602")
let placed = try await order(client, number: "guide-swift")
let placedId = placed?.purchaseId ?? ""
let isPaid = try await pay(client, orderId: placedId)
precondition(isPaid)
// Nobody agrees to the refund here.
let asked = try await refund(
    client.with(CallOptions(waitTimeout: .seconds(1))), orderId: placedId,
    subOrderId: placed?.orderLineList?.first?.subPurchaseOrderId ?? "")
guard case .timedOut = asked else { fatalError("a refund that nobody agreed to: \(String(describing: asked))") }
try signedForATest(client)
let allTitles = try await titles(of: (0..<20).map { String(672_991_141_190 + $0) })
precondition(allTitles.count == 20)
let wrongPayment = try await payment(client, orderId: "")
precondition(wrongPayment.hasPrefix("nothing was sent: orderId "))
let refusedPayment = try await payment(client, orderId: "1")
precondition(refusedPayment.hasPrefix("the platform says no: 42001 "))
try await anOrderIsPaid()
try await aPaymentWhoseAnswerIsLostIsFound()

// The programs of the README and of the articles, as they stand there.
let pushed = try client.signPush("ORDER_PAY_SUCCESS")
for (name, page) in pages {
    print("-- \(name)")
    try await page(pushed.authorization, pushed.body)
}
print("all pages ran")
