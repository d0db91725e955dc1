//! Every endpoint and every pushed message, one line each, in the order of the vendor's reference.

use super::Call;
use super::{address, alibaba, big_major, international, poizon, taobao, warehouse};
use crate::api::message::Push;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::nearest::nearest;
use alloc::format;
use alloc::string::{String, ToString};

/// Takes every endpoint's request type in turn, for tests and tools that need the types and not only the tables.
pub trait Visitor {
    /// Takes one.
    fn visit<C: Call>(&mut self);
}

macro_rules! endpoints {
    ($($request:ty,)+) => {
        /// Every endpoint.
        pub static ENDPOINTS: &[&Endpoint] = &[$(<$request>::ENDPOINT,)+];

        /// Shows every endpoint's request type to the visitor.
        pub fn visit(visitor: &mut impl Visitor) {
            $(visitor.visit::<$request>();)+
        }
    };
}

endpoints! {
    taobao::product::Recommend,
    taobao::product::SpuList,
    taobao::product::SpuDetails,
    taobao::product::DetailV2,
    taobao::product::Search,
    taobao::product::ImageSearch,
    taobao::product::BatchCheck,
    taobao::product::Get,
    taobao::product::Query,
    taobao::order::PurchasePage,
    taobao::order::PurchaseCancel,
    taobao::order::PurchasePay,
    taobao::order::PurchaseRender,
    taobao::order::PurchaseCreateV2,
    taobao::order::PurchaseRenderV2,
    taobao::order::PurchaseCreate,
    taobao::order::Page,
    taobao::order::UploadVoucher,
    taobao::order::Cancel,
    taobao::order::UpdateWarehouse,
    taobao::order::Pay,
    taobao::order::ImLink,
    taobao::order::Get,
    taobao::order::Logistics,
    taobao::after_sale::List,
    taobao::after_sale::Render,
    taobao::after_sale::ReturnLogisticsRender,
    taobao::after_sale::ReturnLogisticsSubmit,
    taobao::after_sale::Cancel,
    taobao::after_sale::SubmitMessage,
    taobao::after_sale::Submit,
    taobao::after_sale::Messages,
    taobao::after_sale::Modify,
    taobao::after_sale::Get,
    taobao::cart::List,
    taobao::cart::Add,
    taobao::cart::Delete,
    taobao::cart::EditQuantity,
    taobao::cart::PreviewOrder,
    taobao::cart::CreateOrder,
    alibaba::product::Category,
    alibaba::product::Detail,
    alibaba::product::DecryptOpenUid,
    alibaba::product::KeywordSearch,
    alibaba::product::ImageSearch,
    alibaba::product::SellerOffers,
    alibaba::order::Preview,
    alibaba::order::BatchPreview,
    alibaba::order::Create,
    alibaba::order::BatchCreate,
    alibaba::order::Cancel,
    alibaba::order::PayUrl,
    alibaba::order::ConfirmReceipt,
    alibaba::order::BatchSubmitPayment,
    alibaba::order::LogisticsTrace,
    alibaba::order::Page,
    alibaba::after_sale::Reasons,
    alibaba::after_sale::UploadVoucher,
    alibaba::after_sale::Create,
    alibaba::after_sale::ReturnGoods,
    alibaba::after_sale::LogisticsCompanies,
    alibaba::after_sale::Get,
    alibaba::cart::List,
    alibaba::cart::Add,
    alibaba::cart::Delete,
    alibaba::cart::EditQuantity,
    alibaba::cart::PreviewOrder,
    alibaba::cart::CreateOrder,
    alibaba::order::Get,
    address::List,
    address::Save,
    warehouse::EstimateFreight,
    warehouse::PreviewFreight,
    warehouse::BookFreight,
    warehouse::UpdateDomesticLogistics,
    international::product::Detail,
    international::product::List,
    international::order::List,
    international::order::Create,
    big_major::product::Detail,
    big_major::order::Page,
    big_major::order::Preview,
    big_major::order::Create,
    big_major::order::Get,
    big_major::product::KeywordSearch,
    big_major::order::Pay,
    big_major::product::DecryptOpenUid,
    poizon::product::KeywordSearch,
    poizon::product::Detail,
    poizon::order::Pay,
    poizon::order::Page,
    poizon::order::Create,
    poizon::order::Preview,
}

/// Every kind of message that the platform pushes.
pub static PUSHES: &[&Push] = &[
    &taobao::push::ORDER_PRICE_MODIFIED,
    &taobao::push::ORDER_STATUS_CHANGED,
    &taobao::push::ORDER_REFUND,
    &alibaba::push::ORDER_PRICE_MODIFIED,
    &alibaba::push::ORDER_STATUS_CHANGED,
    &alibaba::push::ORDER_REFUND,
    &big_major::push::PACKAGE_INBOUND,
];

/// The endpoint of this id.
pub fn find(id: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().copied().find(|endpoint| endpoint.id == id)
}

/// The endpoint of this id, as `taobao.after_sale.render`.
///
/// # Errors
/// [`Error::InvalidRequest`] names the nearest id.
pub fn endpoint(id: &str) -> Result<&'static Endpoint, Error> {
    find(id).ok_or_else(|| Error::InvalidRequest { endpoint: id.to_string(), path: String::new(), reason: unknown(id) })
}

#[cold]
fn unknown(id: &str) -> String {
    // Told by the middle of the id: their tables would burden what only calls.
    if id.split('.').nth(1) == Some("push") {
        return "this is a message that the platform pushes, and cannot be called".to_string();
    }
    let ids = || ENDPOINTS.iter().map(|endpoint| endpoint.id);
    let near = match id.contains('.') {
        true => nearest(id, ids()),
        // The last step alone, as `render`, is of the first row that ends with it.
        false => nearest(id, ids().map(last_step)).and_then(|step| ids().find(|id| last_step(id) == step)),
    };
    match near {
        Some(near) => format!("no endpoint has this id; did you mean `{near}`?"),
        None => "no endpoint has this id".to_string(),
    }
}

fn last_step(id: &str) -> &str {
    id.rsplit('.').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason_for(id: &str) -> String {
        match endpoint(id) {
            Err(Error::InvalidRequest { endpoint, path, reason }) => {
                assert_eq!((endpoint.as_str(), path.as_str()), (id, ""));
                reason
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_misspelt_name_suggests_the_right_one_first() {
        for id in ["taobao.after_sale.rendr", "taobao.after-sale.render", "Taobao.After_Sale.Render", "render"] {
            assert!(reason_for(id).contains("did you mean `taobao.after_sale.render`"), "{id}: {}", reason_for(id));
        }
    }

    #[test]
    fn a_name_that_is_like_no_other_suggests_nothing() {
        for id in ["", "zzzzzz", "中文"] {
            assert_eq!(reason_for(id), "no endpoint has this id", "{id}");
        }
    }

    #[test]
    fn a_message_that_is_pushed_is_said_to_be_one() {
        for push in PUSHES {
            assert!(reason_for(push.id).contains("pushes, and cannot be called"), "{}", push.id);
        }
    }

    #[test]
    fn every_id_is_found() {
        for known in ENDPOINTS {
            assert_ne!(known.id.split('.').nth(1), Some("push"), "{}", known.id);
            assert_eq!(endpoint(known.id).map(|found| found.id), Ok(known.id));
        }
    }
}
