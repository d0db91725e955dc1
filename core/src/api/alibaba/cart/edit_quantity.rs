//! Changes how many of a product are in the cart.

use crate::api::prelude::*;
use crate::values::codes;

/// Edit quantity of goods.
///
/// Changes the quantity of a line of the cart. The answer is whether it was changed.
#[derive(Endpoint, Model, Clone, Debug, Default, PartialEq)]
#[endpoint(
    id = "alibaba.cart.edit_quantity",
    post = "/alibaba/cart/edit-quantity",
    safety = Write,
    evidence(path = Sister, request = Published, reply = Inferred),
    effect = crate::api::alibaba::effects::EDIT_CART,
    reply = Option<bool>,
    example = r#"{"quantity":3,"id":"1"}"#,
    sources = ["https://doc.pandapon.com/api-250313129"],
)]
pub struct EditQuantity {
    /// How many from now on.
    pub quantity: i64,
    /// Line of the cart.
    #[wire(number)]
    pub id: Id,
    /// Time of the change. The page shows the inside of a Java date here, without the time itself; leave it out.
    pub update_time: Option<UpdateTime>,
    /// Number of the product.
    pub product_no: Option<String>,
    /// Number of the container or box.
    pub container: Option<String>,
}

/// The inside of a Java date, as the page shows it.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct UpdateTime {
    /// Whether the date can be changed in place.
    pub mutable: Option<bool>,
    /// First day of a week.
    pub first_day_of_week: Option<Weekday>,
    /// Time zone.
    pub time_zone: Option<TimeZone>,
    /// Fewest days that the first week of a year has.
    pub minimal_days_in_first_week: Option<i64>,
}

/// A time zone.
#[derive(Model, Clone, Debug, Default, PartialEq)]
pub struct TimeZone {
    /// Name of the zone.
    #[wire("ID")]
    pub id: Option<Id>,
}

codes! {
    /// A day of the week.
    pub enum Weekday: text {
        /// Sunday.
        Sunday = "SUNDAY",
        /// Monday.
        Monday = "MONDAY",
        /// Tuesday.
        Tuesday = "TUESDAY",
        /// Wednesday.
        Wednesday = "WEDNESDAY",
        /// Thursday.
        Thursday = "THURSDAY",
        /// Friday.
        Friday = "FRIDAY",
        /// Saturday.
        Saturday = "SATURDAY",
    }
}
