//! What an agent may do: what a write costs, which limits it would pass, and with which token it is confirmed.

mod address;
mod facts;
mod limits;
mod money;
mod normal;
mod quote;
mod refusal;
mod sums;
mod token;

pub use self::address::{Address, FIELDS as ADDRESS_FIELDS};
pub use self::facts::{Facts, Item};
pub use self::limits::Limits;
pub use self::money::{Money, Unit};
pub use self::normal::normal;
pub use self::quote::{Quote, quote};
pub use self::refusal::Refusal;
pub use self::sums::{Cost, cost, made};
pub use self::token::{LIFETIME, Read, Tokens, digest};
