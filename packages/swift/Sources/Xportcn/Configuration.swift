import Foundation

extension XportcnClient.Configuration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The user and the address; never the secret.
    public var description: String {
        "xportcn configuration of \(userId)" + (baseUrl.map { " at \($0)" } ?? "")
    }

    /// As ``description``.
    public var debugDescription: String { description }

    /// As ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["userId": userId]) }
}

extension Settings {
    /// As the core reads them.
    func json() throws -> String {
        let encoder = JSONEncoder()
        // No number of JSON, so the core names the setting.
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "infinity", negativeInfinity: "-infinity", nan: "nan")
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? (seconds < 0 ? .min : .max) : whole &+ attoseconds / 1_000_000_000_000_000
    }
}
