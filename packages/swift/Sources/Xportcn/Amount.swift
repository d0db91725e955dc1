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
        } else if digits <= Decimal.exactDigits {
            self.init(string: text)
        } else {
            return nil
        }
    }

    /// So many digits it holds, whichever they are.
    private static let exactDigits = 38

    /// The amount as canonical JSON has it, which is what `description` is: that divides by ten for each digit, and takes as
    /// long as all the rest of a small request.
    var canonical: String {
        let whole = NSDecimalNumber(decimal: significand).int64Value
        let isExact = !isNaN && whole > 0 && Decimal(whole) == significand
        guard isExact, (-18...18).contains(exponent) else { return description }
        var (rest, places) = (whole, -exponent)
        while places > 0, rest % 10 == 0 {
            rest /= 10
            places -= 1
        }
        var digits = String(rest) + String(repeating: "0", count: max(0, -places))
        if places > 0 {
            digits = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
            digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
        }
        return isSignMinus ? "-" + digits : digits
    }
}
