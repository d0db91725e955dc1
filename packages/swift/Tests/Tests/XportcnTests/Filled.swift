/// Decodes whatever it is asked for: all text is the same one, every field is there, and lists have two elements.
struct Filled: Decoder {
    let text: String
    var codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Fields(filled: self))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { Elements(filled: self) }

    func singleValueContainer() -> any SingleValueDecodingContainer { Single(filled: self) }

    func value<Value: Decodable>() throws -> Value {
        switch Value.self {
        case is String.Type: text as! Value
        case is Bool.Type: true as! Value
        case is Double.Type: -0.25 as! Value
        case is Int.Type: 9_007_199_254_740_993 as! Value
        default: try Value(from: self)
        }
    }
}

private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let filled: Filled
    var codingPath: [any CodingKey] { filled.codingPath }
    var allKeys: [Key] { [Key(stringValue: "extra \"\n\(filled.text)")!] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try filled.value() }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try filled.value() }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try filled.value() }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try filled.value() }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try filled.value() }

    func nestedContainer<Inner: CodingKey>(
        keyedBy type: Inner.Type, forKey key: Key
    ) -> KeyedDecodingContainer<Inner> { filled.container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer { filled.unkeyedContainer() }
    func superDecoder() -> any Decoder { filled }
    func superDecoder(forKey key: Key) -> any Decoder { filled }
}

private struct Elements: UnkeyedDecodingContainer {
    let filled: Filled
    var codingPath: [any CodingKey] { filled.codingPath }
    let count: Int? = 2
    var currentIndex = 0
    var isAtEnd: Bool { currentIndex == 2 }

    mutating func decodeNil() -> Bool { false }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        currentIndex += 1
        return try filled.value()
    }

    mutating func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedDecodingContainer<Inner> {
        filled.container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { filled.unkeyedContainer() }
    mutating func superDecoder() -> any Decoder { filled }
}

private struct Single: SingleValueDecodingContainer {
    let filled: Filled
    var codingPath: [any CodingKey] { filled.codingPath }

    func decodeNil() -> Bool { false }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try filled.value() }
}
