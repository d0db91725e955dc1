//! The rows of international Alibaba. None of their shapes is published: they are answered in those of the 1688 rows.

use super::alibaba::{create_in, detail_of, list_of, page_in, shapes};
use super::{Row, RowContext, RowResult};
use crate::state::Market;
use xportcn_core::alibaba::order::{CreatedOrder, OrderPage};
use xportcn_core::alibaba::product::{OfferPage, ProductDetail};

pub(super) const ROWS: &[Row] = &[
    ("international.product.list", list),
    ("international.product.detail", detail),
    ("international.order.create", create),
    ("international.order.list", page),
];

fn list(context: &mut RowContext<'_>) -> RowResult {
    context.reply_as::<OfferPage>(&list_of(context, Market::International))
}

fn detail(context: &mut RowContext<'_>) -> RowResult {
    context.reply_as::<ProductDetail>(&detail_of(context, Market::International))
}

fn create(context: &mut RowContext<'_>) -> RowResult {
    let order = create_in(context, Market::International)?;
    context.reply_as::<CreatedOrder>(&shapes::created(&order))
}

fn page(context: &mut RowContext<'_>) -> RowResult {
    context.reply_as::<OrderPage>(&page_in(context, Market::International))
}
