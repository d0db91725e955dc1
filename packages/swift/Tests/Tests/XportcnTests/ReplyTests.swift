import Foundation
import Testing
import Xportcn

@Suite struct ReplyTests {
    @Test func aReplyIsItsDataAndWhatCameWithIt() async throws {
        let data =
            #"{"currency":"CNY","refundOrderTemplate":{"refundTypeList":["1"],"maxRefundFee":{"maxRefundFee":12.50}},"tomorrow":[1]}"#
        let reply = try await render(client(Scripted(body: envelope(data))))
        #expect(reply.currency == "CNY" && reply.data.currency == "CNY")
        #expect(reply.refundOrderTemplate?.refundTypeList == ["1"])
        #expect(reply.refundOrderTemplate?.maxRefundFee?.maxRefundFee == Decimal(string: "12.5"))
        #expect(reply.requestId == "r-1")
        #expect(reply.message == "success")
        #expect(reply.developId == "1014533973088404335")
        #expect(reply.warnings.isEmpty)
        #expect(reply.raw == Data(envelope(data).utf8))
        let json = try JSONDecoder().decode(JSONValue.self, from: reply.json)
        #expect(json["tomorrow"] == [1], "an unknown field is kept")
    }

    @Test func aValueThatDoesNotFitBecomesNilAndAWarning() async throws {
        let log = Lines()
        var configuration = configuration()
        configuration.log = { _, line in log.add(line) }
        let body = envelope(
            #"{"currency":{},"refundOrderTemplate":{"maxRefundFee":{"maxRefundFee":"a lot"},"refundTypeList":["1",{}]}}"#
        )
        let reply = try await render(XportcnClient(configuration: configuration, transport: Scripted(body: body)))
        #expect(reply.currency == nil && reply.refundOrderTemplate?.maxRefundFee?.maxRefundFee == nil)
        #expect(reply.refundOrderTemplate?.refundTypeList == ["1"])
        let template = "data.refundOrderTemplate"
        #expect(
            reply.warnings.map(\.path) == [
                "data.currency", "\(template).maxRefundFee.maxRefundFee", "\(template).refundTypeList[1]",
            ])
        #expect(log.lines.count == 1, "one line a reply, not one a value")
        #expect(log.lines[0].contains("taobao.after_sale.render"))
        #expect(reply.warnings.allSatisfy { log.lines[0].contains($0.path) })
        #expect(String(decoding: reply.raw, as: UTF8.self).contains("a lot"))
    }

    @Test func aTimeThatIsFinerThanADateIsToldOf() async throws {
        let log = Lines()
        var configuration = configuration()
        configuration.log = { _, line in log.add(line) }
        let times = ["2024-08-01T12:00:00.123456Z", "2024-08-01T12:00:00.120000+08:00", "2024-08-01T12:00:00.1234567Z"]
        let infos = times.map { #"{"baseInfo":{"createTime":"\#($0)","totalAmount":"1"}}"# }.joined(separator: ",")
        let client = try XportcnClient(
            configuration: configuration, transport: Scripted(body: envelope(#"{"result":[\#(infos)]}"#)))
        let reply = try await client.alibaba.order.page()
        let paths = ["data.result[0].baseInfo.createTime", "data.result[2].baseInfo.createTime"]
        #expect(reply.warnings.map(\.path) == paths)
        #expect(reply.warnings.allSatisfy { $0.found.contains("rounded") })
        let first = try #require(reply.data.result?.first?.baseInfo?.createTime)
        #expect(abs(first.timeIntervalSince1970 - 1_722_513_600.123456) < 0.0005)
        #expect(log.lines.count == 1 && paths.allSatisfy { log.lines[0].contains($0) })
        #expect(String(decoding: reply.json, as: UTF8.self).contains("123456"), "the JSON has all digits")
    }

    @Test func anAmountThatNoDecimalHoldsIsToldOf() async throws {
        let digits = "1234567890123456789012345678901234567890.5"
        let fees = #"{"maxRefundFee":{"maxRefundFee":"\#(digits)"}}"#
        let reply = try await render(client(Scripted(body: envelope(#"{"refundOrderTemplate":\#(fees)}"#))))
        #expect(reply.refundOrderTemplate?.maxRefundFee?.maxRefundFee == nil, "never rounded")
        #expect(reply.warnings.map(\.path) == ["data.refundOrderTemplate.maxRefundFee.maxRefundFee"])
        #expect(String(decoding: reply.raw, as: UTF8.self).contains(digits))
    }

    @Test func aNumberThatNoDecimalHoldsIsText() async throws {
        let reply = try await client(Scripted(body: envelope(#"{"a":1e200,"b":[-2.5e-300,1.5]}"#)))
            .request("alibaba.order.batch_submit_payment", ["orderIds": ["1"]])
        #expect(reply.data["a"]?.string.flatMap(Double.init) == 1e200)
        #expect(reply.data["b"]?[0]?.string.flatMap(Double.init) == -2.5e-300)
        #expect(reply.data["b"]?[1] == .number(Decimal(string: "1.5")!))
    }

    @Test func aReplyWithoutDataIsAnEmptyObject() async throws {
        for data in ["null", "{}"] {
            #expect(try await render(client(Scripted(body: envelope(data)))).data == Taobao.AfterSaleRenderReply())
        }
        #expect(try await client(Scripted(body: envelope("null"))).address.list().data == [])
        let paid = try await client(Scripted(body: envelope("null"))).taobao.order.pay(orderId: "1")
        #expect(paid.data == Taobao.OrderAcceptedPayments())
    }

    @Test func anAnswerThatWasKeptIsReadAsThatOfACall() async throws {
        let body = envelope(#"{"currency":"CNY"}"#)
        let client = try client(Scripted(body: body))
        let read = try client.read(Taobao.AfterSale.Render.self, body: Data(body.utf8))
        #expect(try await render(client) == read)
        let refused = try await thrown {
            _ = try client.read(Taobao.AfterSale.Render.self, status: 404, body: Data("not here".utf8))
        }
        #expect(refused.kind == "Http")
    }

    @Test func parametersAreSentByTheirNames() async throws {
        let transport = Scripted(body: envelope("{}"))
        _ = try await render(client(transport))
        let sent = try #require(await transport.sent.first)
        #expect(sent.method == "POST" && sent.url.hasSuffix("/open/order/refund/render"))
        #expect(sent.headers.map(\.name).contains("signature"))
        let body = try JSONDecoder().decode(JSONValue.self, from: try #require(sent.body))
        #expect(body == ["subOrderId": "1034499579120189839", "goodsStatus": 1, "refundType": 1])
    }

    @Test func pagesAreAskedForWhenTheyAreWanted() async throws {
        let transport = Scripted { _, number in
            let items = number < 4 ? #"[{"offerId":"\#(number)"},{"offerId":"\#(number)0"}]"# : "[]"
            return XportcnResponse(status: 200, headers: [], body: Data(envelope(#"{"data":\#(items)}"#).utf8))
        }
        let client = try client(transport)
        var ids: [String?] = []
        for try await offer in client.alibaba.product.keywordSearchItems(keyword: "shoes") {
            ids.append(offer.offerId)
            if ids.count == 3 { break }
        }
        #expect(ids == ["1", "10", "2"])
        #expect(await transport.sent.count == 2)

        let all = try await client.alibaba.product.keywordSearchPages(keyword: "shoes", beginPage: 1)
            .reduce(into: []) { pages, page in pages.append(page.data.data?.count) }
        #expect(all.isEmpty || all.allSatisfy { $0 == 2 })
    }

    @Test func aWalkThatFailsTellsWhy() async throws {
        let client = try client(Scripted(body: #"{"code":42001,"msg":"no","requestId":"r"}"#))
        let error = try await thrown {
            for try await _ in client.alibaba.product.keywordSearchItems(keyword: "shoes") {}
        }
        #expect(error.kind == "Api" && error.requestId == "r")
    }
}

/// Lines that were logged.
final class Lines: @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [String] = []

    var lines: [String] { lock.withLock { kept } }

    func add(_ line: String) { lock.withLock { kept.append(line) } }
}
