//! Invented data of the documented shape: the same for the same request.

mod facts;
mod page;
mod seed;
mod value;
mod words;

pub use self::facts::Facts;
pub(crate) use self::seed::Seed;

use self::value::Inventor;
use serde_json::value::RawValue;
use xportcn_core::Endpoint;

/// The `data` of a reply of this endpoint, as the wire writes it. What the facts say is taken from them.
pub fn invent(endpoint: &'static Endpoint, facts: &Facts) -> Box<RawValue> {
    Inventor::new(endpoint, facts).data()
}
