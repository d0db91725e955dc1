import Foundation

/// Any JSON. Numbers are exact: those that `Decimal`, or other languages, could not hold come as text.
public enum JSONValue: Codable, Equatable, Sendable {
    /// A list.
    case array([JSONValue])
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case integer(Int)
    /// Nothing.
    case null
    /// A number with a fraction, or beyond the whole numbers.
    case number(Decimal)
    /// An object.
    case object([String: JSONValue])
    /// Text.
    case string(String)

    /// The value of an object's member; nil if there is none, or this is no object.
    public subscript(name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The element of a list; nil if there is none, or this is no list.
    public subscript(index: Int) -> JSONValue? {
        if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { nil }
    }

    /// The text; nil if this is none.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The whole number; nil if this is none.
    public var integer: Int? {
        if case .integer(let number) = self { number } else { nil }
    }

    /// Reads any JSON.
    public init(from decoder: any Decoder) throws {
        if let reader = decoder as? CanonicalReader {
            self = try reader.any()
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let number = try? container.decode(Int.self) {
            self = .integer(number)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let elements = try? container.decode([JSONValue].self) {
            self = .array(elements)
        } else if let members = try? container.decode([String: JSONValue].self) {
            self = .object(members)
        } else if let number = try? container.decode(Decimal.self) {
            self = .number(number)
        } else {
            // Its exponent is none that `Decimal` has.
            self = .string("\(try container.decode(Double.self))")
        }
    }

    /// Writes JSON.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .array(let elements): try container.encode(elements)
        case .bool(let value): try container.encode(value)
        case .integer(let number): try container.encode(number)
        case .null: try container.encodeNil()
        case .number(let number): try container.encode(number)
        case .object(let members): try container.encode(members)
        case .string(let text): try container.encode(text)
        }
    }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByBooleanLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByNilLiteral, ExpressibleByStringLiteral
{
    /// A list.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// True or false.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// An object; of members with the same name, the last one counts.
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(members, uniquingKeysWith: { _, last in last }))
    }

    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }

    /// Nothing.
    public init(nilLiteral: ()) { self = .null }

    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }
}
