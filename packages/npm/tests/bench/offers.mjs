// The reply to a search as a user of zod describes it, field by field.

import { z } from "zod";

const text = z.string().nullish();
const number = z.number().nullish();
const flag = z.boolean().nullish();
const texts = z.array(z.string()).nullish();

const Offer = z.object({
  imageUrl: text,
  subject: text,
  subjectTrans: text,
  offerId: number,
  isJxhy: flag,
  priceInfo: z
    .object({ price: text, jxhyPrice: text, pfJxhyPrice: text, consignPrice: text, promotionPrice: text })
    .nullish(),
  repurchaseRate: text,
  monthSold: number,
  traceInfo: text,
  isOnePsale: flag,
  offerIdentities: texts,
  isPatentProduct: flag,
  createDate: text,
  modifyDate: text,
  isSelect: flag,
  token: text,
  promotionURL: text,
  aigcImageUrl: text,
  sellerIdentities: texts,
  tradeScore: text,
  promotionModel: z.object({ hasPromotion: flag, promotionType: text }).nullish(),
  topCategoryId: number,
  secondCategoryId: number,
  thirdCategoryId: number,
  minOrderQuantity: number,
  sellerDataInfo: z
    .object({
      tradeMedalLevel: text,
      compositeServiceScore: text,
      logisticsExperienceScore: text,
      disputeComplaintScore: text,
      offerExperienceScore: text,
      afterSalesExperienceScore: text,
      consultingExperienceScore: text,
      repeatPurchasePercent: text,
      tpYear: number,
    })
    .nullish(),
  productSimpleShippingInfo: z
    .object({
      shippingTimeGuarantee: text,
      perfectFulfillmentRate30d: text,
      pickupWithin24hRate30d: text,
      qualityReturnRate30d: text,
      perfectFulfillmentRate7d: text,
      pickupWithin24hRate7d: text,
      delayedShippingRate7d: text,
    })
    .nullish(),
  sales7d: text,
  productTradeInfo: z
    .object({ addCartCount7d: text, payBuyerCount7d: text, addCartCount30d: text, payBuyerCount30d: text })
    .nullish(),
  invoiceInfo: z
    .object({ supportOnlineInvoice: flag, supportFastInvoice: flag, invoiceTypes: texts, taxpayerType: text })
    .nullish(),
  whiteImage: text,
});

/** The whole reply. */
export const OfferReply = z.object({
  requestId: z.string(),
  code: z.number(),
  developId: text,
  msg: text,
  data: z.object({
    totalRecords: number,
    totalPage: number,
    pageSize: number,
    currentPage: number,
    data: z.array(Offer),
  }),
});
