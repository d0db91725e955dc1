import Foundation

/// A frame for the core: 32 random bytes, a line of numbers, and texts whose lengths are among them.
struct Frame {
    private static let random = 32

    private var line: [UInt8] = []
    private var texts: [UInt8] = []

    /// Begins with the time, in milliseconds since 1970.
    init(nowMs: UInt64) {
        line.reserveCapacity(128)
        withUnsafeTemporaryAllocation(byteCount: Self.random, alignment: 8) { random in
            Self.fill(random)
            line.append(contentsOf: random)
        }
        append(nowMs)
    }

    mutating func number(_ number: Int) {
        line.append(UInt8(ascii: " "))
        append(UInt64(max(0, number)))
    }

    mutating func flag(_ isSet: Bool) {
        number(isSet ? 1 : 0)
    }

    mutating func text(_ text: String) {
        let before = texts.count
        texts.append(contentsOf: text.utf8)
        number(texts.count - before)
    }

    mutating func text(utf8: [UInt8]) {
        texts.append(contentsOf: utf8)
        number(utf8.count)
    }

    func data() -> Data {
        var frame = Data(capacity: line.count + 1 + texts.count)
        frame.append(contentsOf: line)
        frame.append(UInt8(ascii: "\n"))
        frame.append(contentsOf: texts)
        return frame
    }

    /// `SystemRandomNumberGenerator` asks the same source for eight bytes at a time.
    private static func fill(_ bytes: UnsafeMutableRawBufferPointer) {
        #if canImport(Darwin)
            arc4random_buf(bytes.baseAddress!, bytes.count)
        #else
            precondition(getentropy(bytes.baseAddress!, bytes.count) == 0, "the system has no random bytes")
        #endif
    }

    private mutating func append(_ number: UInt64) {
        let start = line.count
        var rest = number
        repeat {
            line.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        line[start...].reverse()
    }
}

/// A frame of the core, read from its beginning on: a line of numbers, and texts whose lengths are among them.
struct FrameReader {
    /// How long a text is said to be that is the parameters as they were given to the core.
    private static let asGiven = -2

    private let bytes: UnsafeBufferPointer<UInt8>
    private var numberAt = 0
    private var textAt: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        textAt = bytes.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    }

    mutating func number() -> Int {
        var value = 0
        let isNegative = bytes[numberAt] == UInt8(ascii: "-")
        if isNegative { numberAt += 1 }
        while bytes[numberAt] != UInt8(ascii: " ") {
            value = value * 10 + Int(bytes[numberAt] - UInt8(ascii: "0"))
            numberAt += 1
        }
        numberAt += 1
        return isNegative ? -value : value
    }

    mutating func flag() -> Bool {
        number() != 0
    }

    mutating func duration() -> Duration {
        .milliseconds(number())
    }

    mutating func text() -> String {
        maybe() ?? ""
    }

    /// A text, unless it is absent.
    mutating func maybe() -> String? {
        utf8(number()).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a text, unless it is absent; those that were given to the core where it is the same.
    mutating func data(given: [UInt8] = []) -> Data? {
        let length = number()
        return length == Self.asGiven ? Data(given) : utf8(length).map { Data($0) }
    }

    private mutating func utf8(_ length: Int) -> UnsafeBufferPointer<UInt8>? {
        guard length >= 0 else { return nil }
        defer { textAt += length }
        precondition(length <= bytes.count - textAt, "a frame holds other texts than its numbers say")
        return UnsafeBufferPointer(rebasing: bytes[textAt..<textAt + length])
    }
}
