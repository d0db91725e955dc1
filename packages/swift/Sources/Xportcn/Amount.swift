import Foundation

extension Decimal {
    /// The amount that stands in canonical JSON, exactly; nil if the text is no decimal number.
    init?(canonical text: String) {
        var mantissa: UInt64 = 0
        var digits = 0
        var fraction = 0
        var isNegative = false
        var isInFraction = false
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                fraction += isInFraction ? 1 : 0
                if digits <= 18 {
                    mantissa = mantissa * 10 + UInt64(byte &- UInt8(ascii: "0"))
                }
            case UInt8(ascii: ".") where !isInFraction && digits > 0:
                isInFraction = true
            case UInt8(ascii: "-") where index == 0:
                isNegative = true
            default:
                return nil
            }
        }
        guard digits > 0, !isInFraction || fraction > 0 else { return nil }
        if digits <= 18 {
            self.init(sign: isNegative ? .minus : .plus, exponent: -fraction, significand: Decimal(mantissa))
        } else {
            self.init(string: text)
        }
    }
}
