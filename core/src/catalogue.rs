//! Every endpoint, one line each, in the order of the vendor's reference.

use crate::endpoint::{Call, Endpoint};
use crate::{alibaba, taobao};

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
    taobao::after_sale::Render,
    alibaba::product::Detail,
    alibaba::product::KeywordSearch,
    alibaba::order::Preview,
    alibaba::order::Create,
    alibaba::order::PayUrl,
}

/// The endpoint of this id.
pub fn find(id: &str) -> Option<&'static Endpoint> {
    ENDPOINTS.iter().copied().find(|endpoint| endpoint.id == id)
}
