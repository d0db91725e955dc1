import Foundation

/// MD5, as a program has it that signs by itself: Foundation has none on Linux.
struct MD5 {
    private var state: (UInt32, UInt32, UInt32, UInt32) = (0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476)

    /// The digest of a text, in hexadecimal upper case.
    static func hex(_ text: String) -> String {
        var text = text
        var hash = MD5()
        text.withUTF8 { hash.take($0) }
        return hash.hex
    }

    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
        let whole = bytes.count / 64 * 64
        for start in stride(from: 0, to: whole, by: 64) {
            mix(UnsafeRawPointer(bytes.baseAddress! + start))
        }
        let rest = bytes.count - whole
        withUnsafeTemporaryAllocation(byteCount: 128, alignment: 8) { last in
            last.initializeMemory(as: UInt8.self, repeating: 0)
            last.copyMemory(from: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[whole...])))
            last[rest] = 0x80
            let length = rest < 56 ? 64 : 128
            last.storeBytes(of: UInt64(bytes.count * 8).littleEndian, toByteOffset: length - 8, as: UInt64.self)
            for start in stride(from: 0, to: length, by: 64) { mix(last.baseAddress! + start) }
        }
    }

    /// Mixes a block of 64 bytes in.
    @inline(__always) private mutating func mix(_ block: UnsafeRawPointer) {
        var (a, b, c, d) = state
        @inline(__always) func word(_ index: Int) -> UInt32 {
            UInt32(littleEndian: block.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
        }
        @inline(__always) func turn(_ mixed: UInt32, _ at: Int, _ index: Int, _ shift: UInt32) {
            let sum = a &+ mixed &+ Self.sines[at] &+ word(index)
            (a, d, c, b) = (d, c, b, b &+ (sum << shift | sum >> (32 - shift)))
        }
        for at in stride(from: 0, to: 16, by: 4) {
            turn(d ^ (b & (c ^ d)), at, at, 7)
            turn(d ^ (b & (c ^ d)), at + 1, at + 1, 12)
            turn(d ^ (b & (c ^ d)), at + 2, at + 2, 17)
            turn(d ^ (b & (c ^ d)), at + 3, at + 3, 22)
        }
        for at in stride(from: 16, to: 32, by: 4) {
            turn(c ^ (d & (b ^ c)), at, (5 * at + 1) & 15, 5)
            turn(c ^ (d & (b ^ c)), at + 1, (5 * at + 6) & 15, 9)
            turn(c ^ (d & (b ^ c)), at + 2, (5 * at + 11) & 15, 14)
            turn(c ^ (d & (b ^ c)), at + 3, (5 * at) & 15, 20)
        }
        for at in stride(from: 32, to: 48, by: 4) {
            turn(b ^ c ^ d, at, (3 * at + 5) & 15, 4)
            turn(b ^ c ^ d, at + 1, (3 * at + 8) & 15, 11)
            turn(b ^ c ^ d, at + 2, (3 * at + 11) & 15, 16)
            turn(b ^ c ^ d, at + 3, (3 * at + 14) & 15, 23)
        }
        for at in stride(from: 48, to: 64, by: 4) {
            turn(c ^ (b | ~d), at, (7 * at) & 15, 6)
            turn(c ^ (b | ~d), at + 1, (7 * at + 7) & 15, 10)
            turn(c ^ (b | ~d), at + 2, (7 * at + 14) & 15, 15)
            turn(c ^ (b | ~d), at + 3, (7 * at + 21) & 15, 21)
        }
        state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d)
    }

    private var hex: String {
        String(unsafeUninitializedCapacity: 32) { out in
            for (place, word) in [state.0, state.1, state.2, state.3].enumerated() {
                for byte in 0..<4 {
                    let value = UInt8(truncatingIfNeeded: word >> (byte * 8))
                    out[place * 8 + byte * 2] = Self.digits[Int(value >> 4)]
                    out[place * 8 + byte * 2 + 1] = Self.digits[Int(value & 15)]
                }
            }
            return 32
        }
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
    private static let sines = (1...64).map { UInt32(abs(sin(Double($0))) * 4_294_967_296) }
}
