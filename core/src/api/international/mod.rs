//! Alibaba's international marketplace.

pub mod order;
pub mod product;
