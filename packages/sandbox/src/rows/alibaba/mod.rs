//! The rows of 1688. Units are those of the fields' documentation: yuan in orders and lines, fen in sums and refunds.

mod after_sale;
mod cart;
mod orders;
mod products;
mod purchase;
pub(super) mod shapes;

pub(super) use self::after_sale::ROWS as AFTER_SALE;
pub(super) use self::cart::ROWS as CART;
pub(super) use self::orders::ROWS as ORDERS;
pub(super) use self::orders::{get_in, page_in, pay_in};
pub(super) use self::products::{ROWS as PRODUCTS, detail_of, list_of};
pub(super) use self::purchase::{ROWS as PURCHASE, create_in, preview_in};
