//! Where an order is delivered.

use crate::api::prelude::*;

/// Where an order is delivered: an address inside China.
///
/// The pages of previews and carts require none of the fields. The platform refuses an order whose address lacks what it
/// needs.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct DeliveryAddress {
    /// Name of the recipient.
    pub full_name: Option<String>,
    /// Mobile number of the recipient.
    pub mobile: Option<String>,
    /// Landline number; the vendor's sample sends it empty.
    pub phone: Option<String>,
    /// Postcode.
    pub post_code: Option<String>,
    /// Name of the city, for example `杭州市`.
    pub city_text: Option<String>,
    /// Name of the province, for example `浙江省`.
    pub province_text: Option<String>,
    /// Name of the district, for example `西湖区`.
    pub area_text: Option<String>,
    /// Name of the town.
    pub town_text: Option<String>,
    /// Street and house.
    pub address: Option<String>,
    /// Code of the district, for example `451481`. Published for carts and for big buyers, not for plain orders.
    pub district_code: Option<String>,
}

/// Where an order that is created is delivered: an address inside China. What the page marks as required is.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct OrderAddress {
    /// Name of the recipient.
    pub full_name: String,
    /// Mobile number of the recipient.
    pub mobile: String,
    /// Landline number. The page marks it as required, and the vendor's sample sends it empty.
    pub phone: Option<String>,
    /// Postcode.
    pub post_code: Option<String>,
    /// Name of the city, for example `杭州市`.
    pub city_text: String,
    /// Name of the province, for example `浙江省`.
    pub province_text: String,
    /// Name of the district, for example `西湖区`.
    pub area_text: Option<String>,
    /// Name of the town.
    pub town_text: String,
    /// Street and house.
    pub address: String,
    /// Code of the district, for example `451481`. Published for carts and for big buyers, not for plain orders.
    pub district_code: Option<String>,
}
