//! The rows of Poizon. None of their shapes is published: they are answered in those of the 1688 rows.

use super::alibaba::{create_in, detail_of, list_of, page_in, pay_in, preview_in, shapes};
use super::{Data, Row, Visit};
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

fn list(visit: &mut Visit<'_>) -> Data {
    visit.reply_as::<OfferPage>(&list_of(visit, Market::Poizon))
}

fn detail(visit: &mut Visit<'_>) -> Data {
    visit.reply_as::<ProductDetail>(&detail_of(visit, Market::Poizon))
}

fn preview(visit: &mut Visit<'_>) -> Data {
    visit.reply_as::<OrderPreview>(&shapes::preview(&[preview_in(visit, Market::Poizon)?]))
}

fn create(visit: &mut Visit<'_>) -> Data {
    let order = create_in(visit, Market::Poizon)?;
    visit.reply_as::<CreatedOrder>(&shapes::created(&order))
}

fn page(visit: &mut Visit<'_>) -> Data {
    visit.reply_as::<OrderPage>(&page_in(visit, Market::Poizon))
}

fn pay(visit: &mut Visit<'_>) -> Data {
    match pay_in(visit, Market::Poizon)? {
        Some(known) => visit.reply_as::<PayUrlReply>(&known),
        None => visit.sample_as::<PayUrlReply>(),
    }
}
