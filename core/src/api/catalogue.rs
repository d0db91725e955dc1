//! Every endpoint and every pushed message, one line each, in the order of the vendor's reference.

use super::Call;
use super::{address, alibaba, big_major, international, poizon, taobao, warehouse};
use crate::api::message::Push;
use crate::endpoint::Endpoint;

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
