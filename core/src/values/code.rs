//! Codes: text or numbers with known meanings, to which the platform may add.

use super::int::is_safe;
use super::number::whole;
use super::{Read, id};
use crate::json::{Policy, Token, write_quoted};
use crate::schema::Form;
use alloc::borrow::Cow;
use alloc::string::{String, ToString};

/// A set of codes as an open enumeration: an unknown value is kept, not refused.
pub trait Code: Sized + Clone {
    /// The value on the wire.
    fn as_str(&self) -> &str;
}

/// Reads a code: its text, still escaped. One that is a number may stand in text as a double, and with spaces around it.
pub(crate) fn read<'a>(token: &Token<'a>, numeric: bool, policy: Policy) -> Read<Cow<'a, str>> {
    match *token {
        Token::Text("") if policy == Policy::Reply => Read::Null,
        Token::Text(content) if numeric && policy == Policy::Reply && !id::is_integer(content) => {
            Read::Value(whole(content.trim()).map_or(content.into(), |number| number.to_string().into()))
        }
        _ => id::read(token, policy),
    }
}

/// Writes a code, still escaped, in canonical form.
pub(crate) fn write_canonical(content: &str, numeric: bool, out: &mut String) {
    if numeric && content.parse().is_ok_and(is_safe) && id::is_integer(content) {
        out.push_str(content);
    } else {
        write_quoted(content, out);
    }
}

/// Writes a code, still escaped, as the wire wants it.
pub(crate) fn write_wire(content: &str, numeric: bool, form: Form, out: &mut String) {
    write_canonical(content, form == Form::Number || (numeric && form != Form::Text), out);
}

/// Declares a set of codes: an enumeration whose last variant keeps what is not known.
macro_rules! codes {
    ($(#[doc = $doc:literal])+ pub enum $name:ident: $numeric:ident {
        $( $(#[doc = $value_doc:literal])+ $variant:ident = $wire:literal, )+
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[doc = $value_doc])+ $variant, )+
            /// A value that this version does not know.
            Other(alloc::string::String),
        }

        /// No value: a request in which one is required is refused.
        impl Default for $name {
            fn default() -> Self {
                Self::Other(alloc::string::String::new())
            }
        }

        impl $name {
            fn from_wire(text: alloc::borrow::Cow<'_, str>) -> Self {
                match text.as_ref() {
                    $( $wire => Self::$variant, )+
                    _ => Self::Other(text.into_owned()),
                }
            }
        }

        impl $crate::values::Code for $name {
            fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $wire, )+
                    Self::Other(text) => text,
                }
            }
        }

        const _: () = {
            use $crate::json::{Broken, Context, Fault, Outcome, Path, Source};
            use $crate::schema::{Codes, Form, Kind};
            use $crate::values::{Code, Value};

            static CODES: Codes = Codes {
                #[cfg(feature = "docs")]
                name: stringify!($name),
                numeric: $crate::values::codes!(@numeric $numeric),
                #[cfg(feature = "docs")]
                module: module_path!(),
                #[cfg(feature = "docs")]
                doc: concat!($($doc, "\n",)+).trim_ascii(),
                #[cfg(feature = "docs")]
                values: &[$( $crate::schema::CodeValue {
                    wire: $wire, name: stringify!($variant), doc: concat!($($value_doc, "\n",)+).trim_ascii(),
                }, )+],
            };

            impl Value for $name {
                const KIND: Kind = Kind::Code(&CODES);

                fn decode(source: &mut Source<'_>, context: &mut Context, path: &Path<'_>) -> Result<Option<Self>, Broken> {
                    let (token, _) = source.token()?;
                    let text = $crate::values::decode_code(&Self::KIND, &token, context, path)?;
                    Ok(text.map(Self::from_wire))
                }

                fn encode(&self, form: Form, out: &mut alloc::string::String, _: &Path<'_>) -> Result<(), Fault> {
                    $crate::values::encode_code(self.as_str(), CODES.numeric, form, out);
                    Ok(())
                }

                fn canonical<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    $crate::values::canonical_code(self.as_str(), CODES.numeric, serializer)
                }

                fn outcome(&self) -> Outcome {
                    if self.as_str().is_empty() { Outcome::Empty } else { Outcome::Full }
                }
            }
        };
    };
    (@numeric number) => { true };
    (@numeric text) => { false };
}
pub(crate) use codes;
