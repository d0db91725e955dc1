//! Where and how an order is delivered.

use crate::api::prelude::*;

/// Where and how an order is delivered. The fields are those of 1688's own API; the platform's page shows most.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderDelivery {
    /// Street and house.
    pub address: Option<String>,
    /// Name of the district.
    pub area: Option<String>,
    /// Code of the district, for example `330108`.
    pub area_code: Option<String>,
    /// Name of the city.
    pub city: Option<String>,
    /// Name of the recipient.
    pub contact_person: Option<String>,
    /// Fax number.
    pub fax: Option<String>,
    /// Mobile number.
    pub mobile: Option<String>,
    /// Name of the province.
    pub province: Option<String>,
    /// Landline number.
    pub telephone: Option<String>,
    /// Postcode.
    pub zip: Option<String>,
    /// The parcels. 1688 names them in an order's details only, not in lists of orders.
    pub logistics_items: Vec<Parcel>,
    /// Code of the town.
    pub town_code: Option<String>,
    /// Name of the town.
    pub town: Option<String>,
    /// Recipient, encrypted; on the platform's page only.
    pub caid: Option<Id>,
    /// Carrier that in fact delivers; on the platform's page only.
    pub real_logistics_company_no: Option<String>,
}

/// A parcel of an order. The fields are those of 1688's own API.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct Parcel {
    /// When it was shipped.
    pub delivered_time: Option<Time>,
    /// Number of the shipment.
    pub logistics_code: Option<String>,
    /// Kind of delivery: `0` the seller's own, `1` arranged online, `2` none.
    pub r#type: Option<String>,
    /// Parcel.
    pub id: Option<Id>,
    /// State; the values are not published.
    pub status: Option<String>,
    /// When it was last changed.
    pub gmt_modified: Option<Time>,
    /// When it was recorded.
    pub gmt_create: Option<Time>,
    /// Freight, in yuan.
    pub carriage: Option<Amount>,
    /// Province of the sender.
    pub from_province: Option<String>,
    /// City of the sender.
    pub from_city: Option<String>,
    /// District of the sender.
    pub from_area: Option<String>,
    /// Street and house of the sender.
    pub from_address: Option<String>,
    /// Landline number of the sender.
    pub from_phone: Option<String>,
    /// Mobile number of the sender.
    pub from_mobile: Option<String>,
    /// Postcode of the sender.
    pub from_post: Option<String>,
    /// Carrier.
    pub logistics_company_id: Option<Id>,
    /// Code of the carrier.
    pub logistics_company_no: Option<String>,
    /// Name of the carrier.
    pub logistics_company_name: Option<String>,
    /// Number of the waybill.
    pub logistics_bill_no: Option<String>,
    /// Order lines in it, separated by commas.
    pub sub_item_ids: Option<String>,
    /// Province of the recipient.
    pub to_province: Option<String>,
    /// City of the recipient.
    pub to_city: Option<String>,
    /// District of the recipient.
    pub to_area: Option<String>,
    /// Street and house of the recipient.
    pub to_address: Option<String>,
    /// Landline number of the recipient.
    pub to_phone: Option<String>,
    /// Mobile number of the recipient.
    pub to_mobile: Option<String>,
    /// Postcode of the recipient.
    pub to_post: Option<String>,
    /// Without delivery: name of who hands it over.
    pub no_logistics_name: Option<String>,
    /// Without delivery: number to call.
    pub no_logistics_tel: Option<String>,
    /// Without delivery: number of the waybill.
    pub no_logistics_bill_no: Option<String>,
    /// Why there is no delivery: `1` another carrier, `2` a difference in price, `3` the seller delivers, `4` it is
    /// picked up, `5` other.
    pub no_logistics_condition: Option<String>,
}
