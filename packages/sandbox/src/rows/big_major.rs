//! The rows for big buyers on 1688: the plain rows' products, and orders of their own.

use super::alibaba::{create_in, detail_of, get_in, list_of, page_in, pay_in, preview_in, shapes};
use super::{Row, RowContext, RowResult};
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

fn list(context: &mut RowContext<'_>) -> RowResult {
    context.reply(&list_of(context, Market::BigMajor))
}

fn detail(context: &mut RowContext<'_>) -> RowResult {
    context.reply(&detail_of(context, Market::BigMajor))
}

fn preview(context: &mut RowContext<'_>) -> RowResult {
    context.reply(&shapes::priced(&preview_in(context, Market::BigMajor)?))
}

fn create(context: &mut RowContext<'_>) -> RowResult {
    let order = create_in(context, Market::BigMajor)?;
    context.reply(&shapes::created(&order))
}

fn page(context: &mut RowContext<'_>) -> RowResult {
    context.reply(&page_in(context, Market::BigMajor))
}

fn get(context: &mut RowContext<'_>) -> RowResult {
    get_in(context, Market::BigMajor)
}

fn pay(context: &mut RowContext<'_>) -> RowResult {
    match pay_in(context, Market::BigMajor)? {
        Some(known) => context.reply(&known),
        None => context.sample(),
    }
}
