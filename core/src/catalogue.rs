//! Every endpoint, one line each, in the order of the vendor's reference.

use crate::endpoint::{Call, Endpoint};
use crate::{address, alibaba, taobao, warehouse};

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
    taobao::product::BatchCheck,
    taobao::product::Get,
    taobao::order::PurchaseCreate,
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
    alibaba::product::Detail,
    alibaba::product::KeywordSearch,
    alibaba::order::Preview,
    alibaba::order::Create,
    alibaba::order::PayUrl,
    address::Save,
    warehouse::BookFreight,
}

/// The endpoint of this id.
pub fn find(id: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().copied().find(|endpoint| endpoint.id == id)
}
