//! The sandbox over real HTTP, on loopback.

mod host;
mod replies;
