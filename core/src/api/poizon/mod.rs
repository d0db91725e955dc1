//! Poizon (Dewu).

mod effects;
pub(in crate::api) mod goals;
pub mod order;
pub mod product;
