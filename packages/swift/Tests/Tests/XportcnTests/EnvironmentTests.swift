import Foundation
import Testing

@testable import Xportcn

@Suite struct EnvironmentTests {
    private let account = [
        "XPORTCN_ACCESS_KEY": "key", "XPORTCN_ACCESS_SECRET": secret, "XPORTCN_USER_ID": "user",
    ]

    @Test func theAccountAndTheAddressAreReadFromTheEnvironment() throws {
        let plain = try XportcnClient.Configuration.from(account)
        #expect(plain.accessKey == "key" && plain.accessSecret == secret && plain.userId == "user")
        #expect(plain.baseUrl == nil)
        let moved = account.merging(["XPORTCN_BASE_URL": "http://127.0.0.1:1"]) { $1 }
        #expect(try XportcnClient.Configuration.from(moved).baseUrl == "http://127.0.0.1:1")
    }

    @Test func aVariableThatIsMissingIsNamedWithItsSetting() async throws {
        for (variable, field) in [
            ("XPORTCN_ACCESS_KEY", "accessKey"), ("XPORTCN_ACCESS_SECRET", "accessSecret"),
            ("XPORTCN_USER_ID", "userId"),
        ] {
            let error = try await thrown {
                _ = try XportcnClient.Configuration.from(account.filter { $0.key != variable })
            }
            guard case .config(let details) = error else { throw error }
            #expect(details.field == field && details.text.contains(variable) && !details.text.contains(secret))
        }
    }

    @Test func pathsAreReadFromTheFileThatTheEnvironmentNames() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("paths-\(UUID().uuidString).json")
        let variables = account.merging(["XPORTCN_PATHS": file.path]) { $1 }
        try Data(#"{"taobao.order.pay":"/open/pay"}"#.utf8).write(to: file)
        #expect(try XportcnClient.Configuration.from(variables).paths == ["taobao.order.pay": "/open/pay"])
        for wrong in ["[]", #"{"taobao.order.pay":1}"#] {
            try Data(wrong.utf8).write(to: file)
            #expect(try await thrown { _ = try XportcnClient.Configuration.from(variables) }.kind == "Config")
        }
        try FileManager.default.removeItem(at: file)
        #expect(try await thrown { _ = try XportcnClient.Configuration.from(variables) }.kind == "Config")
    }

    @Test func requestsNameTheProgramAndThisPackage() async throws {
        for (given, expected) in [
            (nil, "xportcn-swift/0.1.0"), ("my-shop/1.0", "my-shop/1.0 xportcn-swift/0.1.0"),
        ] as [(String?, String)] {
            let transport = Scripted(body: envelope("{}"))
            var configuration = configuration()
            configuration.userAgent = given
            _ = try await render(XportcnClient(configuration: configuration, transport: transport))
            let agents = await transport.sent[0].headers.filter { $0.name == "user-agent" }.map(\.value)
            #expect(agents == [expected])
        }
    }

    @Test func aCallActsForAnotherAccountWithHeadersAndQueryOfItsOwn() async throws {
        let transport = Scripted(body: envelope("{}"))
        var configuration = configuration()
        configuration.options.headers = ["x-client": "1"]
        configuration.options.query = ["tag": "a"]
        let client = try XportcnClient(configuration: configuration, transport: transport)
        _ = try await render(client.with(CallOptions(userId: "other", headers: ["x-call": "2"])))
        let sent = await transport.sent[0]
        let headers = Dictionary(sent.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
        #expect(headers["x-client"] == "1" && headers["x-call"] == "2" && headers["user-id"] == "other")
        #expect(sent.url.contains("tag=a"))
    }
}
