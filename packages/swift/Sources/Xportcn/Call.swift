import Foundation

/// A call with all its parameters: what is behind `client.taobao.afterSale.render(...)`.
public protocol XportcnCall: Codable, Equatable, Sendable {
    /// The data of the answer.
    associatedtype Response: Codable, Equatable, Sendable

    /// The endpoint, as `taobao.after_sale.render`.
    static var id: String { get }

    /// The data where the platform gives none.
    static var none: Response { get }

    /// Fields that this package does not know, by the names that the wire has for them.
    var extra: [String: JSONValue]? { get }
}

extension XportcnCall {
    /// No extra fields.
    public var extra: [String: JSONValue]? { nil }
}

/// A call whose answer is a page of a list.
public protocol XportcnPagedCall: XportcnCall {
    /// What stands on the pages.
    associatedtype Item: Codable, Equatable, Sendable

    /// The items of a page.
    static func items(of page: Response) -> [Item]
}
