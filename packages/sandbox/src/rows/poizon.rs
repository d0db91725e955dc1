//! The rows of Poizon. None of their shapes is published: they are answered in those of the 1688 rows.

use super::alibaba::{create_in, detail_of, list_of, page_in, pay_in, preview_in, shapes};
use super::{Row, RowContext, RowResult};
use crate::state::Market;
use xportcn_core::alibaba::order::{CreatedOrder, OrderPage, OrderPreview, PayUrlReply};
use xportcn_core::alibaba::product::{OfferPage, ProductDetail};

pub(super) const ROWS: &[Row] = &[
    ("poizon.product.keyword_search", list),
    ("poizon.product.detail", detail),
    ("poizon.order.preview", preview),
    ("poizon.order.create", create),
    ("poizon.order.page", page),
    ("poizon.order.pay", pay),
];

fn list(context: &mut RowContext<'_>) -> RowResult {
    context.reply_as::<OfferPage>(&list_of(context, Market::Poizon))
}

fn detail(context: &mut RowContext<'_>) -> RowResult {
    context.reply_as::<ProductDetail>(&detail_of(context, Market::Poizon))
}

fn preview(context: &mut RowContext<'_>) -> RowResult {
    context.reply_as::<OrderPreview>(&shapes::preview(&[preview_in(context, Market::Poizon)?]))
}

fn create(context: &mut RowContext<'_>) -> RowResult {
    let order = create_in(context, Market::Poizon)?;
    context.reply_as::<CreatedOrder>(&shapes::created(&order))
}

fn page(context: &mut RowContext<'_>) -> RowResult {
    context.reply_as::<OrderPage>(&page_in(context, Market::Poizon))
}

fn pay(context: &mut RowContext<'_>) -> RowResult {
    match pay_in(context, Market::Poizon)? {
        Some(known) => context.reply_as::<PayUrlReply>(&known),
        None => context.sample_as::<PayUrlReply>(),
    }
}
