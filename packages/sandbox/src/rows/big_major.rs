//! The rows for big buyers on 1688: the plain rows' products, and orders of their own.

use super::alibaba::{create_in, detail_of, get_in, list_of, page_in, pay_in, preview_in, shapes};
use super::{Data, Row, Visit};
use crate::state::Market;

pub(super) const ROWS: &[Row] = &[
    ("big_major.product.keyword_search", list),
    ("big_major.product.detail", detail),
    ("big_major.order.preview", preview),
    ("big_major.order.create", create),
    ("big_major.order.page", page),
    ("big_major.order.get", get),
    ("big_major.order.pay", pay),
];

fn list(visit: &mut Visit<'_>) -> Data {
    visit.reply(&list_of(visit, Market::BigMajor))
}

fn detail(visit: &mut Visit<'_>) -> Data {
    visit.reply(&detail_of(visit, Market::BigMajor))
}

fn preview(visit: &mut Visit<'_>) -> Data {
    visit.reply(&shapes::priced(&preview_in(visit, Market::BigMajor)?))
}

fn create(visit: &mut Visit<'_>) -> Data {
    let order = create_in(visit, Market::BigMajor)?;
    visit.reply(&shapes::created(&order))
}

fn page(visit: &mut Visit<'_>) -> Data {
    visit.reply(&page_in(visit, Market::BigMajor))
}

fn get(visit: &mut Visit<'_>) -> Data {
    get_in(visit, Market::BigMajor)
}

fn pay(visit: &mut Visit<'_>) -> Data {
    match pay_in(visit, Market::BigMajor)? {
        Some(known) => visit.reply(&known),
        None => visit.sample(),
    }
}
