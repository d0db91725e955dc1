//! The rows of international Alibaba. None of their shapes is published: they are answered in those of the 1688 rows.

use super::alibaba::{create_in, detail_of, list_of, page_in, shapes};
use super::{Data, Row, Visit};
use crate::state::Market;
use xportcn_core::alibaba::order::{CreatedOrder, OrderPage};
use xportcn_core::alibaba::product::{OfferPage, ProductDetail};

pub(super) const ROWS: &[Row] = &[
    ("international.product.list", list),
    ("international.product.detail", detail),
    ("international.order.create", create),
    ("international.order.list", page),
];

fn list(visit: &mut Visit<'_>) -> Data {
    visit.reply_as::<OfferPage>(&list_of(visit, Market::International))
}

fn detail(visit: &mut Visit<'_>) -> Data {
    visit.reply_as::<ProductDetail>(&detail_of(visit, Market::International))
}

fn create(visit: &mut Visit<'_>) -> Data {
    let order = create_in(visit, Market::International)?;
    visit.reply_as::<CreatedOrder>(&shapes::created(&order))
}

fn page(visit: &mut Visit<'_>) -> Data {
    visit.reply_as::<OrderPage>(&page_in(visit, Market::International))
}
