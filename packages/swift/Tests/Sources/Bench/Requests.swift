import Foundation
import Xportcn

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// From the call to the signed request, beside what a program writes that signs by itself; and beside one that does not sign.
func requests() async throws -> [Row] {
    precondition(MD5.hex("message digest") == "F96B697D7CB7938D525A2F31AAF161D0", "RFC 1321 has another digest")
    let small = Taobao.AfterSale.Render(subOrderId: "1034499579120189839", goodsStatus: 1, refundType: 1)
    let plain = PlainRender(subOrderId: small.subOrderId, goodsStatus: 1, refundType: 1)
    let smalls = try await rounds(small, "/open/order/refund/render", plain)
    let given = try Data(contentsOf: inputs.appendingPathComponent("params_order.json"))
    let order = try JSONDecoder().decode(Order.self, from: given).params
    let orders = try await rounds(order, "/alibaba/order/create", PlainOrder(order))
    return rows("build and sign a small request", smalls, budget: 1)
        + rows("build and sign an order of 20 lines", orders, budget: 0.5)
        + [
            .against("build and sign a small request", "µs", median(smalls.map(\.signed.ours)), limit: 50)
        ]
}

/// Ours beside both peers.
private typealias Rounds = [(signed: Row.Round, bare: Row.Round)]

private func rows(_ name: String, _ rounds: Rounds, budget: Double) -> [Row] {
    [
        .beside(
            name, "µs", "JSONEncoder, MD5 and URLRequest by hand", rounds.map(\.signed), budget: budget),
        .beside(name, "µs", "JSONEncoder and URLRequest, not signed", rounds.map(\.bare), budget: budget),
    ]
}

private struct Order: Decodable {
    let params: Alibaba.Order.Create
}

private func rounds<Call: XportcnCall>(
    _ call: Call, _ path: String, _ plain: some Encodable
) async throws -> Rounds {
    let clock = ContinuousClock()
    let transport = Local(Data(#"{"code":200,"data":{}}"#.utf8))
    let client = try client(transport)
    var rounds: Rounds = []
    for round in 0..<5000 {
        let started = clock.now
        _ = try await client.send(call)
        let ours = microseconds(transport.asked - started)
        let first = clock.now
        let signed = try signedRequest(path, plain)
        let second = clock.now
        let bare = try plainRequest(path, plain)
        let ended = clock.now
        if round == 0 {
            let (sent, other) = (try json(transport.body), try json(signed.httpBody))
            precondition(sent == other, "the two do not send the same: \(sent) \(other)")
            precondition(bare.httpBody?.count == signed.httpBody?.count)
        }
        if round >= 500 {
            rounds.append(((ours, microseconds(second - first)), (ours, microseconds(ended - second))))
        }
    }
    return rounds
}

private func json(_ body: Data?) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: body ?? Data())
}

private let encoder = JSONEncoder()

/// As a program writes it that knows how the platform is called.
func signedRequest(_ path: String, _ call: some Encodable) throws -> URLRequest {
    let timestamp = String(Int(Date().timeIntervalSince1970))
    let nonce = nonce()
    var request = URLRequest(url: URL(string: "https://www.xportcn.com/api\(path)")!)
    request.httpMethod = "POST"
    request.httpBody = try encoder.encode(call)
    request.setValue("sandbox-key", forHTTPHeaderField: "access-key")
    request.setValue(timestamp, forHTTPHeaderField: "timestamp")
    request.setValue(nonce, forHTTPHeaderField: "nonce-str")
    request.setValue("sandbox-user", forHTTPHeaderField: "user-id")
    request.setValue(
        MD5.hex("sandbox-key\(timestamp)\(nonce)sandbox-secret"), forHTTPHeaderField: "signature")
    request.setValue("application/json", forHTTPHeaderField: "content-type")
    return request
}

/// 32 letters and digits, of four draws: `UUID` and `randomElement` ask the system for each byte.
private func nonce() -> String {
    var source = SystemRandomNumberGenerator()
    return String(unsafeUninitializedCapacity: 32) { nonce in
        for start in stride(from: 0, to: 32, by: 8) {
            let drawn = source.next() as UInt64
            for place in 0..<8 { nonce[start + place] = characters[Int(drawn >> (place * 8) & 31)] }
        }
        return 32
    }
}

private let characters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

func plainRequest(_ path: String, _ call: some Encodable) throws -> URLRequest {
    var request = URLRequest(url: URL(string: "https://www.xportcn.com/api\(path)")!)
    request.httpMethod = "POST"
    request.httpBody = try encoder.encode(call)
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
        let quantity: Int
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
            Line(offerId: Int($0.offerId), specId: $0.specId, quantity: NSDecimalNumber(decimal: $0.quantity).intValue)
        }
    }
}
