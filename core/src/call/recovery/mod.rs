//! What became of a write whose answer is lost.

mod advice;
mod request;

pub(crate) use self::advice::advice;
pub(crate) use self::request::Written;
