//! Alibaba's international marketplace.

mod effects;
pub mod order;
pub mod product;
