//! Poizon (Dewu).

mod effects;
pub mod order;
pub mod product;
