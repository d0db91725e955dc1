import Foundation

/// One line of the output; `tests/bench` collects those of all hosts.
struct Row: Encodable {
    var host = "swift"
    let `case`: String
    let ours: Double
    let peer: String
    let peer_value: Double
    let ratio: Double
    let budget: Double
    var better = "lower"
    let ok: Bool

    /// Medians of rounds, beside those of a peer that ran in turn.
    static func beside(_ name: String, _ peer: String, _ rounds: [(ours: Double, peer: Double)], budget: Double) -> Row {
        let (ours, other) = (median(rounds.map(\.ours)), median(rounds.map(\.peer)))
        let ratio = ours / other
        return Row(
            case: name, ours: rounded(ours), peer: peer, peer_value: rounded(other), ratio: rounded(ratio), budget: budget,
            ok: ratio <= budget)
    }

    /// Beside a limit of its own.
    static func against(_ name: String, _ ours: Double, limit: Double) -> Row {
        Row(
            case: name, ours: rounded(ours), peer: "\(limit)", peer_value: limit, ratio: rounded(ours / limit), budget: 1,
            ok: ours <= limit)
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
