//! The rows of the vendor's reference: one file each, by group, and the list of them.

pub mod address;
pub mod alibaba;
pub mod big_major;
pub mod catalogue;
pub mod goals;
pub mod international;
pub(crate) mod message;
pub mod poizon;
pub mod taobao;
pub mod warehouse;

use crate::codec::Model;
use crate::endpoint::Endpoint;
use crate::values::Value;

/// A typed request: the endpoint that it calls and the type of its answer.
pub trait Call: Model + 'static {
    /// The reply's `data`.
    type Reply: Value + Default + 'static;
    /// The row of the reference.
    const ENDPOINT: &'static Endpoint;
}

/// A call whose items come in pages.
pub trait Paged: Call {
    /// One of the items.
    type Item: Model + 'static;
}

/// What an endpoint's file needs to describe its request and reply.
pub(crate) mod prelude {
    pub(crate) use crate::values::{Amount, Any, Extra, Id, Time};
    pub(crate) use alloc::string::String;
    pub(crate) use alloc::vec::Vec;
    pub(crate) use xportcn_derive::{Endpoint, Model};
}
