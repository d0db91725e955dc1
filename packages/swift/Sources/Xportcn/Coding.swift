import Foundation

extension KeyedDecodingContainer {
    /// A value in the form in which it stands.
    func plain<Value: Decodable>(_ key: Key) throws -> Value? {
        try decodeIfPresent(Value.self, forKey: key)
    }

    /// An exact decimal number, which stands as text.
    func amount(_ key: Key) throws -> Decimal? {
        try decodeIfPresent(String.self, forKey: key).flatMap(Decimal.init(canonical:))
    }

    /// A whole number, which stands as text where it is large.
    func integer(_ key: Key) throws -> Int? {
        do {
            return try decodeIfPresent(Int.self, forKey: key)
        } catch DecodingError.typeMismatch {
            return try decodeIfPresent(String.self, forKey: key).flatMap { Int($0) }
        }
    }

    /// A moment, which stands as text.
    func time(_ key: Key) throws -> Date? {
        try decodeIfPresent(String.self, forKey: key).flatMap(Date.init(canonical:))
    }

    /// A value that a call cannot be without.
    func required<Value>(_ key: Key, _ value: Value?) throws -> Value {
        guard let value else {
            throw DecodingError.keyNotFound(key, DecodingError.Context(codingPath: codingPath, debugDescription: "is absent"))
        }
        return value
    }
}

extension KeyedEncodingContainer {
    /// Writes a value as it is, if it is there.
    mutating func plain(_ value: (some Encodable)?, _ key: Key) throws {
        try encodeIfPresent(value, forKey: key)
    }

    /// Writes an exact decimal number, if it is there.
    mutating func amount(_ value: Decimal?, _ key: Key) throws {
        try encodeIfPresent(value.map { "\($0)" }, forKey: key)
    }

    /// Writes a moment, if it is there.
    mutating func time(_ value: Date?, _ key: Key) throws {
        try encodeIfPresent(value?.canonical, forKey: key)
    }
}

/// A name that is known only when it is read.
struct AnyName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
}

/// The names of an object without fields.
struct NoName: CodingKey {
    var stringValue: String { "" }
    var intValue: Int? { nil }

    init?(stringValue: String) { nil }

    init?(intValue: Int) { nil }
}

extension Decoder {
    /// The fields that are none of `Known`.
    func further<Known: CodingKey>(besides: Known.Type) throws -> [String: JSONValue]? {
        let values = try container(keyedBy: AnyName.self)
        var further: [String: JSONValue] = [:]
        for name in values.allKeys where Known(stringValue: name.stringValue) == nil {
            further[name.stringValue] = try values.decode(JSONValue.self, forKey: name)
        }
        return further.isEmpty ? nil : further
    }
}

extension Encoder {
    /// Writes fields beside those that are known.
    func encode(further: [String: JSONValue]?) throws {
        guard let further, !further.isEmpty else { return }
        var values = container(keyedBy: AnyName.self)
        for (name, value) in further {
            try values.encode(value, forKey: AnyName(stringValue: name))
        }
    }
}

/// A set of codes as an open enumeration: values that are not published stay what they are.
public protocol XportcnCode: RawRepresentable, Codable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
where RawValue == String {
    /// The code, whatever it is.
    init(rawValue: String)
}

extension XportcnCode {
    /// The code, whatever it is.
    public init(stringLiteral value: String) { self.init(rawValue: value) }

    /// The code as the platform writes it.
    public var description: String { rawValue }

    /// Reads a code from text.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes a code as text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// A set of codes that the platform writes as whole numbers.
public protocol XportcnNumericCode: XportcnCode, ExpressibleByIntegerLiteral {}

extension XportcnNumericCode {
    /// The code as a number; nil for one that is not a number.
    public var number: Int? { Int(rawValue) }

    /// The code, whatever it is.
    public init(integerLiteral value: Int) { self.init(rawValue: String(value)) }

    /// Reads a code from a number, or from text where it is none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self.init(rawValue: String(number))
        } else {
            self.init(rawValue: try container.decode(String.self))
        }
    }

    /// Writes a code as a number, or as text where it is none.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let number, String(number) == rawValue {
            try container.encode(number)
        } else {
            try container.encode(rawValue)
        }
    }
}
