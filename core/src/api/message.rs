//! What a pushed message is: one row of the vendor's reference, and how it is known.

use crate::endpoint::FieldEvidence;
use crate::schema::Kind;

/// One kind of message: a row of the vendor's reference.
#[derive(Debug)]
pub struct Push {
    /// Our name: `group.push.event`.
    pub id: &'static str,
    /// Where the fields of the message come from. The path is the developer's own, and needs no evidence.
    pub request: FieldEvidence,
    /// Where it comes from what to answer.
    pub reply: FieldEvidence,
    /// The platform that the message is of.
    pub platform: Option<i64>,
    /// The message types that are published.
    pub types: &'static [&'static str],
    /// What the name of an unpublished type of this kind is taken to contain.
    pub otherwise: Option<&'static str>,
    /// The content.
    pub body: Kind,
    /// A message, as the platform sends it.
    pub example: &'static str,
    /// What it says; the first line is its title.
    #[cfg(feature = "docs")]
    pub doc: &'static str,
    /// The pages on which the facts were found.
    #[cfg(feature = "docs")]
    pub sources: &'static [&'static str],
}

/// The number of 1688 in a message.
pub const PLATFORM_1688: i64 = 1;

/// The number of Taobao in a message.
pub const PLATFORM_TAOBAO: i64 = 0;

impl Push {
    /// The title: the first line of the documentation.
    #[cfg(feature = "docs")]
    pub fn title(&self) -> &'static str {
        self.doc.lines().next().unwrap_or(self.id).trim().trim_end_matches('.')
    }
}

/// Declares rows of messages; the type is that of the content.
macro_rules! pushes {
    ($(
        $(#[doc = $doc:literal])+
        pub static $name:ident: $body:ty = {
            id: $id:literal,
            platform: $platform:expr,
            types: $types:expr,
            otherwise: $otherwise:expr,
            evidence: ($request:expr, $reply:expr),
            example: $example:literal,
            sources: $sources:expr,
        };
    )+) => {
        $(
            $(#[doc = $doc])+
            pub static $name: Push = Push {
                id: $id,
                platform: $platform,
                types: &$types,
                otherwise: $otherwise,
                request: $request,
                reply: $reply,
                body: <$body as $crate::values::Value>::KIND,
                example: $example,
                #[cfg(feature = "docs")]
                doc: concat!($($doc, "\n",)+),
                #[cfg(feature = "docs")]
                sources: &$sources,
            };
        )+
    };
}
pub(crate) use pushes;
