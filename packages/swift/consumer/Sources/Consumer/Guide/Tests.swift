// region tests
import Foundation
import Xportcn

/// A platform on this machine, for a test. The program is named by XPORTCN_CLI.
struct Sandbox {
    let client: XportcnClient
    private let program = Process()

    init(_ options: String...) throws {
        let pipe = Pipe()
        program.executableURL = URL(fileURLWithPath: ProcessInfo.processInfo.environment["XPORTCN_CLI"] ?? "xportcn")
        program.arguments = ["sandbox", "--port", "0"] + options
        program.standardOutput = pipe
        program.standardError = FileHandle.nullDevice
        try program.run()
        let first = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        var configuration = XportcnClient.Configuration(
            accessKey: "sandbox-key", accessSecret: "sandbox-secret", userId: "sandbox-user")
        configuration.baseUrl = first.replacingOccurrences(of: "listening on ", with: "")
            .trimmingCharacters(in: .whitespacesAndNewlines)
        client = try XportcnClient(configuration: configuration)
    }

    /// Not by `terminate`: what a thread of Swift starts may have that signal blocked.
    func end() {
        kill(program.processIdentifier, SIGKILL)
        program.waitUntilExit()
    }
}

func anOrderIsPaid() async throws {
    let sandbox = try Sandbox()
    defer { sandbox.end() }
    let placed = try await order(sandbox.client, number: "test-1")
    let paid = try await pay(sandbox.client, orderId: placed?.purchaseId ?? "")
    precondition(paid)
}

func aPaymentWhoseAnswerIsLostIsFound() async throws {
    let sandbox = try Sandbox("--fault", "endpoint=taobao.order.purchase_pay,kinds=reset,when=after,count=1")
    defer { sandbox.end() }
    let placed = try await order(sandbox.client, number: "test-2")
    do {
        _ = try await sandbox.client.taobao.order.purchasePay(orderId: placed?.purchaseId)
        preconditionFailure("the answer was not lost")
    } catch XportcnError.ambiguousWrite(let lost) {
        guard case .done = try await sandbox.client.recover(lost) else { preconditionFailure("it is not found") }
    }
}
// endregion
