import Foundation
import Testing
import Xportcn

/// Cases of `tests/vectors`, which an independent program made.
private struct Cases: Decodable {
    struct Case: Decodable {
        let name: String
        // swift-format-ignore: AlwaysUseLowerCamelCase
        let access_key: String
        // swift-format-ignore: AlwaysUseLowerCamelCase
        let access_secret: String
        let authorization: String
        let body: JSONValue
        let expect: JSONValue?

        var text: String { body.string ?? "" }
    }

    let cases: [Case]

    static func read() throws -> [Case] {
        let path = ProcessInfo.processInfo.environment["XPORTCN_VECTORS"] ?? ""
        let file = try Data(contentsOf: URL(fileURLWithPath: path + "/push.json"))
        // Bodies that are no text stand there in another form; `tests/conformance` has them.
        return try JSONDecoder().decode(Cases.self, from: file).cases.filter { $0.body.string != nil }
    }
}

@Suite struct PushTests {
    @Test func everyMessageOfTheVectorsIsRead() throws {
        var read = 0
        for pushed in try Cases.read() {
            guard let expected = pushed.expect, expected["push"]?.string != nil else { continue }
            let message = try XportcnClient.verifyPush(
                accessKey: pushed.access_key, accessSecret: pushed.access_secret, authorization: pushed.authorization,
                body: Data(pushed.text.utf8))
            #expect(message.push == expected["push"]?.string, "\(pushed.name)")
            #expect(message.messageType == expected["message_type"]?.string)
            #expect(message.platform == expected["platform"]?.integer)
            if expected["body"] != .null, case .other = message.body {
                Issue.record("the content of \(pushed.name) has no type")
            }
            read += 1
        }
        #expect(read > 3)
    }

    @Test func aMessageHasItsTypedContent() throws {
        let pushed = try #require(try Cases.read().first)
        var configuration = configuration()
        configuration.accessKey = pushed.access_key
        configuration.accessSecret = pushed.access_secret
        let client = try XportcnClient(configuration: configuration, transport: Scripted(body: ""))
        let message = try client.verifyPush(authorization: pushed.authorization, body: Data(pushed.text.utf8))
        guard case .alibabaPushOrderStatusChanged(let order) = message.body else {
            Issue.record("found \(message.body)")
            return
        }
        #expect(order.orderId == "3305075341149134260")
        #expect(order.totalAmount == 10000)
        #expect(message.time?.timeIntervalSince1970 == 1_779_263_269.913)
        #expect(message.id.count == 32 && message.warnings.isEmpty)
    }

    @Test func whatWasChangedOnItsWayIsRefused() throws {
        let pushed = try #require(try Cases.read().first)
        for (authorization, body) in [
            (String(repeating: "0", count: 64), pushed.text), ("", pushed.text),
            (pushed.authorization, pushed.text + " "),
            (pushed.authorization, ""),
        ] {
            do {
                _ = try XportcnClient.verifyPush(
                    accessKey: pushed.access_key, accessSecret: pushed.access_secret, authorization: authorization,
                    body: Data(body.utf8))
                Issue.record("it was accepted")
            } catch let error as XportcnError {
                guard case .pushSignature(let details) = error else { throw error }
                #expect(!details.reason.isEmpty && !"\(error)".contains(pushed.access_secret))
            }
        }
    }
}
