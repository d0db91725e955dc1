//! 1688, the wholesale market of Alibaba.

pub mod order;
pub mod product;
