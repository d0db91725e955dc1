//! The sandbox over real HTTP, on loopback.

mod answers;
mod headers;
mod host;
mod pages;
mod reference_page;
mod refusals;
mod replies;
mod requests;
mod server;
