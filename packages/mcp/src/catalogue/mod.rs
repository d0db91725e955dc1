//! What an agent finds in the tables: calls by words, and each with its fields.

mod describe;
mod schema;
mod search;
mod words;

pub use self::describe::{describe, evidence, named};
pub use self::schema::of_request;
pub use self::search::search;
