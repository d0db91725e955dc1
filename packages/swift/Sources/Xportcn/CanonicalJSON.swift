import Foundation

/// The values of canonical JSON by their places, found in one walk: replies are read by them in a part of the time that
/// `JSONDecoder` takes. The core wrote it, so that it is JSON; what is none is read as something, or refused.
final class CanonicalJSON {
    /// A value, or the name of a member: before each value of an object stands its name.
    struct Token {
        let kind: Kind
        let start: UInt32
        /// Where its text ends; of a list and an object, the number of the token behind it.
        fileprivate(set) var end: UInt32
    }

    enum Kind: UInt8 {
        case object, list, text
        /// Text with escapes.
        case escaped
        /// A number, true, false or null.
        case plain
    }

    let bytes: UnsafeBufferPointer<UInt8>
    let tokens: [Token]

    /// Reads bytes that outlive this.
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        self.bytes = bytes
        guard bytes.count <= UInt32.max else { throw Self.broken(at: 0) }
        var tokens: [Token] = []
        tokens.reserveCapacity(bytes.count / 12 + 1)
        var open: [Int] = []
        var at = 0
        while at < bytes.count {
            let start = at
            at += 1
            switch bytes[start] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(tokens.count)
                let kind = bytes[start] == UInt8(ascii: "{") ? Kind.object : .list
                tokens.append(Token(kind: kind, start: UInt32(start), end: 0))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                let kind = bytes[start] == UInt8(ascii: "}") ? Kind.object : .list
                guard let opening = open.popLast(), tokens[opening].kind == kind else { throw Self.broken(at: start) }
                tokens[opening].end = UInt32(tokens.count)
            case UInt8(ascii: "\""):
                var kind = Kind.text
                while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
                    if bytes[at] == UInt8(ascii: "\\") {
                        kind = .escaped
                        at += 1
                    }
                    at += 1
                }
                guard at < bytes.count else { throw Self.broken(at: start) }
                tokens.append(Token(kind: kind, start: UInt32(start + 1), end: UInt32(at)))
                at += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: " "), 9, 10, 13: break
            default:
                while at < bytes.count, !Self.endsPlain(bytes[at]) { at += 1 }
                tokens.append(Token(kind: .plain, start: UInt32(start), end: UInt32(at)))
            }
        }
        guard open.isEmpty, !tokens.isEmpty, tokens[0].kind >= .text || tokens[0].end == tokens.count else {
            throw Self.broken(at: at)
        }
        self.tokens = tokens
    }

    private static func endsPlain(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || byte <= UInt8(ascii: " ")
    }

    /// The token behind a value.
    func after(_ value: Int) -> Int {
        let token = tokens[value]
        return token.kind >= .text ? value + 1 : Int(token.end)
    }

    /// Where the values of a list, or the names and values of an object, stand.
    func inside(_ value: Int) -> Range<Int> {
        value + 1..<max(value + 1, after(value))
    }

    /// The bytes of text without its quotes, as they are written, or of a plain value.
    func written(_ value: Int) -> UnsafeBufferPointer<UInt8> {
        let token = tokens[value]
        guard token.kind >= .text else { return UnsafeBufferPointer(rebasing: bytes[0..<0]) }
        return UnsafeBufferPointer(rebasing: bytes[Int(token.start)..<Int(token.end)])
    }

    func isNull(_ value: Int) -> Bool {
        let token = tokens[value]
        return token.kind == .plain && bytes[Int(token.start)] == UInt8(ascii: "n")
    }

    /// The text; nil if this is none.
    func text(_ value: Int) -> String? {
        switch tokens[value].kind {
        case .text: String(decoding: written(value), as: UTF8.self)
        case .escaped: Self.unescaped(written(value))
        default: nil
        }
    }

    /// The number, true or false as it is written; nil if this is none.
    func plain(_ value: Int) -> String? {
        tokens[value].kind == .plain ? String(decoding: written(value), as: UTF8.self) : nil
    }

    /// Whether a name is this one.
    func isNamed(_ name: UnsafeBufferPointer<UInt8>, _ token: Int) -> Bool {
        let written = written(token)
        if tokens[token].kind == .escaped { return Array(Self.unescaped(written).utf8).elementsEqual(name) }
        guard written.count == name.count, let left = written.baseAddress, let right = name.baseAddress else {
            return written.isEmpty && name.isEmpty
        }
        return memcmp(left, right, name.count) == 0
    }

    /// The names and numbers that lead to a value.
    func path(to value: Int) -> [any CodingKey] {
        var path: [any CodingKey] = []
        var here = 0
        while here < value {
            let isObject = tokens[here].kind == .object
            var (at, index) = (here + 1, 0)
            while at < value, after(isObject ? at + 1 : at) <= value {
                at = after(isObject ? at + 1 : at)
                index += 1
            }
            path.append(isObject ? Name(stringValue: text(at) ?? "") : Place(index))
            here = isObject ? at + 1 : at
        }
        return path
    }

    static func broken(at place: Int) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "the core's JSON is broken at byte \(place)"))
    }

    private static func unescaped(_ written: UnsafeBufferPointer<UInt8>) -> String {
        var units: [UInt16] = []
        var (out, at) = ([UInt8](), 0)
        out.reserveCapacity(written.count)
        /// Units of UTF-16 that stand side by side may be halves.
        func flush() {
            guard !units.isEmpty else { return }
            out += String(decoding: units, as: UTF16.self).utf8
            units = []
        }
        while at < written.count {
            guard written[at] == UInt8(ascii: "\\"), at + 1 < written.count else {
                flush()
                out.append(written[at])
                at += 1
                continue
            }
            let escape = written[at + 1]
            at += 2
            if escape == UInt8(ascii: "u") {
                let digits = written[at..<min(at + 4, written.count)]
                units.append(UInt16(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0xfffd)
                at += digits.count
                continue
            }
            flush()
            switch escape {
            case UInt8(ascii: "n"): out.append(10)
            case UInt8(ascii: "t"): out.append(9)
            case UInt8(ascii: "r"): out.append(13)
            case UInt8(ascii: "b"): out.append(8)
            case UInt8(ascii: "f"): out.append(12)
            default: out.append(escape)
            }
        }
        flush()
        return String(decoding: out, as: UTF8.self)
    }
}

extension CanonicalJSON.Kind: Comparable {
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// An element of a list.
private struct Place: CodingKey {
    let intValue: Int?
    var stringValue: String { "Index \(intValue ?? 0)" }

    init(_ index: Int) { intValue = index }

    init?(intValue: Int) { self.init(intValue) }

    init?(stringValue: String) { nil }
}
