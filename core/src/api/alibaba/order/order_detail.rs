//! An order with everything that is known of it.

use super::{OrderBase, OrderDelivery, OrderLine, PaymentTerm};
use crate::api::prelude::*;

/// An order with everything that is known of it.
///
/// The fields are those of 1688's own API, whose names the platform passes on: the page that shows an answer has part
/// of them. Amounts are in yuan where nothing else is said.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderDetail {
    /// The order as such: state, parties, totals, times.
    pub base_info: Option<OrderBase>,
    /// Where and how it is delivered.
    pub native_logistics: Option<OrderDelivery>,
    /// The lines.
    pub product_items: Vec<OrderLine>,
    /// How it is paid, stage by stage.
    pub trade_terms: Vec<PaymentTerm>,
    /// Extra properties.
    pub ext_attributes: Vec<ExtAttribute>,
    /// Whether the parties have rated each other.
    pub order_rate_info: Option<RateStates>,
    /// The invoice; the fields are not published.
    pub order_invoice_info: Option<Any>,
    /// What the seller guarantees.
    pub guarantees_terms: Option<Guarantee>,
    /// Marks of the trade, for example `isCz`, `isDz`, `dropshipping`, `creditOrder`; their forms are not published.
    pub order_biz_info: Option<Any>,
    /// Where it goes abroad.
    pub overseas_extra_address: Option<OverseasAddress>,
    /// What customs need; the fields are not published.
    pub customs: Option<Any>,
    /// Quotes; the fields are not published.
    pub quote_list: Vec<Any>,
    /// Delivery abroad; the fields are not published.
    pub oversea_logistics_info: Option<Any>,
    /// Settings for invoices; the fields are not published.
    pub invoicing_setting_model: Option<Any>,
    /// Delivery between countries, on the platform's page only; the fields are not published.
    pub international_logistics: Option<Any>,
}

/// A further property of an order.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct ExtAttribute {
    /// Name.
    pub key: Option<String>,
    /// Value.
    pub value: Option<String>,
    /// What it says.
    pub description: Option<String>,
}

/// Whether the parties have rated each other.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct RateStates {
    /// Whether the buyer has rated: 4 rated, 5 not rated, 6 no rating needed.
    pub buyer_rate_status: Option<i64>,
    /// Whether the seller has rated: 4 rated, 5 not rated, 6 no rating needed.
    pub seller_rate_status: Option<i64>,
}

/// What a seller guarantees.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Guarantee {
    /// The terms, in words.
    pub assurance_info: Option<String>,
    /// Kind of guarantee, for example `jqbz`.
    pub assurance_type: Option<String>,
    /// Kind of guarantee of quality; the values are not published.
    pub quality_assurance_type: Option<String>,
    /// Value of the guarantee, as text; for a time to ship, `6` is six days.
    pub value: Option<String>,
}

/// Where an order goes abroad.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OverseasAddress {
    /// Name of the route.
    pub channel_name: Option<String>,
    /// Route.
    pub channel_id: Option<Id>,
    /// Shipping company.
    pub shipping_company_id: Option<Id>,
    /// Name of the shipping company.
    pub shipping_company_name: Option<String>,
    /// Code of the country.
    pub country_code: Option<String>,
    /// Name of the country.
    pub country: Option<String>,
    /// Email address of the recipient.
    pub email: Option<String>,
}
