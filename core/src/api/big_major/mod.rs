//! 1688 for big buyers, which the vendor also calls key accounts.

mod effects;
pub(in crate::api) mod goals;
pub mod order;
pub mod product;
pub mod push;
