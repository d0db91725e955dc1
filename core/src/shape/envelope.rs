//! What stands around the content of replies and messages: the last field of each is the content.

use crate::schema::{Field, Form, Kind, Schema};

/// Around the data of a reply.
pub(super) static REPLY: Kind = Kind::Object(&Schema {
    #[cfg(feature = "docs")]
    name: "Reply",
    fields: &[field("code"), field("msg"), field("requestId"), field("developId"), field("data")],
    extra: false,
    #[cfg(feature = "docs")]
    module: "",
    #[cfg(feature = "docs")]
    doc: "",
});

/// Around the content of a pushed message, which may stand in a string.
pub(super) static MESSAGE: Kind = Kind::Object(&Schema {
    #[cfg(feature = "docs")]
    name: "Message",
    fields: &[
        field("messageType"),
        field("messagePlatform"),
        field("timestamp"),
        Field { form: Form::Embedded, ..field("messageBody") },
    ],
    extra: false,
    #[cfg(feature = "docs")]
    module: "",
    #[cfg(feature = "docs")]
    doc: "",
});

const fn field(name: &'static str) -> Field {
    Field {
        spellings: name,
        name_length: 0,
        kind: Kind::Any,
        form: Form::Plain,
        next: 0,
        required: false,
        #[cfg(feature = "docs")]
        upstream: false,
        #[cfg(feature = "docs")]
        doc: "",
    }
}
