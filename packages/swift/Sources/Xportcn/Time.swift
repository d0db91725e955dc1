import Foundation

extension Date {
    /// The moment that stands in canonical JSON, as `2024-08-01T12:00:00.5+08:00`; nil if the text is none.
    init?(canonical text: String) {
        var text = text
        let seconds: Double? = text.withUTF8 { bytes in
            var reader = TimeReader(rest: bytes[...])
            return reader.secondsSince1970()
        }
        guard let seconds else { return nil }
        self.init(timeIntervalSince1970: seconds)
    }

    /// Whether canonical JSON has a moment with digits behind the milliseconds, which no `Date` holds exactly.
    static func isFinerThanMilliseconds(_ text: String) -> Bool {
        guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
        let fraction = text.utf8[point...].dropFirst().prefix { (48...57).contains($0) }
        return fraction.dropFirst(3).contains { $0 != 48 }
    }

    /// The moment as canonical JSON writes it, in UTC and to the millisecond.
    var canonical: String {
        let millis = Int((timeIntervalSince1970 * 1000).rounded())
        let (days, millisOfDay) = floorDivide(millis, 86_400_000)
        let (year, month, day) = civil(daysSince1970: days)
        let (second, fraction) = floorDivide(millisOfDay, 1000)
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        let time = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        return fraction == 0 ? "\(date)T\(time)Z" : "\(date)T\(time).\(padded(fraction, 3))Z"
    }
}

/// Reads RFC 3339 by its digits: formatters take longer than the rest of the reply.
private struct TimeReader {
    var rest: Slice<UnsafeBufferPointer<UInt8>>

    mutating func secondsSince1970() -> Double? {
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2), skip("T"),
            let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2)
        else { return nil }
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61 else { return nil }
        let fraction = skip(".") ? fractionOfSecond() : 0
        guard let fraction, let offset = offsetInSeconds(), rest.isEmpty else { return nil }
        let whole = daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
        return Double(whole) + fraction
    }

    private mutating func number(_ digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let byte = rest.popFirst(), (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        return value
    }

    private mutating func skip(_ expected: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == expected.value else { return false }
        rest = rest.dropFirst()
        return true
    }

    private mutating func fractionOfSecond() -> Double? {
        var value = 0.0
        var unit = 1.0
        while let byte = rest.first, (48...57).contains(byte) {
            value = value * 10 + Double(byte - 48)
            unit *= 10
            rest = rest.dropFirst()
        }
        return unit > 1 ? value / unit : nil
    }

    private mutating func offsetInSeconds() -> Int? {
        if skip("Z") { return 0 }
        let sign: Int
        if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
        guard let hours = number(2), skip(":"), let minutes = number(2) else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

/// Days from 1970-01-01 in the Gregorian calendar. The year is counted from March, so that its last day is the leap day.
private func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let marchYear = month > 2 ? year : year - 1
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let leapDays = floorDivide(marchYear, 4).0 - floorDivide(marchYear, 100).0 + floorDivide(marchYear, 400).0
    return marchYear * 365 + leapDays + dayOfYear - 719_468
}

private func civil(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
}

private func floorDivide(_ value: Int, _ by: Int) -> (Int, Int) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: by)
    return remainder < 0 ? (quotient - 1, remainder + by) : (quotient, remainder)
}

private func padded(_ value: Int, _ digits: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
