import Foundation

/// A message that the platform pushed. It may come again and not in order; ``id`` tells repeats.
public struct PushMessage: Sendable, Equatable {
    /// The same for every repeat of the message.
    public let id: String
    /// The platform's name for the kind of message.
    public let messageType: String?
    /// The platform that it is of: 0 Taobao, 1 1688.
    public let platform: Int?
    /// When it was pushed.
    public let time: Date?
    /// The row of the reference, where one is recognised.
    public let push: String?
    /// Whether the row was taken from the look of an unpublished type.
    public let inferred: Bool
    /// The content.
    public let body: PushBody
    /// Values that did not fit their fields and became nil.
    public let warnings: [ReplyWarning]
    /// The whole message as canonical JSON.
    public let json: Data

    init(json: String) throws {
        let message = try read(Message.self, core: json)
        id = message.id
        messageType = message.messageType
        platform = message.platform
        time = message.time.flatMap(Date.init(canonical:))
        push = message.push
        inferred = message.inferred
        body = message.body
        warnings = message.warnings
        self.json = Data(json.utf8)
    }
}

/// A message as the core writes it.
private struct Message: Decodable {
    let id: String
    let messageType: String?
    let platform: Int?
    let time: String?
    let push: String?
    let inferred: Bool
    let body: PushBody
    let warnings: [ReplyWarning]

    init(from decoder: any Decoder) throws {
        let values = try decoder.fields()
        id = try values.decode(String.self, forKey: "id")
        messageType = try values.text("messageType")
        platform = try values.integer("platform")
        time = try values.text("time")
        push = try values.text("push")
        inferred = try values.decode(Bool.self, forKey: "inferred")
        warnings = try values.decode([ReplyWarning].self, forKey: "warnings")
        body = try PushBody(push, from: values.superDecoder(forKey: "body"))
    }
}
