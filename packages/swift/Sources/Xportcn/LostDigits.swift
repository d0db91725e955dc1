import Foundation

/// What types of this language cannot hold of values that fit their fields, as it is met while a reply is read: decoders have
/// no way to tell of anything but failure.
final class LostDigits: @unchecked Sendable {
    /// Where it is kept; nil where nothing but data is read.
    @TaskLocal static var met: LostDigits?

    /// Read and written by the only reader of a reply.
    private(set) var warnings: [ReplyWarning] = []

    /// Keeps that a time is finer than it can be kept.
    func addTime(_ path: [any CodingKey]) {
        let place = path.reduce("data") { place, key in
            key.intValue.map { "\(place)[\($0)]" } ?? "\(place).\(key.stringValue)"
        }
        warnings.append(
            ReplyWarning(path: place, expected: "a time to the millisecond", found: "a finer one, which is rounded"))
    }
}
