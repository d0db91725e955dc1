//! The rows of Taobao. Amounts are whole fen, for the unit is published for one field only, and it is that.

mod after_sale;
mod cart;
mod orders;
mod products;
mod shapes;

pub(super) use self::after_sale::ROWS as AFTER_SALE;
pub(super) use self::cart::ROWS as CART;
pub(super) use self::orders::ROWS as ORDERS;
pub(super) use self::products::ROWS as PRODUCTS;
