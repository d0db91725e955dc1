//! Sample data of the documented shape: the same for the same request.

mod facts;
mod number;
mod page;
mod seed;
mod value;
mod words;

pub use self::facts::Facts;
pub(crate) use self::page::Page;
pub(crate) use self::seed::Seed;
pub(crate) use self::value::{SEED, beijing_time};
pub(crate) use self::words::title;

use self::value::SampleWriter;
use serde_json::Value;
use serde_json::value::RawValue;
use xportcn_core::Endpoint;
use xportcn_core::schema::Kind;

/// The `data` of a reply of this endpoint, as the wire writes it. What the facts say is taken from them.
pub fn sample(endpoint: &'static Endpoint, facts: &Facts) -> Box<RawValue> {
    SampleWriter::new(endpoint, facts).data(&endpoint.reply, None)
}

/// Data of the documented shape around what is known, which is given in canonical form: objects may lack fields, and
/// lists have as many elements as the reply's will have.
pub(crate) fn complete(endpoint: &'static Endpoint, kind: &'static Kind, known: &Value) -> Box<RawValue> {
    SampleWriter::new(endpoint, &Facts::none(endpoint)).data(kind, Some(known))
}
