import Foundation

// Functions for single kinds of values are faster than one for all: decoders look for the type of the latter at run time.

extension KeyedDecodingContainer<Name> {
    /// An exact decimal number, which stands as text.
    func amount(_ key: Name) throws -> Decimal? {
        try decodeIfPresent(String.self, forKey: key).flatMap(Decimal.init(canonical:))
    }

    /// True or false.
    func bool(_ key: Name) throws -> Bool? {
        try decodeIfPresent(Bool.self, forKey: key)
    }

    /// A code, which stands as text.
    func code<Code: XportcnCode>(_ key: Name) throws -> Code? {
        try decodeIfPresent(String.self, forKey: key).map(Code.init(rawValue:))
    }

    /// A measure.
    func float(_ key: Name) throws -> Double? {
        try decodeIfPresent(Double.self, forKey: key)
    }

    /// A whole number, which stands as text where it is large.
    func integer(_ key: Name) throws -> Int? {
        do {
            return try decodeIfPresent(Int.self, forKey: key)
        } catch DecodingError.typeMismatch {
            return try decodeIfPresent(String.self, forKey: key).flatMap { Int($0) }
        }
    }

    /// A code, which stands as a whole number, or as text where it is none.
    func numericCode<Code: XportcnNumericCode>(_ key: Name) throws -> Code? {
        do {
            return try decodeIfPresent(Int.self, forKey: key).map(Code.init(integerLiteral:))
        } catch DecodingError.typeMismatch {
            return try code(key)
        }
    }

    /// Text.
    func text(_ key: Name) throws -> String? {
        try decodeIfPresent(String.self, forKey: key)
    }

    /// A moment, which stands as text.
    func time(_ key: Name) throws -> Date? {
        guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
        if Date.isFinerThanMilliseconds(text) { LostDigits.met?.addTime(codingPath + [key]) }
        return Date(canonical: text)
    }

    /// Any other value.
    func value<Value: Decodable>(_ key: Name) throws -> Value? {
        try decodeIfPresent(Value.self, forKey: key)
    }

    /// A value that a call cannot be without.
    func required<Value>(_ key: Name, _ value: Value?) throws -> Value {
        guard let value else {
            throw DecodingError.keyNotFound(
                key, DecodingError.Context(codingPath: codingPath, debugDescription: "is absent"))
        }
        return value
    }
}

extension KeyedEncodingContainer<Name> {
    /// Writes an exact decimal number, if it is there.
    mutating func amount(_ value: Decimal?, _ key: Name) throws {
        try encodeIfPresent(value.map { "\($0)" }, forKey: key)
    }

    /// Writes text, if it is there.
    mutating func text(_ value: String?, _ key: Name) throws {
        try encodeIfPresent(value, forKey: key)
    }

    /// Writes a moment, if it is there.
    mutating func time(_ value: Date?, _ key: Name) throws {
        try encodeIfPresent(value?.canonical, forKey: key)
    }

    /// Writes any other value, if it is there.
    mutating func value(_ value: (some Encodable)?, _ key: Name) throws {
        try encodeIfPresent(value, forKey: key)
    }
}

/// The name of a field. All types have this one for their keys: a type of keys for each would multiply the code of the
/// functions above.
struct Name: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init(stringLiteral value: String) { stringValue = value }

    init?(intValue: Int) { nil }
}

extension Decoder {
    /// The fields by their names.
    func fields() throws -> KeyedDecodingContainer<Name> {
        // Made here, it is compiled for these names.
        if let reader = self as? CanonicalReader { return KeyedDecodingContainer(try reader.members()) }
        return try container(keyedBy: Name.self)
    }

    /// The fields that are none of the known ones.
    func extra(besides known: [String]) throws -> [String: JSONValue]? {
        let values = try fields()
        var extra: [String: JSONValue] = [:]
        for name in values.allKeys where !known.contains(name.stringValue) {
            extra[name.stringValue] = try values.decode(JSONValue.self, forKey: name)
        }
        return extra.isEmpty ? nil : extra
    }
}

extension Encoder {
    /// Fields by their names.
    func fields() -> KeyedEncodingContainer<Name> {
        container(keyedBy: Name.self)
    }
}

extension KeyedEncodingContainer<Name> {
    /// Writes fields beside those that are known.
    mutating func encode(extra: [String: JSONValue]?) throws {
        for (name, value) in extra ?? [:] {
            try encode(value, forKey: Name(stringValue: name))
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
