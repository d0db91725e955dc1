//! Poizon (Dewu).

pub mod order;
pub mod product;
