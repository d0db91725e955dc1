//! Taobao.

pub mod after_sale;
