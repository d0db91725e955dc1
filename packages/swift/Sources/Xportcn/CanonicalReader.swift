import Foundation

/// Reads JSON of the core.
func read<Value: Decodable>(_ type: Value.Type, core json: Data) throws -> Value {
    try json.withUnsafeBytes { try read(type, $0.bindMemory(to: UInt8.self)) }
}

/// Reads JSON of the core.
func read<Value: Decodable>(_ type: Value.Type, core json: String) throws -> Value {
    var json = json
    return try json.withUTF8 { try read(type, $0) }
}

private func read<Value: Decodable>(_ type: Value.Type, _ bytes: UnsafeBufferPointer<UInt8>) throws -> Value {
    try CanonicalReader(json: CanonicalJSON(bytes), value: 0).decode(type)
}

/// A value of canonical JSON, for what reads itself. What is no value of its type throws a mismatch that names the byte: a path
/// would be looked for, also where the error is only to tell kinds apart.
struct CanonicalReader: Decoder, SingleValueDecodingContainer {
    let json: CanonicalJSON
    let value: Int

    var codingPath: [any CodingKey] { json.path(to: value) }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try members())
    }

    func members<Key: CodingKey>() throws -> Members<Key> {
        guard json.tokens[value].kind == .object else { throw mismatch([String: Any].self) }
        return Members(json, value)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard json.tokens[value].kind == .list else { throw mismatch([Any].self) }
        return Elements(json: json, list: value, next: value + 1, end: json.inside(value).upperBound)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { json.isNull(value) }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch json.plain(value) {
        case "true": true
        case "false": false
        default: throw mismatch(type)
        }
    }

    func decode(_ type: String.Type) throws -> String {
        guard let text = json.text(value) else { throw mismatch(type) }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard let number = json.plain(value).flatMap(Double.init), number.isFinite else { throw mismatch(type) }
        return number
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }

    /// The value, whatever it is.
    func any() throws -> JSONValue {
        switch json.tokens[value].kind {
        case .text, .escaped: return .string(json.text(value) ?? "")
        case .plain: return try plain()
        case .list:
            var (elements, inside) = ([JSONValue](), json.inside(value))
            while !inside.isEmpty {
                elements.append(try CanonicalReader(json: json, value: inside.lowerBound).any())
                inside = json.after(inside.lowerBound)..<inside.upperBound
            }
            return .array(elements)
        case .object:
            var (members, inside) = ([String: JSONValue](), json.inside(value))
            while inside.count > 1 {
                let member = inside.lowerBound + 1
                let name = json.text(member - 1) ?? ""
                // Of a member that stands twice the first counts.
                if members[name] == nil { members[name] = try CanonicalReader(json: json, value: member).any() }
                inside = json.after(member)..<inside.upperBound
            }
            return .object(members)
        }
    }

    private func plain() throws -> JSONValue {
        let text = json.plain(value) ?? ""
        switch text {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            if let number = Int(text) { return .integer(number) }
            // What `Decimal` holds is Foundation's to know.
            return try JSONDecoder().decode(JSONValue.self, from: Data(json.written(value)))
        }
    }

    private func integer<Number: FixedWidthInteger>() throws -> Number {
        guard let text = json.plain(value) else { throw mismatch(Number.self) }
        if let number = Number(text) { return number }
        guard let number = Double(text).flatMap(Number.init(exactly:)) else { throw mismatch(Number.self) }
        return number
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        let place = json.tokens[value].start
        return .typeMismatch(
            type, .init(codingPath: [], debugDescription: "no \(type) stands at byte \(place) of the data"))
    }
}

/// The members of an object. They are mostly asked for in the order in which they stand.
final class Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let json: CanonicalJSON
    private let object: Int
    private let inside: Range<Int>
    /// The name behind the member that was last found.
    private var next: Int

    init(_ json: CanonicalJSON, _ object: Int) {
        self.json = json
        self.object = object
        inside = json.inside(object)
        next = inside.lowerBound
    }

    var codingPath: [any CodingKey] { json.path(to: object) }

    var allKeys: [Key] {
        var (keys, at) = ([Key](), inside.lowerBound)
        while at + 1 < inside.upperBound {
            if let key = json.text(at).flatMap(Key.init(stringValue:)) { keys.append(key) }
            at = json.after(at + 1)
        }
        return keys
    }

    func contains(_ key: Key) -> Bool { find(key) != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try reader(key).decodeNil() }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try reader(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try reader(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try reader(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try reader(key).decode(type) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try reader(key).decode(type)
    }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try present(key)?.decode(type) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try present(key)?.decode(type) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try present(key)?.decode(type) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try present(key)?.decode(type) }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try present(key)?.decode(type)
    }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Inner> {
        try reader(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try reader(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { CanonicalReader(json: json, value: object) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try reader(key) }

    private func reader(_ key: Key) throws -> CanonicalReader {
        guard let value = find(key) else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "is absent"))
        }
        return CanonicalReader(json: json, value: value)
    }

    private func present(_ key: Key) -> CanonicalReader? {
        guard let value = find(key), !json.isNull(value) else { return nil }
        return CanonicalReader(json: json, value: value)
    }

    /// The value of this name.
    private func find(_ key: Key) -> Int? {
        guard !inside.isEmpty else { return nil }
        var name = key.stringValue
        return name.withUTF8 { name in
            let begin = next < inside.upperBound ? next : inside.lowerBound
            var at = begin
            repeat {
                let after = at + 1 < inside.upperBound ? json.after(at + 1) : inside.upperBound
                if after > at + 1, json.isNamed(name, at) {
                    next = after
                    return at + 1
                }
                at = after < inside.upperBound ? after : inside.lowerBound
            } while at != begin
            return nil
        }
    }
}

/// The elements of a list.
private struct Elements: UnkeyedDecodingContainer {
    let json: CanonicalJSON
    let list: Int
    var next: Int
    let end: Int
    private(set) var currentIndex = 0

    init(json: CanonicalJSON, list: Int, next: Int, end: Int) {
        self.json = json
        self.list = list
        self.next = next
        self.end = end
    }

    var codingPath: [any CodingKey] { json.path(to: list) }
    var count: Int? { nil }
    var isAtEnd: Bool { next >= end }

    /// Null is passed over; what is none stays.
    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, json.isNull(next) else { return false }
        _ = try reader()
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try reader().decode(type) }
    mutating func decode(_ type: String.Type) throws -> String { try reader().decode(type) }
    mutating func decode(_ type: Double.Type) throws -> Double { try reader().decode(type) }
    mutating func decode(_ type: Int.Type) throws -> Int { try reader().decode(type) }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try reader().decode(type) }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try reader().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try reader().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try reader() }

    private mutating func reader() throws -> CanonicalReader {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(Any.self, .init(codingPath: codingPath, debugDescription: "is absent"))
        }
        defer {
            next = json.after(next)
            currentIndex += 1
        }
        return CanonicalReader(json: json, value: next)
    }
}
