import Foundation

/// What writes itself as JSON. An encoder that serves all types costs more than the rest of a call together.
protocol JSONWritable {
    /// Writes this value.
    func write(to json: inout JSONWriter)
}

extension JSONWritable {
    /// As JSON; nil where there is a value that JSON has no form for: `JSONEncoder` says which.
    func json() -> [UInt8]? {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.isWhole ? writer.bytes : nil
    }
}

/// JSON in UTF-8. It means what `JSONEncoder` writes, with members in the order in which they are given.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private(set) var isWhole = true

    init() { bytes.reserveCapacity(1024) }

    /// Writes an object of these members.
    mutating func object(_ members: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        members(&self)
        close(UInt8(ascii: "{"), UInt8(ascii: "}"))
    }

    /// Writes a member of an object, if it is there. The name holds nothing that JSON would escape.
    mutating func member(_ name: StaticString, _ value: (some JSONWritable)?) {
        guard let value else { return }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        value.write(to: &self)
        bytes.append(UInt8(ascii: ","))
    }

    /// Writes members with names of any kind.
    mutating func members(_ members: [String: JSONValue]) {
        for (name, value) in members {
            name.write(to: &self)
            bytes.append(UInt8(ascii: ":"))
            value.write(to: &self)
            bytes.append(UInt8(ascii: ","))
        }
    }

    /// Writes fields beside those that are known. One of the same name would stand there twice.
    mutating func extra(_ extra: [String: JSONValue]?, besides known: [String]) {
        guard let extra else { return }
        if known.contains(where: { extra[$0] != nil }) { leave() }
        members(extra)
    }

    /// Writes a list.
    mutating func list(_ elements: [some JSONWritable]) {
        bytes.append(UInt8(ascii: "["))
        for element in elements {
            element.write(to: &self)
            bytes.append(UInt8(ascii: ","))
        }
        close(UInt8(ascii: "["), UInt8(ascii: "]"))
    }

    /// Writes what has only letters, digits and signs that JSON takes as they are.
    mutating func plain(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Writes text in quotes.
    mutating func text(_ text: String) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            if utf8.contains(where: Self.isEscaped) {
                for byte in utf8 { append(escaped: byte) }
            } else {
                bytes.append(contentsOf: utf8)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Leaves the value to `JSONEncoder`.
    mutating func leave() { isWhole = false }

    /// Behind every member and element stands a comma: the last becomes the end.
    private mutating func close(_ opening: UInt8, _ closing: UInt8) {
        if bytes[bytes.count - 1] == opening {
            bytes.append(closing)
        } else {
            bytes[bytes.count - 1] = closing
        }
    }

    private static func isEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func append(escaped byte: UInt8) {
        guard Self.isEscaped(byte) else { return bytes.append(byte) }
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        default:
            let digits: StaticString = "0123456789abcdef"
            bytes.append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
            bytes.append(digits.utf8Start[Int(byte >> 4)])
            bytes.append(digits.utf8Start[Int(byte & 15)])
        }
    }
}

extension String: JSONWritable {
    func write(to json: inout JSONWriter) { json.text(self) }
}

extension Bool: JSONWritable {
    func write(to json: inout JSONWriter) { json.plain(self ? "true" : "false") }
}

extension Int: JSONWritable {
    func write(to json: inout JSONWriter) { json.plain(String(self)) }
}

extension Double: JSONWritable {
    func write(to json: inout JSONWriter) { isFinite ? json.plain(description) : json.leave() }
}

/// An amount stands as text.
extension Decimal: JSONWritable {
    func write(to json: inout JSONWriter) { json.text(canonical) }
}

extension Date: JSONWritable {
    func write(to json: inout JSONWriter) { json.text(canonical) }
}

extension Array: JSONWritable where Element: JSONWritable {
    func write(to json: inout JSONWriter) { json.list(self) }
}

extension JSONWritable where Self: XportcnCode {
    func write(to json: inout JSONWriter) { json.text(rawValue) }
}

extension JSONWritable where Self: XportcnNumericCode {
    func write(to json: inout JSONWriter) {
        if let number, String(number) == rawValue { json.plain(rawValue) } else { json.text(rawValue) }
    }
}

extension JSONValue: JSONWritable {
    func write(to json: inout JSONWriter) {
        switch self {
        case .array(let elements): json.list(elements)
        case .bool(let value): value.write(to: &json)
        case .integer(let number): number.write(to: &json)
        case .null: json.plain("null")
        case .number(let number): number.isNaN ? json.leave() : json.plain(number.canonical)
        case .object(let members): json.object { $0.members(members) }
        case .string(let text): json.text(text)
        }
    }
}
