import Foundation
import Xportcn

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// From the call to the signed request, beside a request without a signature: Foundation has no MD5.
func requests() async throws -> [Row] {
    let small = Taobao.AfterSale.Render(subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1)
    let smalls = try await rounds(small, "/open/order/refund/render") {
        PlainRender(subOrderId: small.subOrderId, goodsStatus: 1, refundType: 1)
    }
    let given = try Data(contentsOf: inputs.appendingPathComponent("params_order.json"))
    let order = try JSONDecoder().decode(Order.self, from: given).params
    let orders = try await rounds(order, "/alibaba/order/create") { PlainOrder(order) }
    let peer = "JSONEncoder and URLRequest, not signed"
    return [
        .beside("build and sign a small request", "µs", peer, smalls, budget: 2),
        .against("build and sign a small request", "µs", median(smalls.map(\.ours)), limit: 50),
        .beside("build and sign an order of 20 lines", "µs", peer, orders, budget: 0.5),
    ]
}

private struct Order: Decodable {
    let params: Alibaba.Order.Create
}

private func rounds<Call: XportcnCall>(
    _ call: Call, _ path: String, _ plain: () -> some Encodable
) async throws -> [Row.Round] {
    let clock = ContinuousClock()
    let transport = Local(Data(#"{"code":200,"data":{}}"#.utf8))
    let client = try client(transport)
    var rounds: [Row.Round] = []
    for round in 0..<5000 {
        let started = clock.now
        _ = try await client.send(call)
        let ours = microseconds(transport.asked - started)
        let begun = clock.now
        let request = try plainRequest(path, plain())
        let theirs = microseconds(clock.now - begun)
        if round == 0 {
            let (sent, other) = (try json(transport.body), try json(request.httpBody))
            precondition(sent == other, "the two do not send the same: \(sent) \(other)")
        }
        if round >= 500 {
            rounds.append((ours, theirs))
        }
    }
    return rounds
}

private func json(_ body: Data?) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: body ?? Data())
}

func plainRequest(_ path: String, _ call: some Encodable) throws -> URLRequest {
    var request = URLRequest(url: URL(string: "https://www.xportcn.com/api\(path)")!)
    request.httpMethod = "POST"
    request.httpBody = try JSONEncoder().encode(call)
    for name in ["access-key", "timestamp", "nonce-str", "user-id", "content-type"] {
        request.setValue("0123456789abcdef", forHTTPHeaderField: name)
    }
    return request
}

/// What a user writes without the package.
struct PlainRender: Encodable {
    let subOrderId: String
    let goodsStatus: Int
    let refundType: Int
}

struct PlainOrder: Encodable {
    let flow: String
    let message: String?
    let tradeType: String?
    let addressParam: Address
    let cargoParamList: [Line]

    struct Address: Encodable {
        let fullName, mobile, phone, postCode, cityText, provinceText, areaText, townText, address: String?
    }

    struct Line: Encodable {
        let offerId: Int?
        let specId: String?
        let quantity: Decimal
    }

    init(_ order: Alibaba.Order.Create) {
        flow = order.flow
        message = order.message
        tradeType = order.tradeType
        let to = order.addressParam
        addressParam = Address(
            fullName: to.fullName, mobile: to.mobile, phone: to.phone, postCode: to.postCode, cityText: to.cityText,
            provinceText: to.provinceText, areaText: to.areaText, townText: to.townText, address: to.address)
        cargoParamList = order.cargoParamList.map {
            Line(offerId: Int($0.offerId), specId: $0.specId, quantity: $0.quantity)
        }
    }
}
