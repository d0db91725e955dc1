import Foundation
internal import XportcnCore

/// A message as the platform would send it, for tests.
public struct SignedPush: Sendable, Equatable {
    /// The header of this name.
    public let authorization: String
    /// The body, to the last byte.
    public let body: Data
}

extension XportcnClient {
    /// A message as the platform pushes them, signed, for tests of what receives it: ``verifyPush(authorization:body:)``
    /// accepts it.
    ///
    /// - Parameters:
    ///   - message: The platform's name for the kind of message, as `ORDER_PAY_SUCCESS`, or the id of its row.
    ///   - content: Its content as JSON, with the fields of the row; the documented example where there is none.
    ///   - platform: 0 Taobao, 1 1688; for a kind of message that no table lists.
    ///   - time: When it was pushed; now, unless it is given. The same message of the same moment has the same id.
    /// - Throws: ``XportcnError/invalidRequest(_:)`` if the content has a field that is none or a wrong type, or if there is
    ///   no such message.
    public func signPush(
        _ message: String, content: Data? = nil, platform: Int? = nil, time: Date? = nil
    ) throws -> SignedPush {
        try XportcnClient.signPush(
            accessKey: connection.accessKey, accessSecret: connection.accessSecret, message: message, content: content,
            platform: platform, time: time)
    }

    /// As ``signPush(_:content:platform:time:)``, without a client.
    public static func signPush(
        accessKey: String, accessSecret: String, message: String, content: Data? = nil, platform: Int? = nil,
        time: Date? = nil
    ) throws -> SignedPush {
        let signed = try told {
            try XportcnCore.signPush(
                accessKey: accessKey, accessSecret: accessSecret, message: message,
                content: content.map { String(decoding: $0, as: UTF8.self) } ?? "", platform: platform.map(Int64.init),
                timeMs: time.map(milliseconds), nowMs: milliseconds(Date()))
        }
        return SignedPush(authorization: signed.authorization, body: signed.body)
    }

    private static func milliseconds(_ time: Date) -> UInt64 {
        UInt64(max(0, (time.timeIntervalSince1970 * 1000).rounded()))
    }
}
