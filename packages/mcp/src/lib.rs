//! What an agent may do with the Xportcn OpenAPI: what writes cost, limits on them, and tokens that confirm them. Unofficial.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod agent;
mod answer;
mod asking;
mod audit;
mod catalogue;
pub mod guard;
mod kept;
mod path;
mod tools;
