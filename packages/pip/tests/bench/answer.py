"""The whole answer to a search, as a user of pydantic writes it down: what stands on the wire, in plain types."""

from decimal import Decimal
from typing import List, Optional

from pydantic import BaseModel, ConfigDict, Field


def camel(name: str) -> str:
    """The name on the wire. Of ``sales7d`` pydantic's own function makes ``sales7D``."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


class Wire(BaseModel):
    model_config = ConfigDict(alias_generator=camel)


class PriceInfo(Wire):
    price: Decimal
    jxhy_price: Optional[Decimal]
    pf_jxhy_price: Optional[Decimal]
    consign_price: Decimal
    promotion_price: Decimal


class PromotionModel(Wire):
    has_promotion: bool
    promotion_type: str


class SellerDataInfo(Wire):
    trade_medal_level: str
    composite_service_score: str
    logistics_experience_score: str
    dispute_complaint_score: str
    offer_experience_score: str
    after_sales_experience_score: str
    consulting_experience_score: str
    repeat_purchase_percent: str
    tp_year: int


class ShippingInfo(Wire):
    shipping_time_guarantee: str
    perfect_fulfillment_rate30d: str
    pickup_within24h_rate30d: str
    quality_return_rate30d: str
    perfect_fulfillment_rate7d: str
    pickup_within24h_rate7d: str
    delayed_shipping_rate7d: str


class TradeInfo(Wire):
    add_cart_count7d: str
    pay_buyer_count7d: str
    add_cart_count30d: str
    pay_buyer_count30d: str


class InvoiceInfo(Wire):
    support_online_invoice: bool
    support_fast_invoice: bool
    invoice_types: List[str]
    taxpayer_type: str


class Offer(Wire):
    image_url: str
    subject: str
    subject_trans: str
    offer_id: int
    is_jxhy: bool
    price_info: PriceInfo
    repurchase_rate: str
    month_sold: int
    trace_info: str
    is_one_psale: bool
    offer_identities: List[str]
    is_patent_product: bool
    create_date: str
    modify_date: str
    is_select: bool
    token: str
    promotion_url: str = Field(alias="promotionURL")
    aigc_image_url: Optional[str]
    seller_identities: List[str]
    trade_score: str
    promotion_model: PromotionModel
    top_category_id: int
    second_category_id: int
    third_category_id: int
    min_order_quantity: int
    seller_data_info: Optional[SellerDataInfo] = None
    product_simple_shipping_info: Optional[ShippingInfo] = None
    sales7d: Optional[str] = None
    product_trade_info: Optional[TradeInfo] = None
    invoice_info: Optional[InvoiceInfo] = None
    white_image: Optional[str] = None


class OfferPage(Wire):
    total_records: int
    total_page: int
    page_size: int
    current_page: int
    data: List[Offer]


class Answer(Wire):
    request_id: str
    code: int
    develop_id: str
    msg: str
    data: OfferPage
