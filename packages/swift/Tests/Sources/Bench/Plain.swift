// What a user writes without the package: plain structs with the fields of the reply as they stand on the wire.

struct PlainReply: Decodable {
    let requestId: String?
    let code: Int
    let developId: String?
    let msg: String?
    let data: Page?

    struct Page: Decodable {
        let totalRecords: Int?
        let totalPage: Int?
        let pageSize: Int?
        let currentPage: Int?
        let data: [Item]?
    }

    struct Item: Decodable {
        let imageUrl: String?
        let subject: String?
        let subjectTrans: String?
        let offerId: Int?
        let isJxhy: Bool?
        let priceInfo: Prices?
        let repurchaseRate: String?
        let monthSold: Int?
        let traceInfo: String?
        let isOnePsale: Bool?
        let offerIdentities: [String]?
        let isPatentProduct: Bool?
        let createDate: String?
        let modifyDate: String?
        let isSelect: Bool?
        let token: String?
        let promotionURL: String?
        let aigcImageUrl: String?
        let sellerIdentities: [String]?
        let tradeScore: String?
        let promotionModel: Promotion?
        let topCategoryId: Int?
        let secondCategoryId: Int?
        let thirdCategoryId: Int?
        let minOrderQuantity: Int?
        let sellerDataInfo: Seller?
        let productSimpleShippingInfo: Shipping?
        let sales7d: String?
        let productTradeInfo: Trade?
        let invoiceInfo: Invoice?
        let whiteImage: String?
    }

    struct Prices: Decodable {
        let price: String?
        let jxhyPrice: String?
        let pfJxhyPrice: String?
        let consignPrice: String?
        let promotionPrice: String?
    }

    struct Promotion: Decodable {
        let hasPromotion: Bool?
        let promotionType: String?
    }

    struct Seller: Decodable {
        let tradeMedalLevel: String?
        let compositeServiceScore: String?
        let logisticsExperienceScore: String?
        let disputeComplaintScore: String?
        let offerExperienceScore: String?
        let afterSalesExperienceScore: String?
        let consultingExperienceScore: String?
        let repeatPurchasePercent: String?
        let tpYear: Int?
    }

    struct Shipping: Decodable {
        let shippingTimeGuarantee: String?
        let perfectFulfillmentRate30d: String?
        let pickupWithin24hRate30d: String?
        let qualityReturnRate30d: String?
        let perfectFulfillmentRate7d: String?
        let pickupWithin24hRate7d: String?
        let delayedShippingRate7d: String?
    }

    struct Trade: Decodable {
        let addCartCount7d: String?
        let payBuyerCount7d: String?
        let addCartCount30d: String?
        let payBuyerCount30d: String?
    }

    struct Invoice: Decodable {
        let supportOnlineInvoice: Bool?
        let supportFastInvoice: Bool?
        let invoiceTypes: [String]?
        let taxpayerType: String?
    }
}
