import Foundation

/// One line of the output; `tests/bench` collects those of all hosts. Without a budget it only tells.
struct Row: Encodable {
    var host = "swift"
    let `case`: String
    let ours: Double
    let peer: String
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let peer_value: Double
    let ratio: Double
    let budget: Double?
    var better = "lower"
    let unit: String
    let ok: Bool

    /// What one round measured: ours, and right after it the peer.
    typealias Round = (ours: Double, peer: Double)

    /// Medians. The ratio is that of the rounds' own ratios, which a machine that becomes slower hardly moves.
    static func beside(
        _ name: String, _ unit: String, _ peer: String, _ rounds: [Round], budget: Double? = nil
    ) -> Row {
        let ratio = median(rounds.map { $0.ours / $0.peer })
        return Row(
            case: name, ours: rounded(median(rounds.map(\.ours))), peer: peer,
            peer_value: rounded(median(rounds.map(\.peer))), ratio: rounded(ratio), budget: budget, unit: unit,
            ok: budget.map { ratio <= $0 } ?? true)
    }

    /// Beside a limit of its own.
    static func against(_ name: String, _ unit: String, _ ours: Double, limit: Double) -> Row {
        Row(
            case: name, ours: rounded(ours), peer: "a budget of \(Int(limit)) \(unit)", peer_value: limit,
            ratio: rounded(ours / limit), budget: 1, unit: unit, ok: ours <= limit)
    }

    func print() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        Swift.print(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}

func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
}

func rounded(_ value: Double) -> Double {
    (value * 1000).rounded() / 1000
}

func microseconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) * 1e6 + Double(attoseconds) / 1e12
}
